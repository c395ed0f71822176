"""What the models of relations see of a pair of sentences, from one reading of an answer.

A pair costs a few sums over the vectors that the encoder has pooled. Rows of matrices are units or
pairs, columns are features.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.connectives import connectives_in, load_connectives
from training.relations.words import content_words

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

REACH = 10
"""How many units away a parent may be; 98 of 100 links of the annotated passages are within."""
_CLIP = 0.02
"""Probabilities nearer to 0 or 1 count as this: an encoder is too sure of what it was fitted on."""
_SIDES = 3


@dataclass(frozen=True)
class Passage:
    """The units of an answer in order, as an encoder reads them.

    Attributes:
        texts: of the units.
        vectors: of the units, ``(n_units, width)``.
        heads: probabilities of the encoder's unit heads by name, each ``(n_units, n_labels)``.
    """

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]
    heads: Mapping[str, NDArray[np.float32]]

    @cached_property
    def signs(self) -> Floats:
        """What each unit shows by itself, ``(n_units, n_signs)``; connectives, form, heads."""
        names = tuple(load_connectives())
        shown = [connectives_in(text) for text in self.texts]
        words = [[float(name in found) for name in names] for found in shown]
        form = [_form(text) for text in self.texts]
        judged = [_logits(self.heads[head]) for head in HEADS]
        return np.hstack([np.array(words).reshape(len(self.texts), -1), np.array(form), *judged])

    @cached_property
    def components(self) -> Floats:
        """Clipped probabilities of the component head, ``(n_units, 3)``."""
        return np.clip(self.heads["component"].astype(np.float64), _CLIP, 1 - _CLIP)


HEADS = ("component", "kind", "west", "stance")


def _form(text: str) -> tuple[float, ...]:
    bare = text.rstrip(" \"”’»'")
    return (
        float(bare.endswith("?")),
        float(any(letter.isdigit() for letter in text)),
        float(any(mark in text for mark in '"“”«»')),
        float(np.log1p(len(text.split())) / 3.0),
    )


def _logits(probabilities: NDArray[np.float32]) -> Floats:
    clipped = np.clip(probabilities.astype(np.float64), _CLIP, 1 - _CLIP)
    return np.asarray(np.log(clipped / (1 - clipped)) / 2.0)


@dataclass(frozen=True)
class Projection:
    """The main directions of unit vectors, fitted on passages: ``mean`` and ``axes``.

    ``axes`` are ``(n_axes, width)``, the most spread first, scaled to unit variance.
    """

    mean: Floats
    axes: Floats

    @classmethod
    def fit(cls, vectors: NDArray[np.float32], n: int) -> Projection:
        """Return the ``n`` main directions of vectors, ``(n_units, width)``."""
        mean = vectors.mean(axis=0, dtype=np.float64)
        _, spread, axes = np.linalg.svd(vectors - mean, full_matrices=False)
        kept = min(n, len(axes))
        scale = spread[:kept, None] / np.sqrt(len(vectors))
        return cls(mean, axes[:kept] / np.maximum(scale, 1e-9))

    def __call__(self, vectors: NDArray[np.float32]) -> Floats:
        """Return vectors in these directions, ``(n, n_axes)``."""
        return np.asarray((vectors - self.mean) @ self.axes.T)


def pair_indices(n: int, *, reach: int = REACH) -> tuple[Indices, Indices]:
    """Return child and parent of all pairs within reach, by child and then by parent."""
    child, parent = np.nonzero(
        (np.abs(np.subtract.outer(np.arange(n), np.arange(n))) <= reach) & ~np.eye(n, dtype=bool)
    )
    return child, parent


def describe_units(passage: Passage, projection: Projection) -> Floats:
    """Return what speaks for a unit to have no parent, ``(n_units, n_features)``."""
    n = len(passage.texts)
    place = np.arange(n)
    edges = np.stack([place == 0, place == n - 1, np.ones(n)], axis=1).astype(np.float64)
    around = np.vstack([passage.signs[1:], np.zeros((1, passage.signs.shape[1]))])
    return np.hstack([passage.signs, projection(passage.vectors), edges, around])


def describe_pairs(
    passage: Passage, projection: Projection, child: Indices, parent: Indices
) -> Floats:
    """Return the features of pairs, ``(n_pairs, n_features)``.

    Outer products of the directions (a biaffine model) were no better on dev than products.
    """
    gap = child - parent
    sides = _sides(gap)
    signs, points = passage.signs, projection(passage.vectors)
    a, b = points[child], points[parent]
    crossed = [sides[:, [k]] * signs[of] for k in range(_SIDES) for of in (child, parent)]
    first, second = passage.components[child], passage.components[parent]
    components = np.hstack([first * second[:, [k]] for k in range(second.shape[1])])
    by_side = [sides[:, [k]] * components for k in range(_SIDES)]
    blocks = [
        _distances(gap),
        *crossed,
        components,
        *by_side,
        _likeness(passage, child, parent),
        _between(passage, child, parent),
        a * b,
        np.abs(a - b),
        b,
    ]
    return np.hstack(blocks)


def _sides(gap: Indices) -> Floats:
    return np.stack([gap == 1, gap > 1, gap < 0], axis=1).astype(np.float64)


def _distances(gap: Indices) -> Floats:
    steps = [gap == 1, gap == 2, gap == 3, gap > 3, gap == -1, gap == -2, gap < -2]
    far = np.log(np.abs(gap))
    return np.hstack(
        [np.stack(steps, axis=1), (far * (gap > 0))[:, None], (far * (gap < 0))[:, None]]
    )


def _likeness(passage: Passage, child: Indices, parent: Indices) -> Floats:
    """Cosine of the vectors, centred on the passage, and shared content words."""
    centred = passage.vectors - passage.vectors.mean(axis=0)
    norms = np.linalg.norm(centred, axis=1) + 1e-6
    cosine = (centred[child] * centred[parent]).sum(axis=1) / norms[child] / norms[parent]
    words = [content_words(text) for text in passage.texts]
    pairs = list(zip(child.tolist(), parent.tolist(), strict=True))
    shared = np.array([len(words[i] & words[j]) for i, j in pairs], dtype=np.float64)
    fewer = np.array([min(len(words[i]), len(words[j])) for i, j in pairs]) + 1.0
    return np.stack([cosine, shared / fewer, np.minimum(shared, 3)], axis=1)


def _between(passage: Passage, child: Indices, parent: Indices) -> Floats:
    """What is between two units: components, and sentences that turn to something else."""
    low, high = np.minimum(child, parent), np.maximum(child, parent)
    names = tuple(load_connectives())
    columns = [names.index(f"opens {kind}") for kind in ("contrast", "conclusion", "topic")]
    counted = np.hstack([passage.components, passage.signs[:, columns]])
    sums = np.vstack([np.zeros((1, counted.shape[1])), counted.cumsum(axis=0)])
    inside = sums[high] - sums[low + 1]
    return np.hstack([np.log1p(inside), np.log1p(inside[:, :1]) * (child > parent)[:, None]])
