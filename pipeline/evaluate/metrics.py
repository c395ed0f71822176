"""Scores of predicted against annotated labels, with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

Indices = NDArray[np.int_]
DRAWS, BINS = 1000, 10
"""The share of draws in which new answers must be better to count as better."""


class Figure(BaseModel):
    """A frozen record of figures that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(Figure):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class ClassScore(Figure):
    """Precision, recall and F1 of one label."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


def confusion(gold: Indices, predicted: Indices, n_labels: int) -> Indices:
    """Return counts, ``(n_labels, n_labels)``: gold labels in rows, predicted in columns."""
    matrix: Indices = confusion_matrix(gold, predicted, labels=range(n_labels))
    return matrix


def macro_f1(gold: Indices, predicted: Indices) -> float:
    """Return the mean F1 over the labels that occur in the gold labels or the predictions."""
    return float(f1_score(gold, predicted, average="macro", zero_division=0.0))


def weighted_f1(gold: Indices, predicted: Indices) -> float:
    """Return the mean F1 weighted by the gold count of each label."""
    return float(f1_score(gold, predicted, average="weighted", zero_division=0.0))


def class_scores(
    gold: Indices, predicted: Indices, labels: Sequence[str]
) -> tuple[ClassScore, ...]:
    """Return precision, recall, F1 and support of each label; 0 where there is nothing to find."""
    columns = precision_recall_fscore_support(
        gold, predicted, labels=range(len(labels)), zero_division=0.0
    )
    return tuple(
        ClassScore(
            label=label,
            precision=round(float(precision), 4),
            recall=round(float(recall), 4),
            f1=round(float(f1), 4),
            support=int(support),
        )
        for label, precision, recall, f1, support in zip(labels, *columns, strict=True)
    )


def macro_f1_interval(
    gold: Indices,
    predicted: Indices,
    docs: Sequence[str],
    *,
    n_labels: int,
    seed: int,
) -> Interval:
    """Return macro-F1 with a 95 % percentile interval from a bootstrap over documents.

    Documents are drawn with replacement, whole: sentences of one interview are not independent
    (cluster bootstrap: Field and Welsh 2007, J. R. Statist. Soc. B 69).
    """
    low, high = bounds(_drawn_f1s(gold, predicted, docs, n_labels, seed))
    return Interval(value=round(macro_f1(gold, predicted), 4), low=low, high=high)


def _drawn_f1s(
    gold: Indices, predicted: Indices, docs: Sequence[str], n_labels: int, seed: int
) -> NDArray[np.float64]:
    """Macro-F1 on drawn documents, ``(DRAWS,)``; the same documents for the same seed."""
    _, owner = np.unique(np.array(docs), return_inverse=True)
    n_docs = owner.max() + 1
    counts = np.zeros((n_docs, n_labels, n_labels), dtype=int)
    np.add.at(counts, (owner, gold, predicted), 1)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(n_docs, np.full(n_docs, 1 / n_docs), size=DRAWS)
    matrices = np.tensordot(drawn, counts, axes=1)
    total = matrices.sum(axis=1) + matrices.sum(axis=2)
    f1 = 2 * np.diagonal(matrices, axis1=1, axis2=2) / np.maximum(total, 1)
    return np.asarray(f1.sum(axis=1) / (total > 0).sum(axis=1), dtype=np.float64)


def bounds(drawn: NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95 % percentile interval of a score on drawn documents, ``(DRAWS,)``."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def expected_calibration_error(probabilities: NDArray[np.float64], gold: Indices) -> float:
    """Return the expected calibration error of the most probable label.

    Equal-width bins of confidence: Guo, Pleiss, Sun and Weinberger (2017), ICML.

    Args:
        probabilities: ``(n_rows, n_labels)``.
        gold: index of the gold label of each row.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == gold
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, right - confidence)  # a bin's share of rows by its mean gap, times n
    return round(float(np.abs(gaps).sum() / len(gold)), 4)


class Gain(Interval):
    """A difference in macro-F1 with its 95 % interval."""

    @property
    def helps(self) -> bool:
        """Whether the new answers are clearly better: the interval is above 0."""
        return self.value > 0 and self.low > 0


def paired_gain(
    gold: Indices,
    old: Indices,
    new: Indices,
    docs: Sequence[str],
    *,
    n_labels: int,
    seed: int,
) -> Gain:
    """Return what new answers gain over old ones in macro-F1.

    Both are scored on the same drawn documents, so that how hard these are cancels out (paired
    bootstrap: Berg-Kirkpatrick, Burkett and Klein 2012, EMNLP; whole documents: Field and Welsh
    2007).

    Args:
        gold: index of the label of each row, as ``old`` and ``new`` are.
        docs: the document of each row.
    """
    before, after = (_drawn_f1s(gold, one, docs, n_labels, seed) for one in (old, new))
    low, high = bounds(after - before)
    return Gain(
        value=round(macro_f1(gold, new) - macro_f1(gold, old), 4),
        low=low,
        high=high,
    )
