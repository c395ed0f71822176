"""Whether a unit reports a stance: a logistic model over what the encoder says and a few signs.

Its weights are in ``lexicons/attribution_weights.toml``, which ``python -m training attribution``
writes from annotated sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicons import read_lexicon
from pipeline.records import Record

WEIGHTS = "attribution_weights.toml"
_QUOTES = '"“”«»‘'
_LEAST, _MOST = 0.002, 0.998


class PresenceWeights(Record):
    """Weights of the features, ``intercept`` among them.

    A unit reports a stance from the probability ``threshold`` on. ``data`` says what they were
    fitted on.
    """

    data: str
    threshold: float
    presence: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a unit to report a stance.

    Attributes:
        reports: probability that it does, by the model's head for units.
        holds: probability of its likeliest holder to hold one, by the model's head for holders.
        cued: that holder depends on a cue.
        actor: that holder is a known actor.
        text: the unit's words.
    """

    reports: float
    holds: float
    cued: bool
    actor: bool
    text: str


def describe(evidence: Evidence) -> dict[str, float]:
    """Return the features of a unit."""
    return {
        "reports": _logit(evidence.reports),
        "holder": _logit(evidence.holds),
        "cue": float(evidence.cued),
        "actor": float(evidence.actor),
        "quotation": float(any(mark in evidence.text for mark in _QUOTES)),
    }


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic model's probability; a feature without a weight counts nothing."""
    score = weights["intercept"]
    score += sum(weights.get(name, 0.0) * value for name, value in sorted(features.items()))
    return 1.0 / (1.0 + math.exp(-score))


@lru_cache(maxsize=1)
def load_weights() -> PresenceWeights:
    """Read and validate ``lexicons/attribution_weights.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a key is missing or unknown.
    """
    remedy = "write it with python -m training attribution"
    return read_lexicon(WEIGHTS, PresenceWeights, remedy=remedy)


def _logit(value: float) -> float:
    value = max(_LEAST, min(_MOST, value))
    return math.log(value / (1.0 - value))
