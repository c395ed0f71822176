"""What a whole talk says of a unit that does not name the bloc, and what a pronoun in it does.

A model reads a unit between its neighbours and its question, and cannot tell a river commission
from NATO where neither is named. The whole talk can: in the 16 interviews of the train and dev
splits that are given in full, units without a named target are about the West in .06 to .41 where
the West is named more than 8 times in a thousand words, and in .00 to .03 where it is named less
than twice. So can the way back to the last name: of the units of dev and of twenty talks of our own
without one, .41 are about the West where it was named in the same exchange, .31 one exchange back,
.21 two, .27 three, .06 four or more and .05 where it has not been named yet, whereas the model
expects .37, .28, .26, .38, .27 and .22. Where a pronoun or another word of theirs was resolved to
an actor of the West, .81 are, and the model, which knows no resolution, expects .61.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.records import Interview, Unit
from pipeline.stages.judgement import StanceJudgement

OFTEN = 2.0
"""Mentions in a thousand words from which a talk's units are judged as they are read."""
SHIFT = 2.0
"""By how much the log-odds of being about the bloc sink where a talk hardly names it at all."""
COOL, COLD, NEVER = (2, 0.35), (4, 2.0), 3.0
"""From how many exchanges behind the last name on, and by how much, the log-odds sink; and by how
much where there is none yet.

Of the 627 sentences in ten talks written and labelled for it that have nothing to do with the West,
89 were taken to be about it without a doubt of 3 where a talk never names it, and 4 with it.
"""
MEANT = 1.0
"""By how much they rise where a pronoun of the unit means the bloc.

All were chosen on dev and twenty talks of our own (interviews, interviews_west, talks): four-way
macro-F1 rose from .576, .690, .555 with a doubt by the rate alone to .598, .701, .577; log loss
sank from .542 and .789 to .520 and .743 in interviews and talks, and rose from .759 to .770 in
interviews_west, where the rows stand far from what was said before them.
"""
LEAST_WORDS = 300
"""A shorter text tells nothing of how often a bloc is named, nor of how long ago."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Talk:
    """How a talk speaks of a bloc.

    Attributes:
        rate: mentions of the bloc in a thousand words, pronouns left out; None for a short text.
        shown: for the units that show the bloc, whether they name it or only mean it.
        back: for each unit that is judged, exchanges since the bloc was last named before it; None
            where it has not been yet. A question and its answer are one exchange.
    """

    rate: float | None
    shown: Mapping[str, Literal["named", "meant"]]
    back: Mapping[str, int | None]

    def weigh(self, unit: Unit, judgement: StanceJudgement) -> StanceJudgement:
        """Return the judgement of a unit in the light of the talk."""
        if self.shown.get(unit.id) == "named":
            return judgement
        if unit.id in self.shown:
            return shift(judgement, MEANT)
        return shift(judgement, -self._doubt(self.back[unit.id]))

    def _doubt(self, back: int | None) -> float:
        """How far the log-odds of being about the bloc sink where a unit does not show it."""
        if self.rate is None:
            return 0.0
        if back is None:
            since = NEVER
        else:
            since = max((doubt for least, doubt in (COOL, COLD) if back >= least), default=0.0)
        return max(since, SHIFT * (1.0 - self.rate / OFTEN))


def read_talk(interview: Interview, bloc: str) -> Talk:
    """Read how a talk speaks of a bloc.

    Args:
        interview: one with units and entities.
        bloc: name of the bloc.
    """
    place = {turn.id: number for number, turn in enumerate(interview.turns)}
    mentions = [mention for mention in interview.entities or () if bloc in mention.blocs]
    names = sorted((place[m.turn_id], m.start) for m in mentions if not m.is_meant)
    by_turn: dict[str, list[tuple[int, bool]]] = {}
    for mention in mentions:
        by_turn.setdefault(mention.turn_id, []).append((mention.start, mention.is_meant))
    shown: dict[str, Literal["named", "meant"]] = {}
    back: dict[str, int | None] = {}
    for unit in interview.judged_units():
        here = place[unit.turn_id]
        before = bisect_left(names, (here, unit.start))
        back[unit.id] = (here - names[before - 1][0]) // 2 if before else None
        ways = [meant for at, meant in by_turn.get(unit.turn_id, ()) if unit.start <= at < unit.end]
        if ways:
            shown[unit.id] = "meant" if all(ways) else "named"
    return Talk(naming_rate(interview, bloc), shown, back)


def naming_rate(interview: Interview, bloc: str) -> float | None:
    """Mentions of a bloc in a thousand words, pronouns left out; None for a short text."""
    words = sum(len(turn.text.split()) for turn in interview.turns)
    if words < LEAST_WORDS:
        return None
    named = sum(bloc in one.blocs and not one.is_meant for one in interview.entities or ())
    return 1000.0 * named / words


def warn_of_seldom_named(interview: Interview, bloc: str) -> str | None:
    """Say that a talk hardly names the bloc, where stances toward it were found all the same.

    Args:
        interview: one with stances.
        bloc: name of the bloc.
    """
    rate = naming_rate(interview, bloc)
    own = sum(stance.voice == "own" for stance in interview.stances or ())
    if rate is None or rate >= OFTEN or not own:
        return None
    often = f"{rate:.1f} times in a thousand words" if rate else "nowhere"
    return f"names {bloc} {often}; read its own stances ({own}), and count nothing on them"


def shift(judgement: StanceJudgement, by: float) -> StanceJudgement:
    """Return the judgement with other log-odds of being about the bloc, its sides in proportion."""
    if not by:
        return judgement
    about = min(1.0 - _TINY, max(_TINY, 1.0 - judgement.probabilities["none"]))
    left = 1.0 / (1.0 + math.exp(-math.log(about / (1.0 - about)) - by))
    shares = {
        name: round(value * left / about, 4) if name != "none" else round(1.0 - left, 4)
        for name, value in judgement.probabilities.items()
    }
    return replace(judgement, probabilities=shares)
