"""Precision by confidence: thresholds, risk by coverage, reliability.

Risk-coverage: El-Yaniv and Wiener (2010), JMLR 11. Reliability: Guo et al. (2017), ICML.
Intervals of a share: Wilson (1927), J. Am. Stat. Assoc. 22.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.judges.heads import Floats

Indices = NDArray[np.int_]
Flags = NDArray[np.bool_]
ONE_SIDED_80 = 0.8416
KEEP = 0.5
"""Least share of a label's predictions that a threshold keeps."""
FOLDS, REPEATS = 5, 10


@dataclass(frozen=True)
class Cut:
    """A threshold with the number of a label's predictions at or above it.

    Attributes:
        reached: whether the lower bound of the precision reaches the wanted precision.
        low: that bound: Wilson's, one-sided 80 %.
    """

    threshold: float
    reached: bool
    kept: int
    right: int
    low: float


def wilson_low(right: Floats | float, n: Floats | float, *, z: float = ONE_SIDED_80) -> Floats:
    """Return the lower bound of the share ``right / n``; ``n`` is positive."""
    share = np.asarray(right, dtype=np.float64) / n
    n = np.asarray(n, dtype=np.float64)
    spread = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return np.asarray((share + z * z / (2 * n) - spread) / (1 + z * z / n), dtype=np.float64)


def choose_cut(
    confidence: Floats, right: Flags, *, precision: float, keep: float = KEEP
) -> Cut | None:
    """Return the lowest threshold at which the precision's lower bound reaches ``precision``.

    If no threshold that keeps the share ``keep`` of the predictions reaches it, returns the one
    with the highest lower bound, as not reached. None without predictions.

    Args:
        confidence: probability of the label, of each row that is predicted to have it.
        right: whether the row has it.
    """
    if not len(confidence):
        return None
    order = np.argsort(-confidence, kind="stable")
    sure, hits = confidence[order], np.cumsum(right[order])
    last = np.append(sure[1:] != sure[:-1], True)  # rows of equal confidence stay together
    counts = np.arange(1, len(sure) + 1)
    at = np.flatnonzero(last & (counts >= keep * len(sure)))
    low = wilson_low(hits[at].astype(np.float64), counts[at].astype(np.float64))
    reaching = np.flatnonzero(low >= precision)
    best = int(reaching[-1]) if len(reaching) else int(low.argmax())
    place = int(at[best])
    everything = place == len(sure) - 1
    return Cut(
        threshold=0.0 if everything else float(np.floor(sure[place] * 1e4) / 1e4),
        reached=bool(len(reaching)),
        kept=place + 1,
        right=int(hits[place]),
        low=round(float(low[best]), 4),
    )


def held_out(
    confidence: Floats, right: Flags, docs: Sequence[str], *, precision: float, seed: int
) -> tuple[float, float | None]:
    """Return cross-validated coverage and precision of a chosen threshold.

    Repeated folds of whole documents, pooled. Precision is None if nothing is kept.
    """
    names = sorted(set(docs))
    owner = np.array([names.index(doc) for doc in docs])
    generator = np.random.default_rng(seed)
    kept = hits = 0
    for _ in range(REPEATS):
        fold = (generator.permutation(len(names)) % FOLDS)[owner]
        for part in range(FOLDS):
            inside = fold == part
            cut = choose_cut(confidence[~inside], right[~inside], precision=precision)
            over = inside & (confidence >= (cut.threshold if cut else 0.0))
            kept += int(over.sum())
            hits += int((over & right).sum())
    share = round(hits / kept, 4) if kept else None
    return round(kept / (REPEATS * len(confidence)), 4), share


def risk_by_coverage(
    confidence: Floats, right: Flags, *, steps: int = 20
) -> list[tuple[float, float]]:
    """Return (coverage, share of mistakes), deciding the most confident rows first."""
    order = np.argsort(-confidence, kind="stable")
    hits = np.cumsum(right[order])
    counts = sorted({max(1, round(len(hits) * step / steps)) for step in range(1, steps + 1)})
    return [
        (round(n / len(hits), 4), round(1 - float(hits[n - 1]) / n, 4)) for n in counts if len(hits)
    ]


def reliability(
    confidence: Floats, right: Flags, *, bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share right, rows) of each non-empty bin of confidence."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        (
            round(float(confidence[place == b].mean()), 4),
            round(float(right[place == b].mean()), 4),
            int((place == b).sum()),
        )
        for b in range(bins)
        if (place == b).any()
    ]


def coverage_over(
    confidence: Floats, right: Flags, thresholds: Sequence[float]
) -> list[tuple[float, float, float | None]]:
    """Return (threshold, coverage, share right) for one threshold for all labels."""
    found: list[tuple[float, float, float | None]] = []
    for threshold in thresholds:
        over = confidence >= threshold
        share = round(float(right[over].mean()), 4) if over.any() else None
        found.append((threshold, round(float(over.mean()), 4), share))
    return found
