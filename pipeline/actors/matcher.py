"""Finding known phrases in text: longest match over a trie of tokens, case-sensitive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SAME = {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark, folded; offsets into the text it was read from."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class Matcher(Generic[T]):
    """Maps phrases to values, and finds the phrases in a text in one pass."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in phrases:
            node = self._root
            for token in tokenize(phrase):
                node = node.next.setdefault(token.text, _Node())
            node.values.append(value)

    def matches_at(self, tokens: list[Token], index: int) -> Iterator[tuple[int, list[T]]]:
        """Yield ``(index after the match, values)`` of the phrases at a token, longest first."""
        node = self._root
        found: list[tuple[int, list[T]]] = []
        for position in range(index, len(tokens)):
            after = node.next.get(tokens[position].text)
            if after is None:
                break
            node = after
            if node.values:
                found.append((position + 1, node.values))
        return reversed(found)


def tokenize(text: str) -> list[Token]:
    """Split a text into words and marks; accents and kinds of dash and apostrophe are folded."""
    folded = "".join(map(_fold, text))
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(folded)]


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """One character for one, so that offsets stay."""
    if char.isascii():
        return char
    return _SAME.get(char) or unicodedata.normalize("NFD", char)[0]
