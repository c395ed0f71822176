"""Which reports of an interview may be a stance toward the bloc, and toward which mention of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.records import Attribution, Entity, Interview, Turn, Unit
from pipeline.reporting.cues import Cues
from pipeline.reporting.described import RULE
from pipeline.reporting.weigh import Candidate, Place

BEFORE = 4
"""Mentions before the unit in its turn that count as its context."""
_LISTED = re.compile(r"(?:[\s,]|\b(?:and|or|the|like|as well as)\b|\b[A-Z]\w+\b)*")
_RAISED = frozenset({"accept", "believe", "expect", "think", "trust", "want"})


def candidates(
    interview: Interview, *, bloc: str, cues: Cues, every: bool = False
) -> Iterator[Candidate]:
    """Yield the reports that may be a stance toward the bloc, by unit.

    The unit or what was said before it in the talk must name the bloc: a report whose target
    nothing names was right in none of the few that the dev split has, and talks of other parts of
    the world are full of them. A holder of the bloc stands on others of it only where what is
    reported names them, and not in one list with it: in "the French wanted coal, the Italians
    wanted gas" and in "the French, the Italians and others agreed", neither stands on the other.

    Left out are questions, what is only supposed, and what is denied to be said; a cue of favor
    stays that is itself denied ("does not support"), and "does not think" does, where the denial
    is the content's. What one holder is said to say of another's words is the other's:
    of two reports, the inner one keeps the target.

    Args:
        interview: one with units, entities and attributions.
        bloc: name of the bloc that stance is about.
        cues: the cue lexicon.
        every: yield holders of the bloc on their own side too, where the unit names it besides
            ("the President was worried about American workers"), which only a model that has read
            the unit can tell from plain reports; and what is asked, supposed or denied, marked as
            barred, lest another phrase be taken for the holder of that.
    """
    by_turn = interview.entities_by_turn()
    by_unit: dict[str, list[Attribution]] = {}
    for attribution in interview.attributions or ():
        by_unit.setdefault(attribution.unit_id, []).append(attribution)
    turns = interview.turn_by_id()
    far = _last_before_turns(interview.turns, by_turn, bloc)
    for unit in interview.units or ():
        reports = by_unit.get(unit.id, [])
        if not reports:
            continue
        asked = by_turn.get(turns[unit.turn_id].answers or "", [])
        mentions = by_turn.get(unit.turn_id, [])
        near = _Surroundings(unit, mentions, asked, far[unit.turn_id], bloc, own=every)
        told = [one for one in reports if not _is_described(one)]
        for one in reports:
            barred = not _is_plain(one, cues)
            if every or not barred:
                yield from (replace(c, barred=barred) for c in near.candidate(one, told, cues))


def _last_before_turns(
    turns: Sequence[Turn], by_turn: Mapping[str, Sequence[Entity]], bloc: str
) -> dict[str, Entity | None]:
    """The last mention of the bloc before each turn begins."""
    found: dict[str, Entity | None] = {}
    last: Entity | None = None
    for turn in turns:
        found[turn.id] = last
        last = _last_of(by_turn.get(turn.id, ()), bloc) or last
    return found


def _last_of(mentions: Sequence[Entity], bloc: str) -> Entity | None:
    """The last mention of the bloc among some in text order."""
    return next((m for m in reversed(mentions) if bloc in m.blocs), None)


class _Surroundings:
    """The mentions of a unit, before it, and in the question; each in text order."""

    def __init__(
        self,
        unit: Unit,
        mentions: Sequence[Entity],
        asked: Sequence[Entity],
        far: Entity | None,
        bloc: str,
        *,
        own: bool,
    ) -> None:
        self.own = own
        self.unit = unit
        first = bisect_left(mentions, unit.start, key=_start)
        after = bisect_left(mentions, unit.end, key=_start)
        self.inside = mentions[first:after]
        before = mentions[max(0, first - BEFORE) : first]
        self.before = [m for m in before if bloc in m.blocs]
        self.asked = [m for m in asked if bloc in m.blocs]
        last = _last_of(mentions[:first], bloc) or far
        self.far = [last] if last else []
        self.bloc = bloc

    def candidate(
        self, one: Attribution, reports: Sequence[Attribution], cues: Cues
    ) -> Iterator[Candidate]:
        holder = [m for m in self.inside if _is_holder(m, one)]
        of_bloc = any(self.bloc in m.blocs and one.holder_actor in m.actors for m in holder)
        named = [m for m in self.inside if self.bloc in m.blocs and not _is_holder(m, one)]
        fitting = [m for m in named if _is_other(m, one)]
        if of_bloc:
            fitting = [m for m in fitting if self._is_behind(m, one)]
        content = [m for m in fitting if _in_content(m, one) and not _is_inner(m, one, reports)]
        context = [m for m in self.before or self.asked or self.far if _is_other(m, one)]
        place: Place = "content" if content else "unit" if fitting else "context"
        targets = content or fitting or context
        inner = any(_is_inner(m, one, reports) for m in fitting if not content)
        own = of_bloc and place != "content"
        if own and self.own:
            targets, place = named, "unit"
        elif own:
            return
        if inner or not targets:
            return
        yield Candidate(
            attribution=one,
            unit=self.unit,
            cue=cues.polarity(one.cue, rule=one.source.removeprefix("rule:attribution.")),
            target=targets[-1] if place == "context" else targets[0],
            place=place,
            targets=len(targets),
            holder_in_bloc=of_bloc,
            holder_pronoun=any(m.via == "pronoun" for m in holder),
            before=bool(self.before),
            asked=bool(self.asked),
            own=own,
        )

    def _is_behind(self, mention: Entity, one: Attribution) -> bool:
        """Tell whether a mention stands after the holder, with more than a list between them."""
        between = self.unit.text[one.holder_end - self.unit.start : mention.start - self.unit.start]
        return mention.start >= one.holder_end and not _LISTED.fullmatch(between)


def _start(mention: Entity) -> int:
    return mention.start


def _is_described(one: Attribution) -> bool:
    return one.source == f"rule:attribution.{RULE}"


def _is_plain(one: Attribution, cues: Cues) -> bool:
    if {"supposed", "question"} & set(one.flags):
        return False
    if "denied" not in one.flags:
        return True
    if not one.cue.startswith("not "):
        return False  # the speaker denies the whole report
    decided = cues.polarity(one.cue, rule=one.source.removeprefix("rule:attribution.")) != "open"
    return decided or one.cue.removeprefix("not ") in _RAISED


def _is_other(mention: Entity, one: Attribution) -> bool:
    """Tell whether a mention is neither the holder's words nor names the holder."""
    return not _is_holder(mention, one) and one.holder_actor not in mention.actors


def _is_holder(mention: Entity, one: Attribution) -> bool:
    return one.holder_start <= mention.start < one.holder_end


def _in_content(mention: Entity, one: Attribution) -> bool:
    return one.content_start <= mention.start < one.content_end


def _is_inner(mention: Entity, one: Attribution, reports: Sequence[Attribution]) -> bool:
    """Tell whether another's report inside this one's content has the mention for its content."""
    return any(
        other is not one
        and other.holder_start != one.holder_start
        and one.content_start <= other.holder_start < one.content_end
        and one.content_start <= other.cue_start < one.content_end
        and _in_content(mention, other)
        and not other.content_start <= one.holder_start < other.content_end
        for other in reports
    )
