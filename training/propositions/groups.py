"""Claims in groups that a signal holds to be the same: average linkage over neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.neighbors import NearestNeighbors

from training.propositions.signals import Floats, Indices

NEIGHBOURS = 12
Score = Callable[[Indices, Indices], Floats]
"""Scores of pairs of rows, ``(n_pairs,)``, from 0 to 1."""


def group(
    vectors: Floats, actors: Sequence[frozenset[str]], score: Score, *, least: float
) -> list[list[int]]:
    """Return groups of two or more rows, each in order, whose mean score is at least ``least``.

    Only rows that name an actor in common are compared, each with its nearest neighbours, so that
    the work grows with the rows.

    Args:
        vectors: of unit length, ``(n, width)``.
        actors: that each row names.
    """
    ones, others = _neighbours(vectors, actors)
    near = score(ones, others) >= least if len(ones) else np.zeros(0, bool)
    edges = csr_matrix((np.ones(near.sum()), (ones[near], others[near])), shape=(len(vectors),) * 2)
    _, parts = connected_components(edges, directed=False)
    found = [one for part in _parts(parts) for one in _split(part, score, least)]
    return sorted((one for one in found if len(one) > 1), key=lambda one: (-len(one), one))


def _neighbours(vectors: Floats, actors: Sequence[frozenset[str]]) -> tuple[Indices, Indices]:
    named = np.array([i for i, names in enumerate(actors) if names], int)
    if len(named) < 2:
        return named[:0], named[:0]
    search = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(named))).fit(vectors[named])
    near = search.kneighbors(vectors[named], return_distance=False)
    pairs = {
        (min(a, b), max(a, b))
        for a, row in zip(named.tolist(), named[near].tolist(), strict=True)
        for b in row
        if a != b and actors[a] & actors[b]
    }
    ordered = np.array(sorted(pairs), int).reshape(-1, 2)
    return ordered[:, 0], ordered[:, 1]


def _parts(labels: Indices) -> Iterator[Indices]:
    order = np.argsort(labels, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def _split(part: Indices, score: Score, least: float) -> Iterator[list[int]]:
    if len(part) < 2:
        return
    rows, columns = np.triu_indices(len(part), 1)
    distances = 1.0 - score(part[rows], part[columns])
    labels = fcluster(linkage(distances, "average"), 1.0 - least, "distance")
    yield from ([*map(int, part[labels == label])] for label in np.unique(labels))
