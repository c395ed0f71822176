"""How likely a unit reports the stance of one holder: a logistic model of holder and side.

It weighs what the encoder says of the unit and of the holder's words with a few signs of grammar
and of the passage. Its weights are in ``lexicons/attribution_weights.toml``, which
``python -m training attribution`` writes from annotated sentences.
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


class PairWeights(Record):
    """Weights of the features, ``intercept`` among them.

    Attributes:
        data: what they were fitted on.
        listed: a pair of holder and side is recorded from this probability on.
        decided: from this one on it is decided; the others are guesses.
    """

    data: str
    listed: float
    decided: float
    pairs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a unit to report a holder's stance.

    Attributes:
        reports: probability that the unit reports any, by the model's head for units.
        about: probability that the unit is about the bloc.
        holds: probability that this holder holds one, by the model's head for holders.
        share: ``holds`` of this holder in the sum over all candidates of the unit.
        side: probability of the likelier side, of both.
        cued: the holder depends on a cue.
        acts: the holder is a subject, agent or possessor.
        actor: the holder is a known actor.
        member: the holder is of the bloc itself.
        against: the likelier side is against.
        pronoun: the holder is a pronoun.
        implied: the target is not named in the unit.
        text: the unit's words.
    """

    reports: float
    about: float
    holds: float
    share: float
    side: float
    cued: bool
    acts: bool
    actor: bool
    member: bool
    against: bool
    pronoun: bool
    implied: bool
    text: str


def describe(evidence: Evidence) -> dict[str, float]:
    """Return the features of a pair."""
    return {
        "reports": _logit(evidence.reports),
        "about": _logit(evidence.about),
        "holder": _logit(evidence.holds),
        "share": evidence.share,
        "side": _logit(evidence.side),
        "cue": float(evidence.cued),
        "acts": float(evidence.acts),
        "actor": float(evidence.actor),
        "member": float(evidence.member),
        "member against": float(evidence.member and evidence.against),
        "pronoun": float(evidence.pronoun),
        "implied": float(evidence.implied),
        "quotation": float(any(mark in evidence.text for mark in _QUOTES)),
    }


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the logistic model's probability; a feature without a weight counts nothing."""
    score = weights["intercept"]
    score += sum(weights.get(name, 0.0) * value for name, value in sorted(features.items()))
    return 1.0 / (1.0 + math.exp(-score))


@lru_cache(maxsize=1)
def load_weights() -> PairWeights:
    """Read and validate ``lexicons/attribution_weights.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a key is missing or unknown.
    """
    remedy = "write it with python -m training attribution"
    return read_lexicon(WEIGHTS, PairWeights, remedy=remedy)


def _logit(value: float) -> float:
    value = max(_LEAST, min(_MOST, value))
    return math.log(value / (1.0 - value))
