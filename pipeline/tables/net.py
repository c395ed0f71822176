"""The net position and the one interval of it: what "net" means in every table, page and figure.

The net position is (for - against) / (for + against + neutral), from -1 to 1, over decided
stances: what the judge would not decide is in no part of it. The shares of a side have the same
denominator, so that they add up to 1, and the net is the share for less the share against.

The interval of a net or a share has a level of 95 %. Its variance is a jackknife over clusters
(CR3: MacKinnon, Nielsen and Webb 2023, J. Econometrics 232), within which stances are alike:
interviews where there are ten or more, so that it is about interviews like these; with fewer,
turns, so that it is about these interviews alone. The ends are Wilson's with the sample size that
the variance amounts to and the t quantile, so that they are within the scale. It is about sampling
only: ``pipeline.coding.estimates`` has the one that carries the judge's error, by the same rules.

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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.tables.lookup import Position

Side = Literal["favor", "against", "neutral"]
Clusters = Literal["interviews", "turns"]
SIDES: tuple[Side, ...] = ("favor", "against", "neutral")
DIGITS = 4
LEVEL = 0.95
MIN_STANCES = 10
MIN_TURNS = 5
MIN_INTERVIEWS = 10
"""Fewer clusters do not carry a variance (Cameron and Miller 2015)."""
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
        return _ratio(getattr(self, side), self.decided)


@dataclass(frozen=True, slots=True)
class Measured:
    """A net position or a share with its 95 % interval.

    Attributes:
        value: to four digits, as the ends.
        variance: of the value, over clusters.
        degrees: of freedom of the t quantile: clusters, were they of one size (Kish), less 1.
        over: what the clusters are.
    """

    value: float
    low: float
    high: float
    variance: float
    degrees: float
    over: Clusters


def net(*, favor: int, against: int, neutral: int) -> float | None:
    """Return the net position to four digits, or None if nothing is decided."""
    return _ratio(favor - against, favor + against + neutral)


def measure(said: Iterable[Said], scores: Mapping[Side, float] = NET) -> Measured | None:
    """Return the mean score of decided stances with its interval, or None if it has none.

    None with fewer than ``MIN_STANCES`` decided stances or ``MIN_TURNS`` turns, and where all
    score the same: what never occurred has no variance, and an interval without width would look
    like certainty.

    Args:
        said: stances, abstained ones too; these are left out.
        scores: of a side: ``NET``, or ``SHARE[side]``.
    """
    decided = [(one, scores[one.position]) for one in said if one.position != "abstained"]
    if len(decided) < MIN_STANCES or len({score for _, score in decided}) < 2:
        return None
    over = clustered_by([one.interview_id for one, _ in decided])
    names = [one.interview_id if over == "interviews" else one.turn_id for one, _ in decided]
    _, clusters = np.unique(names, return_inverse=True)
    sizes = np.bincount(clusters)
    if len(sizes) < MIN_TURNS:
        return None
    sums = np.bincount(clusters, weights=[score for _, score in decided])
    value = sums.sum() / sizes.sum()
    without = (sums.sum() - sums) / (sizes.sum() - sizes)
    variance = jackknife_variance(value, without)
    degrees = effective_clusters(sizes) - 1
    least = min(scores.values())
    low, high = wilson(value, variance, degrees, least=least)
    value, low, high = (round(float(one), DIGITS) + 0.0 for one in (value, low, high))
    return Measured(value, low, high, variance, degrees, over)


def clustered_by(interviews: Iterable[str]) -> Clusters:
    """Return what the clusters of an interval are, from the interviews that it is over."""
    return "interviews" if len(set(interviews)) >= MIN_INTERVIEWS else "turns"


def jackknife_variance(value: float, without: NDArray[np.float64]) -> float:
    """Return the variance of a value from the values without each cluster (CR3)."""
    count = len(without)
    return (count - 1) / count * float(np.square(without - value).sum())


def effective_clusters(sizes: NDArray[np.int_]) -> float:
    """Return how many clusters of one size those of these sizes amount to (Kish)."""
    return float(sizes.sum() ** 2 / np.square(sizes).sum())


def wilson(
    value: float, variance: float, degrees: float, *, least: float = 0.0
) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a value from ``least`` to 1 with a known variance.

    It is not symmetric near the ends of the scale, and does not leave it.
    """
    from scipy.special import stdtrit

    quantile = float(stdtrit(degrees, (1 + LEVEL) / 2))
    width = 1 - least
    share, spread = (value - least) / width, variance / width**2
    if not 0 < share < 1:
        half = quantile * spread**0.5
        ends = share - half, share + half
    else:
        count = share * (1 - share) / spread
        square = quantile**2
        middle = (share + square / (2 * count)) / (1 + square / count)
        half = quantile * (spread + square / (4 * count**2)) ** 0.5 / (1 + square / count)
        ends = middle - half, middle + half
    low, high = (least + width * min(1.0, max(0.0, end)) for end in ends)
    return low, high


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, DIGITS) + 0.0 if whole else None
