"""Fitting a linear head, and calibrating it on documents held out from its training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.errors import InputError
from pipeline.features.blocks import Matrix
from pipeline.features.heads import Floats, LinearHead, softmax


class HeadSettings(BaseModel):
    """How a head is fitted; chosen on the dev split."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inverse_regularisation: float = 1.0
    balanced: bool = True
    calibrate_bias: bool = False
    folds: int = 3
    tolerance: float = 1e-3


def fit_head(
    matrix: Matrix,
    labels: Sequence[str],
    *,
    known: Sequence[str],
    groups: Sequence[str],
    calibrate_on: NDArray[np.bool_],
    weights: Floats,
    settings: HeadSettings,
) -> LinearHead:
    """Fit a head on all rows; set its calibration from folds of whole documents.

    Args:
        matrix: ``(n_rows, n_features)``.
        labels: one a row, each among ``known``.
        groups: the document of each row; no document is in two folds.
        calibrate_on: rows on which calibration is fitted, those from the mix met in use.
        weights: of the rows in training.

    Raises:
        InputError: a label has no row to learn from.
    """
    index = {label: i for i, label in enumerate(known)}
    if missing := [label for label in known if label not in set(labels)]:
        raise InputError(
            f"no training row is labelled {', '.join(missing)}; expected at least one for each "
            f"of {', '.join(known)}"
        )
    y = np.array([index[label] for label in labels])
    coef, intercept = _fit(matrix, y, len(known), weights, settings)
    head = LinearHead(known, coef, intercept)
    scores, seen = _held_out_scores(matrix, y, len(known), groups, weights, settings)
    rows = seen & calibrate_on if (seen & calibrate_on).any() else seen
    if not rows.any():
        return head
    temperature, bias = calibrate(scores[rows], y[rows], with_bias=settings.calibrate_bias)
    return LinearHead(known, coef, intercept, temperature=temperature, bias=bias)


def _fit(
    matrix: Matrix, y: NDArray[Any], n_labels: int, weights: Floats, settings: HeadSettings
) -> tuple[Floats, Floats]:
    model = LogisticRegression(
        C=settings.inverse_regularisation,
        class_weight="balanced" if settings.balanced else None,
        tol=settings.tolerance,
        max_iter=500,
    ).fit(matrix, y, sample_weight=weights)
    coef, intercept = model.coef_, model.intercept_
    if n_labels == 2:
        coef = np.vstack([np.zeros_like(coef), coef])
        intercept = np.concatenate([[0.0], intercept])
    return coef, intercept


def _held_out_scores(
    matrix: Matrix,
    y: NDArray[Any],
    n_labels: int,
    groups: Sequence[str],
    weights: Floats,
    settings: HeadSettings,
) -> tuple[Floats, NDArray[np.bool_]]:
    scores = np.zeros((len(y), n_labels))
    seen = np.zeros(len(y), dtype=bool)
    folds = min(settings.folds, len(set(groups)))
    if folds < 2:
        return scores, seen
    for train, held in GroupKFold(n_splits=folds).split(matrix, y, groups):
        if len(set(y[train])) < n_labels:
            continue
        coef, intercept = _fit(matrix[train], y[train], n_labels, weights[train], settings)
        scores[held] = matrix[held] @ coef.T + intercept
        seen[held] = True
    return scores, seen


def calibrate(
    scores: Floats, y: NDArray[Any], *, with_bias: bool, ridge: float = 0.0
) -> tuple[float, Floats]:
    """Return the temperature (and bias) with the lowest log loss on held-out scores.

    Args:
        ridge: what holds them near one (and nothing) where rows are few.
    """
    n_labels = scores.shape[1]

    def loss(parameters: Floats) -> float:
        bias = np.concatenate([[0.0], parameters[1:]]) if with_bias else np.zeros(n_labels)
        probabilities = softmax(scores / np.exp(parameters[0]) + bias)
        mean = -np.log(probabilities[np.arange(len(y)), y] + 1e-12).mean()
        return float(mean + ridge * (parameters**2).sum())

    start = np.zeros(n_labels if with_bias else 1)
    best = minimize(loss, start, method="L-BFGS-B", bounds=[(-3.0, 3.0)] * len(start)).x
    bias = np.concatenate([[0.0], best[1:]]) if with_bias else np.zeros(n_labels)
    return float(np.exp(best[0])), bias
