"""How far a talk is about the bloc, and how long ago it named it: doubt for units that do not.

A model reads a unit between its neighbours and its question, and cannot tell a river commission
from NATO where neither is named. The whole talk can: in the 16 interviews of the train and dev
splits that are given in full, units without a named target are about the West in .06 to .41 where
the West is named more than 8 times in a thousand words, and in .00 to .03 where it is named less
than twice. So can the way back to the last name: of the units of dev and of twenty talks of our own
without one, .41 are about the West where it was named in the same exchange, .31 one exchange back,
.21 two, .27 three, .06 four or more and .05 where it has not been named yet, whereas the model
expects .37, .28, .26, .38, .27 and .22.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace

from pipeline.records import Interview
from pipeline.stages.judgement import StanceJudgement

OFTEN = 2.0
"""Mentions in a thousand words from which a talk's units are judged as they are read."""
SHIFT = 3.0
"""By how much the log-odds of being about the bloc sink where a talk never names it.

Chosen on 1,408 sentences of answers in 24 talks on all parts of the world, written and labelled for
it: of the 627 in the ten talks that have nothing to do with the West, 89 were taken to be about it
without it, and 4 are with it. Over all, precision of being about the West rose from .40 to .62,
recall fell from .34 to .26, and four-way macro-F1 rose from .351 to .376.
"""
COOL, COLD = (2, 0.35), (4, 2.0)
"""From how many exchanges behind the last name on, and by how much, the log-odds sink.

Chosen on dev and twenty talks of our own: four-way macro-F1 rose from .642 to .646 and from .555 to
.559, the share of what is decided that is right from .73 to .74 and from .66 to .68.
"""
LEAST_WORDS = 300
"""A shorter text tells nothing of how often a bloc is named."""
_TINY = 1e-6


def naming_rate(interview: Interview, bloc: str) -> float | None:
    """Mentions of a bloc in a thousand words, pronouns left out; None for a short text.

    Args:
        interview: one with entities.
        bloc: name of the bloc.
    """
    words = sum(len(turn.text.split()) for turn in interview.turns)
    if words < LEAST_WORDS:
        return None
    named = sum(
        bloc in mention.blocs and not mention.is_meant for mention in interview.entities or ()
    )
    return 1000.0 * named / words


def exchanges_back(interview: Interview, bloc: str) -> dict[str, int | None]:
    """For each unit that is judged, how many exchanges lie between it and the bloc's last name.

    A question and its answer are one exchange; what the unit itself names does not count, nor does
    a pronoun. None where the bloc has not been named before.

    Args:
        interview: one with units and entities.
        bloc: name of the bloc.
    """
    place = {turn.id: number for number, turn in enumerate(interview.turns)}
    named = sorted(
        (place[mention.turn_id], mention.start)
        for mention in interview.entities or ()
        if bloc in mention.blocs and not mention.is_meant
    )
    back: dict[str, int | None] = {}
    for unit in interview.judged_units():
        here = place[unit.turn_id]
        before = bisect_left(named, (here, unit.start))
        back[unit.id] = (here - named[before - 1][0]) // 2 if before else None
    return back


def discount(
    judgement: StanceJudgement, rate: float | None, back: int | None = 0
) -> StanceJudgement:
    """Return the judgement of a unit that names nobody of the bloc.

    Args:
        judgement: as the model reads the unit.
        rate: how often the talk names the bloc; None where it is too short to tell.
        back: exchanges since it did so last; None where it has not yet.
    """
    if rate is None:
        return judgement
    shift = SHIFT * max(0.0, 1.0 - rate / OFTEN)
    for least, doubt in (COOL, COLD):
        if back is None or back >= least:
            shift = max(shift, doubt)
    if not shift:
        return judgement
    about = min(1.0 - _TINY, max(_TINY, 1.0 - judgement.probabilities["none"]))
    odds = math.log(about / (1.0 - about)) - shift
    left = 1.0 / (1.0 + math.exp(-odds))
    shares = {
        name: round(value * left / about, 4) if name != "none" else round(1.0 - left, 4)
        for name, value in judgement.probabilities.items()
    }
    return replace(judgement, probabilities=shares)
