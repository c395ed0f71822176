"""Which reports are believed where a model has read their units: first the unit, then its holders.

A model that has read a sentence tells better whether it reports a stance at all than whose; so the
two are asked apart. In cross-validation on dev and whole talks of our own, weighing each holder by
itself found stances with F1 .31, and the unit first with .40.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Unit
from pipeline.reporting.antecedents import holds_by_pronoun
from pipeline.reporting.weigh import (
    Candidate,
    Features,
    Heard,
    group_of,
    logit,
    probability,
    shared,
)

BESIDES = 0.7
"""How probable whoever is taken for a holder beside the most probable must be: on dev and whole
talks of our own 5 of 8 such are annotated, of the most probable 46 of 60."""
_EVEN = 0.5
_UNHEARD = 0.002
"""What is taken for a report's probability by its rule where no rule found it."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a model read: that the unit reports a stance at all, and the marked holder's stance.

    ``stance`` has the probabilities of none, favor, neutral and against.
    """

    reports: float
    stance: Mapping[str, float]


HolderModel = Callable[[Unit, tuple[int, int]], Hearing]
"""Reads a unit with one who may hold a stance marked (offsets into the turn)."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How probable it is that a report is a stance, and if so a favourable one."""

    presence: float
    favor: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A report as the rules weigh it and a model hears it; null where no rule found it."""

    candidate: Candidate
    rules: Weighed | None
    hearing: Hearing


def describe_unit(voices: Sequence[Voice]) -> Features:
    """Return the features by which it is weighed whether a unit reports a stance at all.

    Args:
        voices: all reports of the unit, one or more.
    """
    told = [one.rules.presence for one in voices if one.rules is not None]
    return {
        "reports": logit(voices[0].hearing.reports),
        "holder": logit(max(_held(one) for one in voices)),
        "rules": logit(max(told, default=_UNHEARD)),
    }


def describe_holder(voice: Voice) -> Features:
    """Return the features by which it is weighed whose the stance of a unit is."""
    return {
        "holder": logit(_held(voice)),
        "rules": logit(voice.rules.presence if voice.rules else _UNHEARD),
        "own": float(voice.candidate.own),
    }


def describe_side(voice: Voice) -> Features:
    """Return the features by which favor is told from against where a model has read the holder."""
    stance = voice.hearing.stance
    ratio = math.log((stance["favor"] + 0.001) / (stance["against"] + 0.001))
    return {
        "rules": logit(voice.rules.favor) if voice.rules else 0.0,
        "holder": max(-5.0, min(5.0, ratio)),
    }


def holders_of(voices: Sequence[Voice], weights: Mapping[str, float]) -> list[Voice]:
    """Return whose the stance of a unit is: the most probable, and whoever is likely besides.

    Holders of one cue are as probable as each other; a pronoun of no known actor is nobody beside
    another, nor is whom another is said to be for or against ("Russian resentment of the West").

    Args:
        voices: all reports of the unit, one or more.
        weights: of the features of holders.
    """
    voices = [one for one in voices if not _is_faced(one, voices)] or voices
    alone = (probability(describe_holder(one), weights) for one in voices)
    held = shared([group_of(one.candidate) for one in voices], alone)
    best = max(held)
    return [
        one
        for one, p in zip(voices, held, strict=True)
        if p == best or (p >= BESIDES and not holds_by_pronoun(one.candidate.attribution))
    ]


def believed(voices: Sequence[Voice], weights: Heard) -> Iterator[tuple[Candidate, Weighed]]:
    """Yield the reports of a unit that are a stance, with the probability that they are.

    That a cue stands against ("undermine") no model unsays; a cue of favor it does ("he thought he
    would split the alliance, and strengthened it"): on dev and whole talks of our own it was right
    in 6 of 7 such. Where the stance is most probably of a holder whose report is barred ("if Moscow
    believed that ..."), there is none; and nobody is against themselves.

    Args:
        voices: all reports of the unit.
        weights: fitted by ``python -m training attribution``.
    """
    plain = [one for one in voices if not one.candidate.barred]
    presence = probability(describe_unit(plain), weights.presence) if plain else 0.0
    if presence < weights.threshold:
        return
    holders = [one for one in holders_of(voices, weights.holder) if not one.candidate.barred]
    sides = (_favor(one, weights) for one in holders)
    favor = shared([group_of(one.candidate) for one in holders], sides)
    for one, for_it in zip(holders, favor, strict=True):
        if for_it >= _EVEN or not _is_on_itself(one.candidate):
            yield one.candidate, Weighed(presence, for_it)


def _favor(voice: Voice, weights: Heard) -> float:
    heard = probability(describe_side(voice), weights.favor)
    if voice.rules is None or voice.candidate.cue == "open":
        return heard
    unsaid = voice.candidate.cue == "favor" and heard < _EVEN
    return heard if unsaid else voice.rules.favor


def _is_on_itself(candidate: Candidate) -> bool:
    return candidate.attribution.holder_actor in candidate.target.actors


def _is_faced(voice: Voice, voices: Sequence[Voice]) -> bool:
    """Tell whether a holder is the target that another's cue takes a side on."""
    one = voice.candidate.attribution
    return any(
        other.candidate.cue != "open"
        and other.candidate.place != "context"
        and one.holder_start <= other.candidate.target.start < one.holder_end
        for other in voices
        if other is not voice
    )


def _held(voice: Voice) -> float:
    return 1.0 - voice.hearing.stance["none"]
