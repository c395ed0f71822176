"""Groups of respondents compared: shares and net position by group, differences with intervals.

Interviews are drawn, not sentences: the variance of a share or a net position is a jackknife over
interviews (CR3: MacKinnon, Nielsen and Webb 2023), whatever the number of stances in one. Intervals
are by the rules of ``net``, with interviews as clusters whatever their number. P values are
corrected after Holm (1979) over all differences of one measure. It is about sampling alone, not
about the error of the judge. In simulations of groups alike, of 3 to 60 interviews, 1 to 5 % of the
differences had a p below .05 (``tests/tables/test_groups.py``).

Example:
    >>> [round(one, 4) for one in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from math import sqrt
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.config import Inferred
from pipeline.tables.counts import Cell, Row
from pipeline.tables.fields import LEFT_OUT, OF_SPEAKER, PERIODS, groupings
from pipeline.tables.identity import Holder, holder_of
from pipeline.tables.lookup import POSITIONS, Lookup
from pipeline.tables.net import (
    DIGITS,
    LEVEL,
    MIN_STANCES,
    SIDES,
    TINY,
    effective_clusters,
    interval,
)
from pipeline.tables.totals import Fact, fact_of, has_target

MOST_PAIRED = 6
"""Groups up to which each is compared with each; of more, each with all others together."""
LEAST_CLUSTERS = 1.5
"""Interviews, were they of one size (Kish), under which an interval would be the whole scale."""
MOST_TESTED = 200
"""Groups over which none are tested: p values of so many say nothing after Holm's correction."""
REST = "(all others)"
ONE, FEW, TOO_FEW, ALIKE = (
    "one interview: no interval",
    f"fewer than {MIN_STANCES}: no interval",
    "too few interviews: no interval",
    "the same in each interview: no interval",
)
COUNTS = ("judged", *POSITIONS, "about", "units_favor", "units_against", "units_neutral")


@dataclass(frozen=True)
class Measure:
    """A figure that groups are compared by: the sum of some counts over the sum of others.

    Attributes:
        label: for a reader.
        plus, minus: counts of the numerator.
        whole: counts of the denominator.
    """

    name: str
    label: str
    plus: tuple[str, ...]
    whole: tuple[str, ...]
    minus: tuple[str, ...] = ()


MEASURES = (
    Measure("net", "net position", ("favor",), SIDES, minus=("against",)),
    *(Measure(f"share_{one}", f"{word}, of decided stances", (one,), SIDES)
      for one, word in zip(SIDES, ("for", "against", "neutral"), strict=True)),
    Measure("units_about_share", "sentences about the bloc, of all", ("about",), ("judged",)),
    *(Measure(f"units_{one}_share", f"sentences {word}, of all", (f"units_{one}",), ("judged",))
      for one, word in zip(SIDES, ("for", "against", "neutral"), strict=True)),
)  # fmt: skip
NET = MEASURES[0]


@dataclass(frozen=True)
class Observed:
    """A respondent in one interview: the columns to group by, and what is counted.

    Attributes:
        counts: by the names in ``COUNTS``.
    """

    interview_id: str
    who: Holder
    fields: Mapping[str, str]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Estimate:
    """A measure of a group.

    Attributes:
        value: None where its denominator is 0.
        low, high: of the 95 % interval; None where ``note`` says why there is none.
        pulls: by interview, how far its absence moves the value, scaled so that their squares add
            up to the variance; all 0 where interviews are alike.
        variance: over interviews; where all are alike, that of an interval so wide.
        degrees: of freedom.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    pulls: Mapping[str, float] = field(default_factory=dict)
    variance: float = 0.0
    degrees: float = 0.0
    note: str = ""

    @property
    def below(self) -> float:
        """How far the interval reaches below the value."""
        return cast("float", self.value) - cast("float", self.low)

    @property
    def above(self) -> float:
        """How far the interval reaches above the value."""
        return cast("float", self.high) - cast("float", self.value)


@dataclass(frozen=True)
class Comparison:
    """Groups of one column.

    Attributes:
        groups: the rows of groups.csv, the largest first, periods in order; that of what has no
            value is last and has no group.
        differences: the rows of differences.csv.
    """

    column: str
    groups: Sequence[Row]
    differences: Sequence[Row]

    @property
    def repeated(self) -> bool:
        """Whether there are two groups or more, and one has several interviews."""
        named = [row for row in self.groups if row["group"] is not None]
        return len(named) > 1 and any(cast("int", row["interviews"]) > 1 for row in named)


def observe(
    lookup: Lookup, *, target: str | None = None, inferred: Inferred = "exclude"
) -> Iterator[Observed]:
    """Yield each respondent of an interview with own stances, on one target where it is given."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for unit in lookup.coded_units():
        counts = found[lookup.speaker_of(unit).id]
        counts["judged"] += 1
        facts = [fact_of(lookup, unit, stance) for stance in lookup.own(unit)]
        facts = [one for one in facts if target is None or _is_on(one, target, inferred)]
        for fact in facts:
            counts[fact.position] += 1
        counts["about"] += bool(facts)
        for side in SIDES:
            counts[f"units_{side}"] += any(fact.position == side for fact in facts)
    for name, counts in found.items():
        speaker = lookup.speakers[name]
        values = groupings(lookup.interview, speaker)
        yield Observed(lookup.interview.id, holder_of(speaker), values, counts)


