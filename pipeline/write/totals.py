"""The tables over all interviews: targets, holders and their positions, and which repeats count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any, NamedTuple, TypeVar, cast

from pipeline.config import Duplicates
from pipeline.write.counts import Row, contest, net_interval, tally
from pipeline.write.lookup import Position

VOICES = ("own", "attributed")
UNNAMED = "(only meant)"
_Key = TypeVar("_Key", bound=tuple[Any, ...])


class Holder(NamedTuple):
    """A holder in one voice; speakers are one holder if all of this is the same.

    Unknown values, and affiliation and country of a holder who is no speaker, are empty. The name
    of a holder known by words alone is in lower case.
    """

    voice: str
    name: str
    kind: str
    affiliation: str
    country: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One stance: where it is, its holder and target, and how it is counted.

    Attributes:
        date: of the interview; empty if unknown.
        on: the target and its kind.
        spelling: the holder's name as the transcript has it.
    """

    interview_id: str
    date: str
    turn_id: str
    who: Holder
    on: tuple[str, str]
    position: Position
    spelling: str


def fact_of(row: Row) -> Fact:
    """Return what the tables over all interviews count of a row of stances.csv.

    Strings are interned: facts of all interviews are kept until the end of a run.
    """
    if row["target_actor"]:
        on = intern(str(row["target_actor"])), "actor"
    elif row["target_text"]:
        on = intern(str(row["target_text"]).casefold()), "words"
    else:
        on = UNNAMED, "unnamed"
    return Fact(
        interview_id=intern(str(row["interview_id"])),
        date=intern(str(row["date"] or "")),
        turn_id=intern(str(row["turn_id"])),
        who=holder_of(row),
        on=on,
        position=cast(Position, row["counted_as"]),
        spelling=intern(str(row["holder_name"])),
    )


def holder_of(row: Row) -> Holder:
    """Return the holder of a row with the cells of a stance's holder and speaker."""
    own, name = row["voice"] == "own", str(row["holder_name"])
    return Holder(
        voice=intern(str(row["voice"])),
        name=intern(name.casefold() if row["holder_kind"] == "words" else name),
        kind=intern(str(row["holder_kind"])),
        affiliation=intern(str(row["affiliation"] or "")) if own else "",
        country=intern(str(row["country"] or "")) if own else "",
    )


def spellings(facts: Iterable[Fact]) -> dict[Holder, str]:
    """Return each holder's most frequent spelling, the first of equals."""
    found: defaultdict[Holder, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        found[fact.who][fact.spelling] += 1
    return {who: counts.most_common(1)[0][0] for who, counts in found.items()}


def without_repeats(facts: Iterable[Fact], duplicates: Duplicates) -> list[Fact]:
    """Return the facts that count: of those that repeat each other, the first.

    A fact repeats another if the same holder takes the same position on the same target in the
    same voice, within one document, week, month or year, or anywhere (``acrossrange``): the rules
    of Discourse Network Analyzer, under its names.
    """
    if duplicates == "include":
        return list(facts)
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        kept.setdefault((_span(fact, duplicates), fact.who, fact.on, fact.position), fact)
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
    facts: Iterable[Fact], *, duplicates: Duplicates, seed: int
) -> dict[str, Iterator[Row]]:
    """Return the rows of the tables over all interviews by table.

    Args:
        facts: all, also those that repeat others.
        duplicates: which of these count.
        seed: of the intervals.
    """
    kept = without_repeats(facts, duplicates)
    return {
        "targets": target_rows(kept, duplicates=duplicates),
        "holders": holder_rows(kept, duplicates=duplicates, seed=seed),
        "positions": position_rows(kept, duplicates=duplicates, seed=seed),
    }


def target_rows(facts: Sequence[Fact], *, duplicates: Duplicates) -> Iterator[Row]:
    """Yield a row for each target, the most frequent first."""
    found: list[Row] = []
    for on, group in _grouped(facts, lambda fact: fact.on):
        row = {**_target_cells(on), **_when(group), "duplicates": duplicates}
        for voice in VOICES:
            said = [(fact.who, fact.position) for fact in group if fact.who.voice == voice]
            row |= tally((side for _, side in said), prefix=f"{voice}_")
            row |= contest(said, prefix=f"{voice}_")
        found.append(row)
    yield from sorted(found, key=lambda row: (-count(row, "own_n"), -count(row, "attributed_n")))


def holder_rows(facts: Sequence[Fact], *, duplicates: Duplicates, seed: int) -> Iterator[Row]:
    """Yield a row for each holder in each voice, own voices first, then the most frequent."""
    found: list[Row] = []
    spelt = spellings(facts)
    for who, group in _grouped(facts, lambda fact: fact.who):
        row = {**holder_cells(who, spelt[who]), "targets": len({fact.on for fact in group})}
        found.append({**row, **_positions(group, who, duplicates=duplicates, seed=seed)})
    yield from sorted(found, key=lambda row: (row["voice"] != "own", -count(row, "n")))


def position_rows(facts: Sequence[Fact], *, duplicates: Duplicates, seed: int) -> Iterator[Row]:
    """Yield a row for each holder and target in each voice.

    Own voices first; holders by name, their targets by frequency.
    """
    found: list[tuple[Holder, Row]] = []
    spelt = spellings(facts)
    for (who, on), group in _grouped(facts, lambda fact: (fact.who, fact.on)):
        row = {**holder_cells(who, spelt[who]), **_target_cells(on)}
        row |= _positions(group, (*who, *on), duplicates=duplicates, seed=seed)
        found.append((who, row))
    found.sort(key=lambda item: (item[0].voice != "own", item[0], -count(item[1], "n")))
    yield from (row for _, row in found)


def holder_cells(who: Holder, spelling: str) -> Row:
    """Return the cells that identify a holder, under the name as it is spelt."""
    return {
        "voice": who.voice,
        "holder": spelling,
        "holder_kind": who.kind,
        "affiliation": who.affiliation or None,
        "country": who.country or None,
    }


def _target_cells(on: tuple[str, str]) -> Row:
    return {"target": on[0], "target_kind": on[1]}


def _when(group: Sequence[Fact]) -> Row:
    dates = [fact.date for fact in group if fact.date]
    return {
        "interviews": len({fact.interview_id for fact in group}),
        "first_date": min(dates, default=None),
        "last_date": max(dates, default=None),
    }


def _positions(
    group: Sequence[Fact], key: Sequence[str], *, duplicates: Duplicates, seed: int
) -> Row:
    said = [(fact.turn_id, fact.position) for fact in group]
    low, high = net_interval(said, seed=seed, key=key) or (None, None)
    return {
        **_when(group),
        "turns": len({turn for turn, _ in said}),
        "duplicates": duplicates,
        **tally((side for _, side in said), prefix=""),
        "net_low": low,
        "net_high": high,
    }


def _grouped(
    facts: Iterable[Fact], key: Callable[[Fact], _Key]
) -> Iterator[tuple[_Key, list[Fact]]]:
    """Yield groups of facts by key, sorted by it."""
    groups: defaultdict[_Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    for found in sorted(groups):
        yield found, groups[found]


def count(row: Row, name: str) -> int:
    """Return a count of a row; 0 if it is empty."""
    return int(row[name] or 0)
