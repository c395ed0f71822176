"""Three versions of a head for a user's labels: shipped, recalibrated, retrained on the states.

The retrained head is a logistic regression on the shipped head's log-probabilities, which its
penalty hardly affects, and the encoder's standardised states, whose weights it shrinks: with few
labels it equals the shipped head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.errors import InputError
from pipeline.evaluate.metrics import Indices, macro_f1
from pipeline.judges.heads import Floats, calibrate, softmax
from pipeline.judges.user_heads import RESPONSE, Judged, RetrainedHead, head_features, log_features

SHIPPED, RECALIBRATED, RETRAINED = "shipped", "recalibrated", "retrained"
INVERSES = (0.01, 0.1, 1.0)
"""Inverse regularisation (scikit-learn's C) tried; more lost macro-F1 and log loss on dev."""
FOLDS = 5
_RIDGE = 1.0
_UNSEEN = -10.0
"""Intercept of a label without rows."""


@dataclass(frozen=True)
class Problem:
    """Labelled rows for one head.

    Attributes:
        judged: states and shipped probabilities of the rows.
        base: the shipped head.
        labels: of the shipped head, in the order of its columns.
        gold: index of each row's label.
        docs: the document of each row.
    """

    judged: Judged
    base: str
    labels: tuple[str, ...]
    gold: Indices
    docs: tuple[str, ...]

    @property
    def shipped(self) -> Floats:
        """Probabilities of the shipped head, ``(n_rows, n_labels)``."""
        return np.asarray(self.judged.probabilities[self.base], dtype=np.float64)


@dataclass(frozen=True)
class Plan:
    """Settings of a logistic regression: scikit-learn's C, and whether labels have equal weight."""

    inverse: float
    balanced: bool = False


@dataclass(frozen=True)
class Way:
    """A version of a head.

    Attributes:
        head: null for the shipped one.
        held_out: cross-validated probabilities of the training rows, ``(n_rows, n_labels)``.
        plan: the chosen settings of the retrained one.
    """

    head: RetrainedHead | None
    held_out: Floats
    plan: Plan | None = None


def fit_ways(problem: Problem) -> dict[str, Way]:
    """Fit each version on all rows and cross-validate it over whole documents.

    For each fold, the plan of the regression is chosen on the others.

    Raises:
        InputError: a label has no row, or all rows are of one document.
    """
    _require(problem)
    folds = _folds(problem)
    return {
        SHIPPED: Way(None, problem.shipped),
        RECALIBRATED: _recalibrated(problem, folds),
        RETRAINED: _retrained(problem, folds),
    }


def answer(way: Way, judged: Judged, base: str) -> Floats:
    """Return the probabilities of a version for other rows, ``(n_rows, n_labels)``."""
    if way.head is None:
        return np.asarray(judged.probabilities[base], dtype=np.float64)
    return way.head.probabilities(judged)


def better_way(ways: Mapping[str, Way], gold: Indices) -> str:
    """Return the new version with the higher cross-validated macro-F1, the simpler of equals."""

    def score(way: str) -> float:
        return macro_f1(gold, ways[way].held_out.argmax(axis=1))

    return max((RECALIBRATED, RETRAINED), key=lambda way: round(score(way), 4))


def _fit_logistic(
    matrix: Floats, gold: Indices, n_labels: int, plan: Plan
) -> tuple[Floats, Floats]:
    """Return weights ``(n_labels, n)`` and intercepts of a multinomial logistic regression."""
    model = LogisticRegression(
        C=plan.inverse,
        class_weight="balanced" if plan.balanced else None,
        tol=1e-3,
        max_iter=1000,
    ).fit(matrix, gold)
    coef, intercept = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coef, intercept = np.vstack([-coef / 2, coef / 2]), np.concatenate([-intercept, intercept])
        intercept = intercept / 2
    found = np.zeros((n_labels, matrix.shape[1]))
    starts = np.full(n_labels, _UNSEEN)
    found[model.classes_], starts[model.classes_] = coef, intercept
    return found, starts


def _recalibrated(problem: Problem, folds: Sequence[tuple[Indices, Indices]]) -> Way:
    features, gold = log_features(problem.shipped), problem.gold

    def fit(rows: Indices) -> RetrainedHead:
        temperature, bias = calibrate(
            features[rows] / RESPONSE, gold[rows], with_bias=True, ridge=_RIDGE / len(rows)
        )
        size = len(problem.labels)
        return _head(problem, np.eye(size) / RESPONSE, np.zeros(size), temperature, bias)

    held_out = np.zeros_like(problem.shipped)
    for train, held in folds:
        held_out[held] = fit(train).answer(features[held])
    return Way(fit(np.arange(len(gold))), held_out)


def _retrained(problem: Problem, folds: Sequence[tuple[Indices, Indices]]) -> Way:
    mean, scale = _standard(problem.judged.vectors)
    features = head_features(problem.shipped, (problem.judged.vectors - mean) / scale)
    gold, size = problem.gold, len(problem.labels)
    scores = {
        plan: _held_out_scores(features, problem, folds, plan)
        for plan in (Plan(inverse, balanced) for balanced in (False, True) for inverse in INVERSES)
    }
    held_out = np.zeros_like(problem.shipped)
    for train, held in folds:
        plan, temperature = _choose(scores, gold, train)
        held_out[held] = softmax(scores[plan][held] / temperature)
    plan, temperature = _choose(scores, gold, np.arange(len(gold)))
    coef, intercept = _fit_logistic(features, gold, size, plan)
    return Way(_head(problem, coef, intercept, temperature, np.zeros(size)), held_out, plan)


def _held_out_scores(
    features: Floats, problem: Problem, folds: Sequence[tuple[Indices, Indices]], plan: Plan
) -> Floats:
    scores = np.zeros_like(problem.shipped)
    for train, held in folds:
        if len(set(problem.gold[train])) < 2:
            scores[held] = features[held, : len(problem.labels)] / RESPONSE
            continue
        coef, intercept = _fit_logistic(
            features[train], problem.gold[train], len(problem.labels), plan
        )
        scores[held] = features[held] @ coef.T + intercept
    return scores


def _choose(scores: Mapping[Plan, Floats], gold: Indices, rows: Indices) -> tuple[Plan, float]:
    """Return the best plan for rows, and its temperature.

    Regularisation is chosen by log loss, equal weight of labels by macro-F1.
    """
    best: dict[bool, tuple[float, Plan, float]] = {}
    for plan, given in scores.items():
        temperature, _ = calibrate(given[rows], gold[rows], with_bias=False)
        shares = softmax(given[rows] / temperature)
        loss = float(-np.log(np.maximum(shares[np.arange(len(rows)), gold[rows]], 1e-12)).mean())
        if plan.balanced not in best or loss < best[plan.balanced][0]:
            best[plan.balanced] = (loss, plan, temperature)

    def score(plan: Plan) -> float:
        return macro_f1(gold[rows], scores[plan][rows].argmax(axis=1))

    _, plan, temperature = max(best.values(), key=lambda found: score(found[1]))
    return plan, temperature


def _standard(states: NDArray[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return mean and standard deviation of each column; 1 for a constant column."""
    mean, scale = states.mean(axis=0), states.std(axis=0)
    return mean.astype(np.float32), np.where(scale > 1e-6, scale, 1.0).astype(np.float32)


def _head(
    problem: Problem, coef: Floats, intercept: Floats, temperature: float, bias: Floats
) -> RetrainedHead:
    """Return a head that scores as it will once it is stored."""
    stored = coef.astype(np.float16).astype(np.float32)
    standard = _standard(problem.judged.vectors)
    return RetrainedHead(
        problem.labels, problem.base, stored, intercept, temperature, bias, *standard
    )


def _folds(problem: Problem) -> list[tuple[Indices, Indices]]:
    n_splits = min(FOLDS, len(set(problem.docs)))
    split = GroupKFold(n_splits=n_splits).split(problem.gold, problem.gold, problem.docs)
    return [(train, held) for train, held in split]


def _require(problem: Problem) -> None:
    present = set(problem.gold.tolist())
    missing = [label for i, label in enumerate(problem.labels) if i not in present]
    if missing:
        raise InputError(
            f"no training row is labelled {', '.join(missing)}; expected at least one for each "
            f"of {', '.join(problem.labels)}"
        )
    if len(set(problem.docs)) < 2:
        raise InputError(
            f'all training rows are of the document "{problem.docs[0]}"; expected at least two '
            "documents, so that one can be held out"
        )