def _is_on(fact: Fact, target: str, inferred: Inferred) -> bool:
    return fact.on[0].casefold() == target.casefold() and has_target(fact, inferred)


def columns_of(observed: Iterable[Observed]) -> list[str]:
    """Return the columns that have a value, those of speakers and periods first."""
    found = dict.fromkeys((*PERIODS, *OF_SPEAKER, *_own_first(observed)))
    return [name for name in found if any(name in one.fields for one in observed)]


def _own_first(observed: Iterable[Observed]) -> list[str]:
    return list(dict.fromkeys(name for one in observed for name in one.fields))


def compared_columns(observed: Sequence[Observed]) -> list[Comparison]:
    """Return a comparison for each column of two groups or more, one of several interviews."""
    names = [name for name in columns_of(observed) if name not in LEFT_OUT]
    found = (compare_groups(observed, name) for name in names)
    return [one for one in found if one.repeated]


def compare_groups(observed: Sequence[Observed], column: str) -> Comparison:
    """Compare the groups of a column, by all measures.

    Args:
        observed: respondents of interviews.
        column: one of ``columns_of``.
    """
    members: defaultdict[str | None, list[Observed]] = defaultdict(list)
    for one in observed:
        members[one.fields.get(column)].append(one)
    groups = {name: Group(tuple(found), Sums.of(found)) for name, found in members.items()}
    order = sorted(groups, key=lambda name: _rank(column, name, groups))
    named = [name for name in order if name is not None]
    return Comparison(
        column,
        [{"column": column, "group": name, **groups[name].row()} for name in order],
        [row for measure in MEASURES for row in _differences(column, measure, named, groups)],
    )


def _rank(column: str, name: str | None, groups: Mapping[str | None, Group]) -> tuple[Any, ...]:
    size = 0 if column in PERIODS else -groups[name].sums.total("favor", "against", "neutral")
    return name is None, size, name or ""


@dataclass(frozen=True)
class Group:
    """Respondents of one group.

    Attributes:
        sums: of their counts, by interview.
    """

    members: tuple[Observed, ...]
    sums: Sums

    @cached_property
    def estimates(self) -> Mapping[str, Estimate]:
        """The measures by name, with intervals."""
        return {measure.name: self.sums.estimate(measure) for measure in MEASURES}

    def row(self) -> Row:
        """Return counts and measures, with intervals, as cells of groups.csv."""
        cells: Row = {
            "interviews": len(self.sums.ids),
            "respondents": len({one.who for one in self.members}),
            "judged_units": self.sums.total("judged"),
            "n": self.sums.total(*POSITIONS),
            **{side: self.sums.total(side) for side in POSITIONS},
            "decided": self.sums.total(*SIDES),
            "note": self.estimates[NET.name].note or None,
        }
        for name, one in self.estimates.items():
            cells |= {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}
        return cells


@dataclass(frozen=True)
class Sums:
    """Counts by interview.

    Attributes:
        ids: of the interviews.
        counts: ``(n_interviews, len(COUNTS))``.
    """

    ids: tuple[str, ...]
    counts: NDArray[np.int_]

    @classmethod
    def of(cls, members: Iterable[Observed]) -> Sums:
        """Add up the counts of respondents by interview."""
        found: defaultdict[str, NDArray[np.int_]] = defaultdict(
            lambda: np.zeros(len(COUNTS), dtype=np.int_)
        )
        for one in members:
            found[one.interview_id] += [one.counts[name] for name in COUNTS]
        return cls(
            tuple(found), np.array([*found.values()], dtype=np.int_).reshape(-1, len(COUNTS))
        )

    def without(self, part: Sums) -> Sums:
        """Return the sums less those of a part of them."""
        places = {name: place for place, name in enumerate(self.ids)}
        counts = self.counts.copy()
        counts[[places[name] for name in part.ids]] -= part.counts
        return Sums(self.ids, counts)

    def total(self, *names: str) -> int:
        """The sum of some counts."""
        return int(self._by_interview(names).sum())

    def _by_interview(self, names: Iterable[str]) -> NDArray[np.int_]:
        found: NDArray[np.int_] = self.counts[:, [COUNTS.index(name) for name in names]]
        return np.asarray(found.sum(axis=1), dtype=np.int_)

    def estimate(self, measure: Measure) -> Estimate:
        """Return a measure with its interval over interviews."""
        wholes = self._by_interview(measure.whole)
        parts = self._by_interview(measure.plus) - self._by_interview(measure.minus)
        kept = wholes > 0
        parts, wholes = parts[kept], wholes[kept]
        if not wholes.size:
            return Estimate(None)
        value = float(parts.sum() / wholes.sum())
        rounded = round(value, DIGITS) + 0.0
        if note := _lacking(parts, wholes):
            return Estimate(rounded, note=note)
        without = (parts.sum() - parts) / (wholes.sum() - wholes)
        pulls = np.sqrt((len(wholes) - 1) / len(wholes)) * (without - value)
        least = -1.0 if measure.minus else 0.0
        found = interval(
            value, float(np.square(pulls).sum()), effective_clusters(wholes), least=least
        )
        ids = np.array(self.ids)[kept].tolist()
        return Estimate(
            found.value, found.low, found.high, dict(zip(ids, pulls.tolist(), strict=True)),
            found.variance, found.degrees,
        )  # fmt: skip


