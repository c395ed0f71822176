"""The tables over all interviews: targets, holders and their positions, and which repeats count."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pipeline.actors import ActorTable
from pipeline.config import Duplicates, Inferred
from pipeline.records import Stance, Unit
from pipeline.tables.counts import Row, contest, net_ends, tally
from pipeline.tables.identity import UNKNOWN, About, Holder, Target, holder_of, target_of
from pipeline.tables.lookup import Lookup, Position, position
from pipeline.tables.net import Said
from pipeline.tables.own import own_cells
from pipeline.tables.rows import holder_cells, listed, place_cells, target_cells

VOICES = ("own", "attributed")
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Fact:
    """One stance: where it is, its holder and target, and how it is counted.

    Attributes:
        date: of the interview; empty if unknown.
        on: the target and its kind.
        spelling: the holder's name as the transcript has it.
        inferred: whether no word of the unit names the target.
        about: the holder, in this interview.
    """

    interview_id: str
    date: str
    turn_id: str
    who: Holder
    on: Target
    position: Position
    spelling: str
    inferred: bool = False
    about: About = UNKNOWN

    @property
    def said(self) -> Said:
        """The stance as a net position counts it."""
        return Said(self.interview_id, self.turn_id, self.position)


def fact_of(lookup: Lookup, unit: Unit, stance: Stance) -> Fact:
    """Return a stance of a unit as it is counted."""
    return Fact(
        interview_id=lookup.interview.id,
        date=lookup.interview.date or "",
        turn_id=unit.turn_id,
        who=lookup.holder(stance),
        on=target_of(stance),
        position=position(stance),
        spelling=lookup.holder_name(stance),
        inferred=stance.target_text is None,
        about=lookup.about(stance),
    )


def facts_of(lookup: Lookup) -> list[Fact]:
    """Return what is counted over all interviews of one: a fact a row of stances.csv."""
    return [
        fact_of(lookup, unit, stance)
        for unit in lookup.coded_units()
        for _, stance in lookup.stances_of(unit)
    ]


class JudgedTurn(NamedTuple):
    """What a respondent says in one turn: its units that are judged, and how many have stances."""

    turn_id: str
    speaker: Holder
    units: int
    own: int
    attributed: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Of how much the judge says something in an interview, as estimates count it.

    Attributes:
        date: empty if unknown.
        turns: none if it was not judged.
    """

    interview_id: str
    date: str
    turns: Sequence[JudgedTurn]


def counted_of(lookup: Lookup) -> Counted:
    """Return of how much the judge says something in an interview."""
    found: dict[str, JudgedTurn] = {}
    for unit in lookup.coded_units() if lookup.interview.stances is not None else ():
        turn = found.get(unit.turn_id)
        if turn is None:
            turn = JudgedTurn(unit.turn_id, holder_of(lookup.speaker_of(unit)), 0, 0, 0)
        found[unit.turn_id] = turn._replace(
            units=turn.units + 1,
            own=turn.own + bool(lookup.own(unit)),
            attributed=turn.attributed + bool(lookup.attributed(unit)),
        )
    interview = lookup.interview
    return Counted(interview.id, interview.date or "", list(found.values()))


def has_target(fact: Fact, inferred: Inferred) -> bool:
    """Whether a stance is in counts by target, under the setting ``targets.inferred``."""
    return inferred == "include" or not fact.inferred


def spellings(facts: Iterable[Fact]) -> dict[Holder, str]:
    """Return each holder's most frequent spelling, the first of equals."""
    found: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        found[fact.who][fact.spelling] += 1
    return {who: counts.most_common(1)[0][0] for who, counts in found.items()}


def without_repeats(
    facts: Sequence[Fact], duplicates: Duplicates, inferred: Inferred = "include"
) -> Sequence[Fact]:
    """Return the facts that count: of those that repeat each other, the first.

    A fact repeats another if the same holder takes the same position on the same target in the
    same voice, within one document, week, month or year, or anywhere (``acrossrange``): the rules
    of Discourse Network Analyzer, under its names. Where inferred targets are left out, one repeats
    no named one, which counts.
    """
    if duplicates == "include":
        return facts
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = _span(fact, duplicates), fact.who, fact.on, fact.position
        kept.setdefault((*key, has_target(fact, inferred)), fact)
    return list(kept.values())


def _span(fact: Fact, duplicates: Duplicates) -> str:
    """Within what a repeat counts once; the document if its date is not exact enough."""
    if duplicates == "acrossrange":
        return ""
    if duplicates == "year" and fact.date:
        return fact.date[:4]
    if duplicates == "month" and len(fact.date) >= 7:
        return fact.date[:7]
    if duplicates == "week" and len(fact.date) == 10:
        year, week, _ = date.fromisoformat(fact.date).isocalendar()
        return f"{year}-W{week:02}"
    return f"document {fact.interview_id}"


def total_rows(
    facts: Sequence[Fact],
    *,
    duplicates: Duplicates,
    inferred: Inferred,
    actors: ActorTable,
) -> dict[str, Iterator[Row]]:
    """Return the rows of the tables over all interviews by table, from all facts."""
    kept = without_repeats(facts, duplicates)
    apart = without_repeats(facts, duplicates, inferred)
    rules: dict[str, Any] = {"duplicates": duplicates, "actors": actors}
    return {
        "targets": target_rows(apart, inferred=inferred, **rules),
        "holders": holder_rows(kept, **rules),
        "positions": position_rows(apart, inferred=inferred, **rules),
    }


