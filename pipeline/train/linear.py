"""Fitting of linear claims and stance models, with heads calibrated on held-out documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline import __version__
from pipeline.artefacts import Meta
from pipeline.errors import InputError
from pipeline.evaluate.annotations import COMPONENTS, KINDS, STANCES, ClaimRow, StanceRow
from pipeline.features.blocks import Matrix
from pipeline.features.featuriser import Featuriser, read_rows
from pipeline.judges.heads import Floats, LinearHead, softmax
from pipeline.judges.judgement import POLARITIES
from pipeline.judges.linear import (
    BLOC_VIEW,
    TARGET_VIEW,
    UNIT_VIEW,
    ClaimsModel,
    StanceModel,
)
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row
from pipeline.train.designs import Design, HeadSettings

SYNTHETIC = "westward-written"


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
    """Fit a head on all rows; calibrate it in cross-validation over documents.

    Args:
        matrix: ``(n_rows, n_features)``.
        labels: of each row, among ``known``.
        groups: the document of each row.
        calibrate_on: rows for calibration: those with the label frequencies of real interviews.
        weights: of the rows in training.

    Raises:
        InputError: a label has no row.
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
    """Return the temperature and bias with the lowest log loss on held-out scores.

    Args:
        scores: ``(n_rows, n_labels)``.
        y: index of each row's label.
        with_bias: fit a bias too, else it is zero.
        ridge: penalty that keeps the temperature near one and the bias near zero.
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


def fit_claims(
    train: Sequence[ClaimRow], design: Design, reader: Reader, *, name: str
) -> ClaimsModel:
    """Fit the featuriser and the heads of a claims model."""
    recipe = design.recipes[UNIT_VIEW]
    readings = read_rows(reader, [row.row for row in train], masking=recipe.masking)
    featuriser = Featuriser.fit(recipe, readings)
    matrix = featuriser.transform(readings)
    heads: dict[str, LinearHead] = {}
    for head, known in (("component", COMPONENTS), ("kind", KINDS)):
        labels = [row.component if head == "component" else row.kind for row in train]
        chosen = [i for i, label in enumerate(labels) if label is not None]
        if head not in design.heads or not chosen:
            continue
        rows = [train[i] for i in chosen]
        heads[head] = fit_head(
            matrix[chosen],
            [str(labels[i]) for i in chosen],
            known=known,
            groups=[row.doc for row in rows],
            calibrate_on=np.array([row.dataset != SYNTHETIC for row in rows]),
            weights=_weights([row.dataset for row in rows], design),
            settings=design.heads[head],
        )
    return ClaimsModel(_meta(name, design, heads), {UNIT_VIEW: featuriser}, heads)


def fit_stance(
    train: Sequence[StanceRow], design: Design, reader: Reader, *, name: str
) -> StanceModel:
    """Fit the featurisers and the three heads of a stance model."""
    toward = [row for row in train if row.toward_bloc]
    targeted = [row for row in train if row.stance != "none"]
    featurisers: dict[str, Featuriser] = {}
    heads: dict[str, LinearHead] = {}
    for view, rows in ((BLOC_VIEW, toward), (TARGET_VIEW, targeted)):
        recipe = design.recipes[view]
        plain = [_without_target(row.row) if view == BLOC_VIEW else row.row for row in rows]
        readings = read_rows(reader, plain, masking=recipe.masking)
        featurisers[view] = Featuriser.fit(recipe, readings)
        matrix = featurisers[view].transform(readings)
        for head, known in _STANCE_HEADS[view].items():
            heads[head] = fit_head(
                matrix,
                [_stance_label(row, head) for row in rows],
                known=known,
                groups=[row.doc for row in rows],
                calibrate_on=np.array(
                    [row.dataset != SYNTHETIC and row.toward_bloc for row in rows]
                ),
                weights=_weights([row.dataset for row in rows], design),
                settings=design.heads[head],
            )
    return StanceModel(_meta(name, design, heads), featurisers, heads)


_STANCE_HEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    BLOC_VIEW: {"relevance": ("none", "about"), "direct": STANCES},
    TARGET_VIEW: {"polarity": POLARITIES},
}


def _stance_label(row: StanceRow, head: str) -> str:
    if head == "relevance":
        return "none" if row.stance == "none" else "about"
    return row.stance


def _without_target(row: Row) -> Row:
    return Row(row.text, row.context_before, row.context_after, row.question, None, row.date)


def _weights(datasets: Sequence[str], design: Design) -> Floats:
    return np.array([design.dataset_weights.get(dataset, 1.0) for dataset in datasets])


def _meta(name: str, design: Design, heads: Mapping[str, LinearHead]) -> Meta:
    return Meta(
        name=name,
        version=__version__,
        task=design.task,
        labels={head: fitted.labels for head, fitted in heads.items()},
        recipes={view: recipe.model_dump() for view, recipe in design.recipes.items()},
        settings={
            "heads": {head: design.heads[head].model_dump() for head in heads},
            "dataset_weights": design.dataset_weights,
            "direct_share": design.direct_share,
            "blocs": list(design.blocs),
        },
        data=(),
        libraries={},
        lexicons={},
        metrics={},
    )
