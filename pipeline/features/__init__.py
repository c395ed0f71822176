"""One featuriser, used by training and by prediction alike.

A ``Row`` (no speaker in it) is read by a ``Reader`` (actors, grammar, masked words) and turned by
a ``Featuriser`` into columns, block beside block; ``LinearHead`` turns columns into calibrated
probabilities. A new kind of feature is a new entry in ``featuriser.EXTRACTORS``.
"""
