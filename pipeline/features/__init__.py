"""One featuriser, used by training and by prediction alike."""
