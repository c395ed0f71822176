"""The tables over all interviews: what is for and against a target, and where holders stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from pipeline.config import Duplicates
from pipeline.write.counts import Cell, Row, contest, net_interval, tally
from pipeline.write.facts import Fact, Holder, spellings

VOICES = ("own", "attributed")
_Key = TypeVar("_Key", bound=tuple[Any, ...])


def target_rows(facts: Sequence[Fact], *, duplicates: Duplicates) -> Iterator[Row]:
    """Yield a row for each target, the most frequent first."""
    found: list[Row] = []
    for (target, kind), group in _grouped(facts, lambda fact: fact.on):
        row: Row = {"target": target, "target_kind": kind, **_when(group), "duplicates": duplicates}
        for voice in VOICES:
            said = [fact for fact in group if fact.voice == voice]
            row |= tally((fact.position for fact in said), prefix=f"{voice}_")
            row |= contest([(fact.who, fact.position) for fact in said], prefix=f"{voice}_")
        found.append(row)
    yield from sorted(found, key=lambda row: (-_int(row["own_n"]), -_int(row["attributed_n"])))


def holder_rows(facts: Sequence[Fact], *, duplicates: Duplicates, seed: int) -> Iterator[Row]:
    """Yield a row for each holder in each voice, own voices first, then the most frequent."""
    found: list[Row] = []
    spelt = spellings(facts)
    for who, group in _grouped(facts, lambda fact: fact.who):
        row = holder_cells(who, spelt[who])
        row |= {**_when(group), "targets": len({fact.on for fact in group})}
        found.append({**row, **_stand(group, who, duplicates=duplicates, seed=seed)})
    yield from sorted(found, key=lambda row: (row["voice"] != "own", -_int(row["n"])))


def position_rows(facts: Sequence[Fact], *, duplicates: Duplicates, seed: int) -> Iterator[Row]:
    """Yield a row for each holder and target in each voice.

    Own voices first; holders by name, their targets by frequency.
    """
    found: list[tuple[Holder, Row]] = []
    spelt = spellings(facts)
    for (who, on), group in _grouped(facts, lambda fact: (fact.who, fact.on)):
        target, kind = on
        row = {
            **holder_cells(who, spelt[who]),
            "target": target,
            "target_kind": kind,
            **_when(group),
        }
        stand = _stand(group, (*who, *on), duplicates=duplicates, seed=seed)
        found.append((who, {**row, **stand}))
    found.sort(key=lambda item: (item[0].voice != "own", item[0], -_int(item[1]["n"])))
    yield from (row for _, row in found)


def holder_cells(who: Holder, spelling: str) -> Row:
    """Return the columns that tell who a holder is, under the name as it is spelt."""
    return {
        "voice": who.voice,
        "holder": spelling,
        "holder_kind": who.kind,
        "affiliation": who.affiliation or None,
        "country": who.country or None,
    }


def _when(group: Sequence[Fact]) -> Row:
    dates = sorted(fact.date for fact in group if fact.date)
    return {
        "interviews": len({fact.interview_id for fact in group}),
        "first_date": dates[0] if dates else None,
        "last_date": dates[-1] if dates else None,
    }


def _stand(group: Sequence[Fact], key: Sequence[str], *, duplicates: Duplicates, seed: int) -> Row:
    said = [(fact.turn_id, fact.position) for fact in group]
    interval = net_interval(said, seed=seed, key=key)
    low, high = interval or (None, None)
    return {
        "turns": len({turn for turn, _ in said}),
        "duplicates": duplicates,
        **tally((position for _, position in said), prefix=""),
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


def _int(value: Cell) -> int:
    return int(value or 0)
