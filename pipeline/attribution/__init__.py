"""Who, in a sentence, may hold a stance that the speaker reports, and whether one is reported."""

from pipeline.attribution.holders import Holder, find_holders
from pipeline.attribution.pairs import (
    Evidence,
    PairWeights,
    describe,
    load_weights,
    probability,
)
from pipeline.attribution.words import Cues, flags_of_words, load_cues

__all__ = [
    "Cues",
    "Evidence",
    "Holder",
    "PairWeights",
    "describe",
    "find_holders",
    "flags_of_words",
    "load_cues",
    "load_weights",
    "probability",
]
