"""How a result depends on the definition of the bloc: the same interviews under two of them.

Two tables: ``sensitivity_units.csv`` lists each stance that differs under another bloc,
``sensitivity.csv`` has the effect on interviews and on holders. What does not depend on the bloc
(turns, units, mentions, claims, reports) is computed once and is the same in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, PlainSerializer

from pipeline.actors import ActorTable
from pipeline.config import Duplicates
from pipeline.records import Stance, Unit
from pipeline.tables.counts import Cell, Row, tally
from pipeline.tables.identity import Holder, holder_of
from pipeline.tables.lookup import Lookup, position
from pipeline.tables.net import DIGITS, share
from pipeline.tables.rows import rounded, voice_cells
from pipeline.tables.totals import (
    VOICES,
    Fact,
    facts_of,
    grouped,
    spellings,
    who_cells,
    without_repeats,
)

Change = Literal["enters", "leaves", "turns", "retargets"]
CHANGES: tuple[Change, ...] = ("enters", "leaves", "turns", "retargets")
DIFFERENCES = ("n", "about_share", "share_favor", "share_against", "share_neutral", "net")

_Key = TypeVar("_Key")


def _hashable(value: object) -> object:
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value


Pairs = Annotated[
    Counter[_Key],
    PlainSerializer(lambda counts: list(counts.items())),
    BeforeValidator(lambda pairs: {_hashable(key): n for key, n in pairs}),
]
"""Counts by what is no text, which are a list of pairs in JSON."""


@dataclass(frozen=True)
class Compared:
    """One interview under two blocs, as the tables need it.

    Attributes:
        judged: units judged, by respondent.
        main: facts of the stances under the run's bloc.
        other: facts of the stances under the other.
        changes: how often a holder's stances change in which way.
    """

    interview_id: str
    date: str | None
    other_bloc: str
    judged: Pairs[Holder]
    main: Sequence[Fact]
    other: Sequence[Fact]
    changes: Pairs[tuple[Holder, Change]]


def compare(main: Lookup, other: Lookup, *, other_bloc: str) -> tuple[Compared, list[Row]]:
    """Compare an interview's stances under two blocs; nothing else differs in it.

    Returns:
        What ``sensitivity.csv`` needs, and the rows of ``sensitivity_units.csv``.
    """
    units = main.coded_units()
    changes = [change for unit in units for change in _changes(main, other, unit)]
    compared = Compared(
        interview_id=main.interview.id,
        date=main.interview.date,
        other_bloc=other_bloc,
        judged=Counter(map(holder_of, map(main.speaker_of, units))),
        main=facts_of(main),
        other=facts_of(other),
        changes=Counter((who, change) for who, change, _ in changes),
    )
    return compared, [{**row, "other_bloc": other_bloc} for _, _, row in changes]


def sensitivity_rows(
    compared: Sequence[Compared], *, bloc: str, duplicates: Duplicates, actors: ActorTable
) -> Iterator[Row]:
    """Yield the rows of ``sensitivity.csv``: all, then interviews, then holders, by other bloc.

    Interviews count every stance, as in interviews.csv; holders as in holders.csv.
    """
    for other_bloc in dict.fromkeys(one.other_bloc for one in compared):
        group = [one for one in compared if one.other_bloc == other_bloc]
        every = _joined(group)
        names: Row = {"bloc": bloc, "other_bloc": other_bloc}
        for voice in VOICES:
            yield _row(every, voice=voice, names={**names, "level": "all"})
        for one in group:
            place: Row = {"level": "interview", "interview_id": one.interview_id, "date": one.date}
            for voice in VOICES:
                yield _row(one, voice=voice, names={**names, **place})
        spelt = spellings(every.other) | spellings(without_repeats(every.main, duplicates))
        for who, part in _by_holder(every):
            facts = [*part.main, *part.other]
            named = {**names, "level": "holder", **who_cells(who, spelt[who], actors, facts)}
            yield _row(part, voice=who.voice, names=named, duplicates=duplicates)


def _joined(group: Sequence[Compared]) -> Compared:
    judged: Counter[Holder] = Counter()
    changes: Counter[tuple[Holder, Change]] = Counter()
    for one in group:
        judged.update(one.judged)
        changes.update(one.changes)
    main = [fact for one in group for fact in one.main]
    other = [fact for one in group for fact in one.other]
    return Compared("", None, "", judged, main, other, changes)


def _by_holder(every: Compared) -> Iterator[tuple[Holder, Compared]]:
    """Yield each holder's part, own voices first, then the most frequent under the run's bloc."""
    main, other = (
        dict(grouped(facts, lambda fact: fact.who)) for facts in (every.main, every.other)
    )
    changes = dict(grouped(list(every.changes), lambda change: change[0]))
    order = {who: (who.voice != "own", -len(main.get(who, ())), who) for who in (*main, *other)}
    for who in sorted(order, key=order.__getitem__):
        judged = Counter({who: every.judged[who]})
        changed = Counter({one: every.changes[one] for one in changes.get(who, ())})
        facts = main.get(who, ()), other.get(who, ())
        yield who, Compared("", None, "", judged, *facts, changed)


def _row(part: Compared, *, voice: str, names: Row, duplicates: Duplicates = "include") -> Row:
    changes: Counter[Change] = Counter()
    for (who, change), times in part.changes.items():
        changes[change] += times * (who.voice == voice)
    judged = part.judged.total() if voice == "own" else None
    row: Row = {
        **names,
        "voice": voice,
        "duplicates": duplicates,
        "judged_units": judged,
        "changed": changes.total() > 0,
        **{name: changes[name] for name in CHANGES},
    }
    for which, facts in (("main", part.main), ("other", part.other)):
        counted = without_repeats([one for one in facts if one.who.voice == voice], duplicates)
        row |= tally((fact.position for fact in counted), prefix=f"{which}_")
        row[f"{which}_about_share"] = share(len(counted), judged or 0)
    for name in DIFFERENCES:
        row[f"difference_{name}"] = _minus(row[f"other_{name}"], row[f"main_{name}"])
    return row


def _changes(main: Lookup, other: Lookup, unit: Unit) -> Iterator[tuple[Holder, Change, Row]]:
    found = ([stance for _, stance in one.stances_of(unit)] for one in (main, other))
    for a, b in _pairs(*found):
        change = _change(a, b)
        one = a or b
        if change is None or one is None:
            continue
        row: Row = {**voice_cells(main, unit, one), "change": change}
        for prefix, stance in (("main_", a), ("other_", b)):
            row[f"{prefix}counted_as"] = position(stance) if stance else "not_about"
            if stance is not None:
                row[f"{prefix}target_text"] = stance.target_text
                row[f"{prefix}target_actor"] = stance.target_actor
                row[f"{prefix}probability"] = rounded(stance.probability)
        yield (main if a else other).holder(one), change, row


def _pairs(
    main: Sequence[Stance], other: Sequence[Stance]
) -> Iterator[tuple[Stance | None, Stance | None]]:
    """Pair the stances of each holder in a unit: on the same target first, then in order."""
    holders: dict[tuple[str, str], tuple[list[Stance], list[Stance]]] = defaultdict(
        lambda: ([], [])
    )
    for number, stances in enumerate((main, other)):
        for stance in stances:
            holders[stance.voice, stance.holder][number].append(stance)
    for mains, others in holders.values():
        rest = list(others)
        left: list[Stance] = []
        for stance in mains:
            match = next((one for one in rest if _target(one) == _target(stance)), None)
            if match is None:
                left.append(stance)
            else:
                rest.remove(match)
                yield stance, match
        yield from zip_longest(left, rest)


def _target(stance: Stance) -> tuple[str | None, str | None]:
    return stance.target_text, stance.target_actor


def _change(main: Stance | None, other: Stance | None) -> Change | None:
    if main is None or other is None:
        return "enters" if main is None else "leaves"
    if position(main) != position(other):
        return "turns"
    return None if _target(main) == _target(other) else "retargets"


def _minus(a: Cell, b: Cell) -> float | None:
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        return None
    return round(a - b, DIGITS) + 0
