"""Word and character n-grams, on text whose actors have been masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,]\d+)*%?|\.\.\.|[?!:;%$€\"—–-]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "."})


def plain(text: str) -> str:
    """Straighten quotation marks; every character keeps its offset."""
    return text.translate(_APOSTROPHES)


def tokens(text: str) -> list[str]:
    """Split text into words and telling punctuation; digits become ``0``; masks keep their case."""
    return [_normal(match.group()) for match in _TOKEN.finditer(plain(text))]


def _normal(token: str) -> str:
    if token[0].isdigit():
        return "0" * min(len(token), 4)
    return token if is_mask(token) else token.lower()


def is_mask(token: str) -> bool:
    """Whether a token is a placeholder that masking put there."""
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
    """Return coarse length classes, cumulative so that a linear model can add them up."""
    return [f"len>={bound}" for bound in (2, 4, 7, 11, 16, 22, 30, 40) if len(words) >= bound]
