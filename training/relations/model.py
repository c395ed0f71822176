"""The fitted models of relations: which unit is the parent of which, and does it support or attack.

A unit chooses among the units around it and "none": a conditional logit over ``describe_pairs`` and
``describe_units`` (head selection: Zhang, Cheng and Lapata 2017). A logistic model says how likely
a link is an attack. Each unit chooses alone, so that links may lead in a circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from training.relations.features import (
    Floats,
    Indices,
    Passage,
    Projection,
    describe_pairs,
    describe_units,
    pair_indices,
)
from training.relations.rows import Example

DIRECTIONS = 48
"""Main directions of the unit vectors; 24 and 48 were equal on dev."""
RIDGE, ATTACK_STRENGTH = 100.0, 0.003
_ITERATIONS = 80
Singles = NDArray[np.float32]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """What the models say of the units of a passage, each ``(n_units,)``.

    Attributes:
        parent: the likeliest one.
        likely: how likely it is.
        linked: how likely the unit has any.
        attack: how likely the link is an attack, if there is one.
    """

    parent: Indices
    likely: Floats
    linked: Floats
    attack: Floats


@dataclass(frozen=True)
class LinkModel:
    """Weights of pairs and units for the parent, and those of pairs for attack."""

    projection: Projection
    pairs: Floats
    units: Floats
    attack: Floats
    intercept: float

    def choose(self, passage: Passage) -> Choice:
        """Return the likeliest parent of each unit of a passage of two units or more."""
        n = len(passage.texts)
        child, parent = pair_indices(n)
        matrix = describe_pairs(passage, self.projection, child, parent)
        scores = np.full((n, n + 1), -np.inf)
        scores[child, parent] = matrix @ self.pairs
        scores[:, n] = describe_units(passage, self.projection) @ self.units
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        found = powers / powers.sum(axis=1, keepdims=True)
        best = found[:, :n].argmax(axis=1)
        attack = matrix[best[child] == parent] @ self.attack + self.intercept
        likely = found[np.arange(n), best]
        return Choice(best, likely, 1.0 - found[:, n], 1.0 / (1.0 + np.exp(-attack)))


@dataclass(frozen=True)
class Design:
    """The choices of units among parents and none, as matrices.

    Attributes:
        pairs: features of pairs, by ``choice``, the unit's row in ``units``.
        right: whether a pair is annotated as a link; ``attack``, as an attack.
        rootless: whether a unit has no parent within reach.
    """

    pairs: Singles
    units: Singles
    choice: Indices
    right: Truths
    attack: Truths
    rootless: Truths


def design(examples: Sequence[Example], projection: Projection) -> Design:
    """Return the choices of all units of passages."""
    parts: list[tuple[NDArray[np.generic], ...]] = []
    rows = 0
    for one in examples:
        n = len(one.passage.texts)
        child, parent = pair_indices(n)
        links = [one.tree.get(unit, (-1, False)) for unit in range(n)]
        parents = np.array([to for to, _ in links], np.intp)
        attacks = np.array([attack for _, attack in links], np.bool_)
        right = parents[child] == parent
        parts.append(
            (
                describe_pairs(one.passage, projection, child, parent).astype(np.float32),
                describe_units(one.passage, projection).astype(np.float32),
                child + rows,
                right,
                right & attacks[child],
                ~np.isin(np.arange(n), child[right]),
            )
        )
        rows += n
    return Design(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def fit(examples: Sequence[Example]) -> LinkModel:
    """Return the models of passages, some of them with attacks and some with supports."""
    vectors = np.vstack([one.passage.vectors for one in examples])
    projection = Projection.fit(vectors, DIRECTIONS)
    data = design(examples, projection)
    links, scale = data.pairs[data.right], _scale(data.pairs[data.right])
    attack = LogisticRegression(C=ATTACK_STRENGTH, max_iter=1000, class_weight="balanced")
    attack.fit(links / scale, data.attack[data.right])
    weights = attack.coef_[0] / scale, float(attack.intercept_[0])
    return LinkModel(projection, *fit_parents(data), *weights)


def fit_parents(data: Design) -> tuple[Floats, Floats]:
    """Return the weights of pairs and units of a conditional logit with a ridge penalty."""
    n, width = len(data.units), data.pairs.shape[1]
    scale = _scale(data.pairs), _scale(data.units)
    pairs, units = data.pairs / scale[0], data.units / scale[1]
    pairs, units = pairs.astype(np.float32), units.astype(np.float32)
    starts = np.searchsorted(data.choice, np.arange(n))
    gold = data.right.astype(np.float64), data.rootless.astype(np.float64)

    def loss(weights: Floats) -> tuple[float, Floats]:
        w = weights.astype(np.float32)
        scores, none = pairs @ w[:width], units @ w[width:]
        top = np.maximum(np.maximum.reduceat(scores, starts), none)
        powers, alone = np.exp(scores - top[data.choice]), np.exp(none - top)
        total = np.add.reduceat(powers, starts) + alone
        chosen = np.add.reduceat(scores * gold[0], starts) + none * gold[1]
        value = (np.log(total) + top - chosen).sum() + 0.5 * RIDGE * (weights**2).sum()
        slope = (powers / total[data.choice] - gold[0]).astype(np.float32)
        root = (alone / total - gold[1]).astype(np.float32)
        gradient = np.concatenate([pairs.T @ slope, units.T @ root])
        return float(value), gradient.astype(np.float64) + RIDGE * weights

    start, options = np.zeros(width + units.shape[1]), {"maxiter": _ITERATIONS}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return found[:width] / scale[0], found[width:] / scale[1]


def _scale(matrix: Singles) -> Floats:
    spread = matrix.std(axis=0).astype(np.float64)
    return np.where(spread < 1e-5, 1.0, spread)
