"""Linear features of units, used by training and by prediction alike.

A ``Reader`` finds actors and grammar in a ``Row``; a ``Featuriser`` turns the reading into columns,
block beside block; a ``LinearHead`` turns columns into calibrated probabilities. To add a kind of
feature, add an entry to ``featuriser.EXTRACTORS``.
"""
