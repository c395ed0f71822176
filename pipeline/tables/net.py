"""The net position and the one interval of it: what "net" means in every table, page and figure.

The net position is (for - against) / (for + against + neutral), from -1 to 1, over decided
stances: what the judge would not decide is in no part of it. The shares of a side have the same
denominator, so that they add up to 1, and the net is the share for less the share against.

The interval of a net or a share has a level of 95 %. Its variance is a jackknife over clusters
(CR3: MacKinnon, Nielsen and Webb 2023, J. Econometrics 232), within which stances are alike:
interviews where there are ten or more, so that it is about interviews like these; with fewer,
turns, so that it is about these interviews alone. The ends are Wilson's with the sample size that
the variance amounts to and the t quantile, so that they are within the scale; where all stances
are alike, the clusters are that sample. It is about sampling only; the one that carries the judge's
error (``pipeline.coding.estimates``) is by the same rules.

Example:
    >>> net(favor=3, against=1, neutral=4)
    0.25
    >>> net(favor=0, against=0, neutral=0) is None
    True
    >>> Sides.of(["favor", "against", "abstained", "favor"])
    Sides(favor=2, against=1, neutral=0)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.tables.lookup import Position

Side = Literal["favor", "against", "neutral"]
Clusters = Literal["interviews", "turns"]
Place = tuple[str, str] | tuple[str, str, Any]
"""An interview, a turn of it, and what else a record has."""
SIDES: tuple[Side, ...] = ("favor", "against", "neutral")
DIGITS = 4
LEVEL = 0.95
MIN_STANCES = 10
MIN_TURNS = 5
MIN_INTERVIEWS = 10
"""Fewer clusters do not carry a variance (Cameron and Miller 2015)."""
TINY = 1e-12
"""Variance under which all are alike."""
NET: Mapping[Side, float] = MappingProxyType({"favor": 1.0, "against": -1.0, "neutral": 0.0})
"""What a stance adds to the numerator of the net position."""
SHARE: Mapping[Side, Mapping[Side, float]] = MappingProxyType(
    {side: MappingProxyType({one: float(one == side) for one in SIDES}) for side in SIDES}
)
"""What a stance adds to the numerator of the share of a side."""


class Said(NamedTuple):
    """One stance: its interview, its turn, and how it is counted."""

    interview_id: str
    turn_id: str
    position: Position


@dataclass(frozen=True, slots=True)
class Sides:
    """How many decided stances take each side."""

    favor: int
    against: int
    neutral: int

    @classmethod
    def of(cls, positions: Iterable[Position]) -> Sides:
        """Count positions; what is abstained is in none of the counts."""
        counts = Counter(positions)
        return cls(*(counts[side] for side in SIDES))

    @property
    def decided(self) -> int:
        """The denominator of the net position and of the shares."""
        return self.favor + self.against + self.neutral

    @property
    def net(self) -> float | None:
        """The net position, or None if nothing is decided."""
        return net(favor=self.favor, against=self.against, neutral=self.neutral)

    def share(self, side: Side) -> float | None:
        """The share of a side, or None if nothing is decided."""
        return share(getattr(self, side), self.decided)


@dataclass(frozen=True, slots=True)
class Measured:
    """A net position or a share with its 95 % interval.

    Attributes:
        value: to four digits, as the ends.
        variance: of the value, over clusters; where all are alike, that of an interval so wide.
        degrees: of freedom of the t quantile: clusters, were they of one size (Kish), less 1.
        over: what the clusters are.
    """

    value: float
    low: float
    high: float
    variance: float
    degrees: float
    over: Clusters = "turns"


def net(*, favor: int, against: int, neutral: int) -> float | None:
    """Return the net position to four digits, or None if nothing is decided."""
    return share(favor - against, favor + against + neutral)


def measure(said: Iterable[Said], scores: Mapping[Side, float] = NET) -> Measured | None:
    """Return the mean score of decided stances with its interval, or None if it has none.

    None with fewer than ``MIN_STANCES`` decided stances or ``MIN_TURNS`` turns.

    Args:
        said: stances, abstained ones too; these are left out.
        scores: of a side: ``NET``, or ``SHARE[side]``.
    """
    decided = [one for one in said if one.position != "abstained"]
    values = [scores[one.position] for one in decided if one.position != "abstained"]
    return measure_mean(values, decided, least=min(scores.values()))


def measure_mean(
    values: Sequence[float], places: Sequence[Place], *, least: float = 0.0
) -> Measured | None:
    """Return the mean of values from ``least`` to 1 with its interval, or None if it has none.

    Args:
        values: one of each item.
        places: the interview and the turn of each item, and what else is in a record of it.
        least: the least that a value can be.
    """
    interviews, turns = [place[0] for place in places], [place[1] for place in places]
    return measure_sums(values, np.ones(len(values)), interviews, turns, least=least)


def measure_sums(
    sums: ArrayLike,
    sizes: ArrayLike,
    interviews: Sequence[Hashable],
    turns: Sequence[Hashable],
    *,
    least: float,
) -> Measured | None:
    """Return the mean of values from ``least`` to 1 with its interval, or None if it has none.

    Args:
        sums: of the values of each lot of them.
        sizes: how many values a lot has.
        interviews, turns: of each lot, as names or numbers.
        least: the least that a value can be.
    """
    if np.sum(sizes) < MIN_STANCES:
        return None
    over = clustered_by(interviews)
    clusters = _numbered(interviews if over == "interviews" else turns)
    sizes, sums = (np.bincount(clusters, weights=one) for one in (sizes, sums))
    if len(sizes) < MIN_TURNS:
        return None
    value = float(sums.sum() / sizes.sum())
    without = (sums.sum() - sums) / (sizes.sum() - sizes)
    count = effective_clusters(sizes)
    found = interval(value, jackknife_variance(value, without), count, least=least)
    return replace(found, over=over)


def interval(
    value: float, variance: float, clusters: float, *, base: float | None = None, least: float = 0.0
) -> Measured:
    """Return a value from ``least`` to 1 with its 95 % interval, from its variance over clusters.

    Where the variance is nought, as all are alike, another score may have gone unseen: the ends are
    Wilson's for nought of as many draws as there are clusters.

    Args:
        value: the estimate.
        variance: of it.
        clusters: how many of one size the variance is over.
        base: how many of them have what is counted; all, if not given.
        least: the least that the value can be.
    """
    from scipy.special import stdtrit

    degrees = clusters - 1
    quantile = float(stdtrit(degrees, (1 + LEVEL) / 2))
    if variance > TINY:
        low, high = _wilson((value - least) / (1 - least), variance / (1 - least) ** 2, quantile)
        low, high = (least + (1 - least) * end for end in (low, high))
    else:
        unseen = quantile**2 / ((base or clusters) + quantile**2)
        low, high = value - (value - least) * unseen, value + (1 - value) * unseen
        variance = ((high - low) / (2 * quantile)) ** 2
    value, low, high = (round(float(one), DIGITS) + 0.0 for one in (value, low, high))
    return Measured(value, low, high, variance, degrees)


def clustered_by(interviews: Iterable[Hashable]) -> Clusters:
    """Return what the clusters of an interval are, from the interviews that it is over."""
    return "interviews" if len(set(interviews)) >= MIN_INTERVIEWS else "turns"


def _numbered(names: Sequence[Hashable]) -> NDArray[np.int_]:
    """Return names as numbers in order of appearance."""
    numbers: dict[Hashable, int] = {}
    found = (numbers.setdefault(name, len(numbers)) for name in names)
    return np.fromiter(found, dtype=np.int_, count=len(names))


def jackknife_variance(value: float, without: NDArray[np.float64]) -> float:
    """Return the variance of a value from the values without each cluster (CR3)."""
    count = len(without)
    return (count - 1) / count * float(np.square(without - value).sum())


def effective_clusters(sizes: NDArray[np.number[Any]]) -> float:
    """Return how many clusters of one size those of these sizes amount to (Kish)."""
    return float(sizes.sum() ** 2 / np.square(sizes).sum())


def _wilson(share: float, variance: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's interval of a share from 0 to 1 with a known variance."""
    if not 0 < share < 1:
        half = quantile * variance**0.5
        return max(0.0, min(1.0, share - half)), max(0.0, min(1.0, share + half))
    count = share * (1 - share) / variance
    square = quantile**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = quantile * (variance + square / (4 * count**2)) ** 0.5 / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def share(part: float, whole: int) -> float | None:
    """Return ``part / whole`` to four digits, or None if ``whole`` is 0."""
    return round(part / whole, DIGITS) + 0.0 if whole else None
