"""Counts of stances, with the shares and the intervals that follow from them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from pipeline.tables.lookup import POSITIONS, Position

Cell = str | int | float | bool | None
Row = dict[str, Cell]

DIGITS = 4
MIN_STANCES = 10
MIN_TURNS = 5
DRAWS = 2000
SCORE: dict[Position, int] = {"favor": 1, "against": -1, "neutral": 0, "abstained": 0}


def share(part: float, whole: int) -> float | None:
    """Return ``part / whole`` to four digits, or None if ``whole`` is 0."""
    return round(part / whole, DIGITS) if whole else None


def tally(positions: Iterable[Position], *, prefix: str = "") -> Row:
    """Count stances, or add up counts, by position, with shares and the net, in prefixed columns.

    The net position is (favor - against) / n, from -1 to 1; ``net_decided`` leaves abstained
    stances out of n.
    """
    counts = Counter(positions)
    n = counts.total()
    net = counts["favor"] - counts["against"]
    return {
        f"{prefix}n": n,
        **{f"{prefix}{side}": counts[side] for side in POSITIONS},
        **{f"{prefix}share_{side}": share(counts[side], n) for side in POSITIONS},
        f"{prefix}net": share(net, n),
        f"{prefix}net_decided": share(net, n - counts["abstained"]),
    }


def contest(positions: Sequence[tuple[Hashable, Position]], *, prefix: str = "") -> Row:
    """Measure how contested a target is, from the holder and position of each stance.

    The measure is 1 - |favor - against| / (favor + against): 0 if all stances with a side have
    the same, 1 if there are as many in favor as against.
    """
    leaning: Counter[Hashable] = Counter()
    for holder, side in positions:
        leaning[holder] += SCORE[side]
    counts = Counter(side for _, side in positions)
    favor, against = counts["favor"], counts["against"]
    even = share(abs(favor - against), favor + against)
    return {
        f"{prefix}sides": favor + against,
        f"{prefix}contested": None if even is None else round(1 - even, DIGITS),
        f"{prefix}holders": len(leaning),
        f"{prefix}holders_favor": sum(lean > 0 for lean in leaning.values()),
        f"{prefix}holders_against": sum(lean < 0 for lean in leaning.values()),
    }


def net_interval(
    said: Sequence[tuple[str, Position]], *, seed: int, key: Sequence[str]
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of (favor - against) / n, or None if uninformative.

    Whole turns are drawn with replacement, since stances in one answer are not independent
    (cluster bootstrap). None with fewer than ``MIN_STANCES`` stances or ``MIN_TURNS`` turns, and
    where all stances score the same: a bootstrap cannot estimate what never occurred, and an
    interval without width would look like certainty.

    Args:
        said: turn and position, one a stance.
        seed: of the run.
        key: what the interval is of; it seeds its own random numbers, so that an interval does
            not depend on the others.
    """
    scores = np.array([SCORE[taken] for _, taken in said])
    if len(said) < MIN_STANCES or len(set(scores.tolist())) < 2:
        return None
    _, turns = np.unique([turn for turn, _ in said], return_inverse=True)
    sums = np.bincount(turns, weights=scores).astype(np.int64)
    clusters = np.column_stack([sums, np.bincount(turns)])
    if len(clusters) < MIN_TURNS:
        return None
    random = np.random.default_rng([seed, zlib.crc32("\x1f".join(key).encode())])
    drawn = clusters[random.integers(0, len(clusters), size=(DRAWS, len(clusters)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return round(float(low), DIGITS) + 0.0, round(float(high), DIGITS) + 0.0