def _lacking(parts: NDArray[np.int_], wholes: NDArray[np.int_]) -> str:
    """Why there can be no interval; nothing if there can."""
    if len(wholes) < 2:
        return ONE
    if wholes.sum() < MIN_STANCES:
        return FEW
    return TOO_FEW if effective_clusters(wholes) < LEAST_CLUSTERS else ""


def difference(first: Estimate, second: Estimate) -> Row:
    """Return ``first - second`` with its 95 % interval and p value, or with the reason for none.

    The ends are those of the two groups combined (MOVER: Newcombe 1998; Zou and Donner 2008, with
    the correlation of the two over the interviews that are in both), so that they do not leave the
    scale. The p value is of the t that the end on the side of 0 amounts to: it is below .05 where
    0 is outside.
    """
    if first.value is None or second.value is None:
        return {"difference": None, "note": "nothing decided in one of them"}
    moved = round(first.value - second.value, DIGITS) + 0.0
    if first.low is None or second.low is None:
        return {"difference": moved, "note": first.note or second.note}
    from scipy.special import stdtr, stdtrit

    common = _correlation(first, second)
    down = _combined(first.below, second.above, common)
    up = _combined(first.above, second.below, common)
    toward = down if moved > 0 else up
    if not toward:
        return {"difference": moved, "note": ALIKE}
    apart = [(one.variance, one.degrees) for one in (first, second)]
    degrees = sum(part for part, _ in apart) ** 2 / sum(part**2 / free for part, free in apart)
    quantile = float(stdtrit(degrees, (1 + LEVEL) / 2))
    return {
        "difference": moved, "low": round(moved - down, DIGITS) + 0.0,
        "high": round(moved + up, DIGITS) + 0.0,
        "p": 2 * float(stdtr(degrees, -abs(moved) * quantile / toward)),
    }  # fmt: skip


def _correlation(first: Estimate, second: Estimate) -> float:
    """The correlation of two estimates over the interviews that are in both."""
    both = sorted(first.pulls.keys() & second.pulls.keys())
    product = sum(first.pulls[one] * second.pulls[one] for one in both)
    squares = [sum(pull**2 for pull in one.pulls.values()) for one in (first, second)]
    return product / sqrt(squares[0] * squares[1]) if min(squares) > TINY else 0.0


def _combined(one: float, other: float, correlation: float) -> float:
    return sqrt(max(0.0, one**2 + other**2 - 2 * correlation * one * other))


def _differences(
    column: str, measure: Measure, named: Sequence[str], groups: Mapping[str | None, Group]
) -> Iterator[Row]:
    """Yield the differences of a measure: of all pairs, or of each group from all others."""
    if len(named) > MOST_TESTED:
        return
    found = {name: groups[name].estimates[measure.name] for name in named}
    pairs = [(a, b, found[b]) for a, b in combinations(named, 2)]
    if len(named) > MOST_PAIRED:
        every = Sums.of(one for name in named for one in groups[name].members)
        pairs = [(name, REST, every.without(groups[name].sums).estimate(measure)) for name in named]
    yield from with_holm(
        {
            "column": column, "measure": measure.name, "group": name, "other": other,
            **difference(found[name], estimate),
        }
        for name, other, estimate in pairs
    )  # fmt: skip


def with_holm(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows with their p values, to four digits, and those corrected over all of them."""
    rows = list(rows)
    tested = [row for row in rows if row.get("p") is not None]
    corrected = dict(zip(map(id, tested), holm([cast("float", row["p"]) for row in tested]),
                         strict=True))  # fmt: skip
    for row in rows:
        p: Cell = row.get("p")
        given = (
            {"p": _four(cast("float", p)), "p_holm": _four(corrected[id(row)])}
            if p is not None
            else {}
        )
        yield {**row, **given}


def holm(values: Sequence[float]) -> list[float]:
    """Return p values corrected for their number (Holm 1979), in the same order."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found, least = [0.0] * len(values), 0.0
    for rank, place in enumerate(order):
        least = max(least, min(1.0, (len(values) - rank) * values[place]))
        found[place] = least
    return found


def _four(p: float) -> float:
    return round(p, DIGITS)
