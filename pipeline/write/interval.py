"""How far a net position might have come out otherwise: a bootstrap over the turns it rests on."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from pipeline.write.counts import DIGITS
from pipeline.write.lookup import Position

MIN_STANCES = 10
MIN_TURNS = 5
DRAWS = 2000
SCORE: dict[Position, int] = {"favor": 1, "against": -1, "neutral": 0, "abstained": 0}


def net_interval(
    said: Sequence[tuple[str, Position]], *, seed: int, key: Sequence[str]
) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of (favor - against) / n, or None where it tells nothing.

    Turns are drawn with replacement, each with all its stances, since what stands in one answer
    is not independent (cluster bootstrap). None with fewer than ``MIN_STANCES`` stances or
    ``MIN_TURNS`` turns, and where all stances score the same: of what never occurred, a bootstrap
    knows nothing, and an interval without width would look like certainty.

    Args:
        said: turn and position, one a stance.
        seed: of the run.
        key: what the interval is of; it starts its own random numbers, whatever else is computed.
    """
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for turn, position in said:
        sums[turn][0] += SCORE[position]
        sums[turn][1] += 1
    scores = {SCORE[position] for _, position in said}
    if len(said) < MIN_STANCES or len(sums) < MIN_TURNS or len(scores) < 2:
        return None
    clusters = np.array([sums[turn] for turn in sorted(sums)])
    random = np.random.default_rng([seed, zlib.crc32("\x1f".join(key).encode())])
    drawn = clusters[random.integers(0, len(clusters), size=(DRAWS, len(clusters)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], (0.025, 0.975))
    return round(float(low), DIGITS) + 0.0, round(float(high), DIGITS) + 0.0
