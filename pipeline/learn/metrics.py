"""Scores of predicted against annotated labels, with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict


class Interval(BaseModel):
    """A figure with its 95 % interval."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float
    high: float


class ClassScore(BaseModel):
    """Precision, recall and F1 of one label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    precision: float
    recall: float
    f1: float
    support: int


def confusion(
    gold: NDArray[np.int_], predicted: NDArray[np.int_], n_labels: int
) -> NDArray[np.int_]:
    """Return counts, ``(n_labels, n_labels)``: gold labels in rows, predicted in columns."""
    matrix = np.zeros((n_labels, n_labels), dtype=int)
    np.add.at(matrix, (gold, predicted), 1)
    return matrix


def f1_scores(matrix: NDArray[Any]) -> NDArray[np.float64]:
    """Return the F1 of each label from a confusion matrix; 0 where there is nothing to find."""
    hits = np.diag(matrix).astype(float)
    total = matrix.sum(axis=0) + matrix.sum(axis=1)
    return np.asarray(2 * hits / np.maximum(total, 1), dtype=np.float64)


def macro_f1(matrix: NDArray[Any]) -> float:
    """Return the mean F1 over the labels that stand in the gold labels or the predictions."""
    present = (matrix.sum(axis=0) + matrix.sum(axis=1)) > 0
    return float(f1_scores(matrix)[present].mean()) if present.any() else 0.0


def weighted_f1(matrix: NDArray[Any]) -> float:
    """Return the mean F1 weighted by the gold count of each label."""
    support = matrix.sum(axis=1)
    return float((f1_scores(matrix) * support).sum() / max(support.sum(), 1))


def class_scores(matrix: NDArray[Any], labels: Sequence[str]) -> tuple[ClassScore, ...]:
    """Return precision, recall, F1 and support of each label."""
    hits = np.diag(matrix)
    f1 = f1_scores(matrix)
    return tuple(
        ClassScore(
            label=label,
            precision=_ratio(hits[i], matrix[:, i].sum()),
            recall=_ratio(hits[i], matrix[i].sum()),
            f1=round(float(f1[i]), 4),
            support=int(matrix[i].sum()),
        )
        for i, label in enumerate(labels)
    )


def _ratio(part: Any, whole: Any) -> float:
    return round(float(part) / float(whole), 4) if whole else 0.0


def macro_f1_interval(
    gold: NDArray[np.int_],
    predicted: NDArray[np.int_],
    docs: Sequence[str],
    *,
    n_labels: int,
    seed: int,
    draws: int = 1000,
) -> Interval:
    """Return macro-F1 with a 95 % percentile interval from a bootstrap over documents.

    Documents are drawn with replacement, whole: sentences of one interview are not independent
    (cluster bootstrap: Field and Welsh 2007, J. R. Statist. Soc. B 69).
    """
    names = sorted(set(docs))
    position = {name: i for i, name in enumerate(names)}
    by_doc = np.zeros((len(names), n_labels, n_labels), dtype=int)
    np.add.at(by_doc, (np.array([position[doc] for doc in docs]), gold, predicted), 1)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    totals = (drawn @ by_doc.reshape(len(names), -1)).reshape(draws, n_labels, n_labels)
    values = [macro_f1(matrix) for matrix in totals]
    low, high = np.percentile(values, [2.5, 97.5])
    value = macro_f1(by_doc.sum(axis=0))
    return Interval(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))


def expected_calibration_error(
    probabilities: NDArray[np.float64], gold: NDArray[np.int_], *, bins: int = 10
) -> float:
    """Return the expected calibration error of the most probable label.

    Equal-width bins of confidence: Guo, Pleiss, Sun and Weinberger (2017), ICML.

    Args:
        probabilities: ``(n_rows, n_labels)``.
        gold: index of the gold label of each row.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == gold
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(right[place == b].mean() - confidence[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    ]
    return round(float(sum(gaps)), 4)