def target_rows(
    facts: Sequence[Fact], *, duplicates: Duplicates, inferred: Inferred, actors: ActorTable
) -> Iterator[Row]:
    """Yield a row for each target, the most frequent first."""
    counts: Counter[tuple[Target, str]] = Counter()
    for fact in facts:
        counts[fact.on, fact.who.voice] += has_target(fact, inferred)
    for on, group in grouped(
        facts,
        lambda fact: fact.on,
        order=lambda on: (-counts[on, "own"], -counts[on, "attributed"], on),
    ):
        counted = [fact for fact in group if has_target(fact, inferred)]
        row = {**target_cells(on, actors), **_when(counted), "duplicates": duplicates}
        for voice in VOICES:
            said = [fact for fact in counted if fact.who.voice == voice]
            row |= tally((fact.position for fact in said), prefix=f"{voice}_")
            row |= net_ends((fact.said for fact in said), prefix=f"{voice}_")
            row |= contest([(fact.who, fact.position) for fact in said], prefix=f"{voice}_")
            meant = sum(fact.inferred for fact in group if fact.who.voice == voice)
            row[f"{voice}_inferred"] = meant
        yield row


def holder_rows(
    facts: Sequence[Fact], *, duplicates: Duplicates, actors: ActorTable
) -> Iterator[Row]:
    """Yield a row for each holder in each voice, own voices first, then the most frequent."""
    counts = Counter(fact.who for fact in facts)
    for who, group in grouped(
        facts,
        lambda fact: fact.who,
        order=lambda who: (who.voice != "own", -counts[who], who),
    ):
        row = {
            **who_cells(who, spellings(group)[who], actors, group),
            "targets": len({fact.on for fact in group}),
        }
        row |= _own_cells("holders", group)
        yield {**row, **_positions(group, duplicates=duplicates)}


def position_rows(
    facts: Sequence[Fact],
    *,
    duplicates: Duplicates,
    inferred: Inferred,
    actors: ActorTable,
) -> Iterator[Row]:
    """Yield a row for each holder and target in each voice.

    Own voices first; holders by name, their targets by frequency.
    """
    for who, said in grouped(
        facts, lambda fact: fact.who, order=lambda who: (who.voice != "own", who)
    ):
        spelling, found = spellings(said)[who], []
        for on, group in grouped(said, lambda fact: fact.on):
            row = {**who_cells(who, spelling, actors, group), **target_cells(on, actors)}
            row |= _own_cells("positions", group)
            counted = [fact for fact in group if has_target(fact, inferred)]
            row |= _positions(counted, duplicates=duplicates)
            found.append({**row, "inferred": sum(fact.inferred for fact in group)})
        yield from sorted(found, key=lambda row: -count(row, "n"))


def who_cells(who: Holder, spelling: str, actors: ActorTable, facts: Sequence[Fact] = ()) -> Row:
    """Return the cells that identify a holder in a voice, under the name as it is spelt.

    Of a person, affiliation and country are those of the facts, which may be several.
    """
    apart = any(who[3:]) or not facts
    abouts = [("", About(*who[3:]))] if apart else sorted({(one.date, one.about) for one in facts})
    place = place_cells(
        _listed_once(about.affiliation for _, about in abouts),
        _listed_once(about.country for _, about in abouts),
        actors,
    )
    return {"voice": who.voice, **holder_cells(who, spelling, actors), **place}


def _own_cells(table: str, facts: Sequence[Fact]) -> Row:
    """The columns of the user's own of a holder, who may have several values over time."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, about in sorted({(fact.date, fact.about) for fact in facts}):
        for name, value in about.fields:
            found[name][value] = None
    return own_cells(table, {name: listed(values) for name, values in found.items()})


def _listed_once(values: Iterable[str]) -> str | None:
    return listed(dict.fromkeys(filter(None, values))) or None


def _when(group: Sequence[Fact]) -> Row:
    dates = [fact.date for fact in group if fact.date]
    return {
        "interviews": len({fact.interview_id for fact in group}),
        "first_date": min(dates, default=None),
        "last_date": max(dates, default=None),
    }


def _positions(group: Sequence[Fact], *, duplicates: Duplicates) -> Row:
    return {
        **_when(group),
        "turns": len({fact.turn_id for fact in group}),
        "duplicates": duplicates,
        **tally(fact.position for fact in group),
        **net_ends(fact.said for fact in group),
    }


def grouped(
    items: Sequence[_Item],
    key: Callable[[_Item], _Key],
    order: Callable[[_Key], Any] | None = None,
) -> Iterator[tuple[_Key, list[_Item]]]:
    """Yield groups of items by key, sorted by it or by an order of keys; one at a time is held."""
    groups: defaultdict[_Key, array[int]] = defaultdict(lambda: array("i"))
    for place, item in enumerate(items):
        groups[key(item)].append(place)
    for found in sorted(groups, key=order):
        yield found, [items[place] for place in groups[found]]


def count(row: Row, name: str) -> int:
    """Return a count of a row; 0 if it is empty."""
    return int(row[name] or 0)
