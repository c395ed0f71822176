"""How far a talk is about the bloc at all, and what that says of the units that do not name it.

A model reads a unit between its neighbours and its question, and cannot tell a river commission
from NATO where neither is named. The whole talk can: in the 16 interviews of the train and dev
splits that are given in full, units without a named target are about the West in .06 to .41 where
the West is named more than 8 times in a thousand words, and in .00 to .03 where it is named less
than twice.
"""

from __future__ import annotations

import math
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


def discount(judgement: StanceJudgement, rate: float | None) -> StanceJudgement:
    """Return the judgement of a unit that names nobody of the bloc, in a talk of this rate."""
    if rate is None or rate >= OFTEN:
        return judgement
    about = min(1.0 - _TINY, max(_TINY, 1.0 - judgement.probabilities["none"]))
    odds = math.log(about / (1.0 - about)) - SHIFT * (1.0 - rate / OFTEN)
    left = 1.0 / (1.0 + math.exp(-odds))
    shares = {
        name: round(value * left / about, 4) if name != "none" else round(1.0 - left, 4)
        for name, value in judgement.probabilities.items()
    }
    return replace(judgement, probabilities=shares)
