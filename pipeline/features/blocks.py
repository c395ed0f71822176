"""Blocks of the feature matrix, and the n-grams of words and characters that they count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Matrix: TypeAlias = sparse.csr_matrix
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,]\d+)*%?|\.\.\.|[?!:;%$€\"—–-]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "."})


class TermBlock:
    """Terms of one kind as a tf-idf matrix with rows of length one, times a weight.

    Sublinear term frequency and smoothed inverse document frequency, as in Manning, Raghavan and
    Schütze (2008), Introduction to Information Retrieval, ch. 6.
    """

    def __init__(self, terms: Sequence[str], idf: NDArray[np.float32], *, weight: float) -> None:
        self.terms = tuple(terms)
        self.idf = idf
        self.weight = weight
        self._index = {term: i for i, term in enumerate(self.terms)}

    @classmethod
    def fit(
        cls, rows: Iterable[Sequence[str]], *, min_rows: int, max_terms: int, weight: float
    ) -> TermBlock:
        """Return a block of the most frequent terms that occur in at least ``min_rows`` rows."""
        counts: Counter[str] = Counter()
        total = 0
        for terms in rows:
            counts.update(set(terms))
            total += 1
        frequent = [(term, n) for term, n in counts.items() if n >= min_rows]
        frequent.sort(key=lambda pair: (-pair[1], pair[0]))
        kept = sorted(frequent[:max_terms])
        found = np.array([n for _, n in kept], dtype=np.float64)
        idf = np.log((1.0 + total) / (1.0 + found)) + 1.0
        return cls([term for term, _ in kept], idf.astype(np.float32), weight=weight)

    def transform(self, rows: Iterable[Sequence[str]]) -> Matrix:
        """Return the weighted terms of each row, ``(n_rows, n_terms)``."""
        pointers: list[int] = [0]
        columns: list[int] = []
        counted: list[int] = []
        for terms in rows:
            counts: dict[int, int] = {}
            for term in terms:
                if (column := self._index.get(term)) is not None:
                    counts[column] = counts.get(column, 0) + 1
            chosen = sorted(counts)
            columns.extend(chosen)
            counted.extend(counts[column] for column in chosen)
            pointers.append(len(columns))
        return self._weighted(np.array(columns, np.int32), counted, np.array(pointers, np.int32))

    def _weighted(
        self, columns: NDArray[np.int32], counted: Sequence[int], pointers: NDArray[np.int32]
    ) -> Matrix:
        values = (1.0 + np.log(np.array(counted, dtype=np.float64))) * self.idf[columns]
        n_rows = len(pointers) - 1
        row_of = np.repeat(np.arange(n_rows), np.diff(pointers))
        norms = np.sqrt(np.bincount(row_of, weights=values**2, minlength=n_rows))
        scaled = (self.weight * values / norms[row_of]).astype(np.float32)
        return Matrix((scaled, columns, pointers), shape=(n_rows, len(self.terms)))


def plain(text: str) -> str:
    """Return the text with straight quotation marks; offsets are unchanged."""
    return text.translate(_APOSTROPHES)


def tokens(text: str) -> list[str]:
    """Split text into lower-case words and punctuation; digits become ``0``, masks stay."""
    return [_normal(match.group()) for match in _TOKEN.finditer(plain(text))]


def _normal(token: str) -> str:
    if token[0].isdigit():
        return "0" * min(len(token), 4)
    return token if is_mask(token) else token.lower()


def is_mask(token: str) -> bool:
    """Whether a token is a placeholder of ``mentions.mask``."""
    return len(token) > 4 and token.startswith("XX") and token.endswith("XX")


def word_ngrams(words: Sequence[str], *, low: int, high: int) -> Iterator[str]:
    """Yield the n-grams of ``low`` to ``high`` words, with markers at both ends."""
    padded = ["<s>", *words, "</s>"] if high > 1 else list(words)
    for n in range(low, high + 1):
        for i in range(len(padded) - n + 1):
            yield " ".join(padded[i : i + n])


def char_ngrams(words: Sequence[str], *, low: int, high: int) -> Iterator[str]:
    """Yield the character n-grams inside words, each word padded with a space."""
    for word in words:
        if is_mask(word):
            continue
        padded = f" {word} "
        for n in range(low, high + 1):
            if len(padded) < n:
                break
            for i in range(len(padded) - n + 1):
                yield padded[i : i + n]


def length_terms(words: Sequence[str]) -> list[str]:
    """Return cumulative length classes, such as ``len>=4``, of a unit's words."""
    return [f"len>={bound}" for bound in (2, 4, 7, 11, 16, 22, 30, 40) if len(words) >= bound]
