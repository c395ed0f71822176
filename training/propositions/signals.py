"""Signals of whether two sentences say the same: cosines of unit vectors, and of words.

Unit vectors are those of the one pass over an answer. Whitened (centred, and scaled to unit
variance along the principal axes: Su et al. 2021, arXiv 2103.15316) their cosine tells more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float64]
Indices = NDArray[np.int_]
COSINE, TFIDF, WHITENED, LETTERS, FITTED = (
    "cosine of unit vectors",
    "cosine of TF-IDF",
    "cosine of whitened unit vectors",
    "cosine of TF-IDF of letters",
    "fitted: whitened and letters",
)
WIDTH, RIDGE = 256, 1e-3
"""Axes kept, and the share of the largest variance that is added to all (dev, 2026-12)."""


@dataclass(frozen=True)
class Sentences:
    """Sentences in the forms that are compared; a row each."""

    vectors: Floats
    whitened: Floats
    words: csr_matrix
    letters: csr_matrix

    @classmethod
    def read(cls, texts: Sequence[str], vectors: Floats) -> Sentences:
        """Return sentences from their texts and unit vectors, ``(n, width)``."""
        words = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        letters = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5))
        return cls(
            _unit(vectors), _whiten(vectors), words.fit_transform(texts),
            letters.fit_transform(texts),
        )  # fmt: skip

    def signals(self, ones: Indices, others: Indices) -> dict[str, Floats]:
        """Return each cosine of pairs of rows, ``(n_pairs,)``."""
        return {
            COSINE: (self.vectors[ones] * self.vectors[others]).sum(axis=1),
            TFIDF: _overlap(self.words, ones, others),
            WHITENED: (self.whitened[ones] * self.whitened[others]).sum(axis=1),
            LETTERS: _overlap(self.letters, ones, others),
        }


def fit(signals: dict[str, Floats], same: NDArray[np.bool_]) -> LogisticRegression:
    """Return a logistic regression on the two best signals."""
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(_table(signals), same)


def probabilities(model: LogisticRegression, signals: dict[str, Floats]) -> Floats:
    """Return how likely pairs are the same, ``(n_pairs,)``."""
    return np.asarray(model.predict_proba(_table(signals))[:, 1])


def _table(signals: dict[str, Floats]) -> Floats:
    return np.column_stack([signals[WHITENED], signals[LETTERS]])


def _overlap(rows: csr_matrix, ones: Indices, others: Indices) -> Floats:
    return np.asarray(rows[ones].multiply(rows[others]).sum(axis=1)).ravel()


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))


def _whiten(vectors: Floats) -> Floats:
    centred = _unit(vectors)
    centred = centred - centred.mean(axis=0)
    variances, axes = np.linalg.eigh(np.cov(centred.T))
    best = np.argsort(-variances)[:WIDTH]
    scale = np.sqrt(np.maximum(variances[best], 0) + RIDGE * variances.max())
    return _unit((centred @ axes[:, best]) / scale)
