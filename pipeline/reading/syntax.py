"""The tokens of spaCy's parse, cached by text, and the heads of spans in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.parse import Parser, straighten
from pipeline.reading.rows import Span

_CACHE_LIMIT = 200_000


class Token(NamedTuple):
    """The attributes of a spaCy token that rules use; ``lower`` has straight apostrophes."""

    start: int
    end: int
    lower: str
    lemma: str
    pos: str
    dep: str
    head: int


class SyntaxReader:
    """Parses texts and caches their tokens."""

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self._seen: dict[str, tuple[Token, ...]] = {}

    def read(self, texts: Iterable[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text, in order."""
        wanted = list(texts)
        missing = sorted({text for text in wanted if text not in self._seen})
        if len(self._seen) + len(missing) > _CACHE_LIMIT:
            self.forget()
            missing = sorted(set(wanted))
        for text, doc in zip(missing, self.parser.parse(missing, names=False), strict=True):
            self._seen[text] = _tokens_of(doc)
        return [self._seen[text] for text in wanted]

    def forget(self) -> None:
        """Empty the cache."""
        self._seen.clear()


def _tokens_of(doc: Doc) -> tuple[Token, ...]:
    return tuple(
        Token(
            start=token.idx,
            end=token.idx + len(token),
            lower=straighten(token.lower_),
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            dep=token.dep_,
            head=token.head.i,
        )
        for token in doc
    )


def head_token(tokens: Sequence[Token], span: Span) -> int | None:
    """Return the index of the head token of a span; None if it contains no token."""
    inside = {i for i, token in enumerate(tokens) if token.start < span[1] and token.end > span[0]}
    for i in sorted(inside):
        if tokens[i].head not in inside or tokens[i].head == i:
            return i
    return None


def target_phrase(tokens: Sequence[Token], span: Span) -> Span:
    """Widen a mention to the words that name the target: "Western" to "Western sanctions".

    Includes the noun to its right that a mention modifies, and the title before a name.
    """
    head = head_token(tokens, span)
    if head is None:
        return span
    start, end = span
    token = tokens[head]
    if token.dep in ("amod", "compound") and token.head > head:
        end = max(end, tokens[token.head].end)
    index = next(i for i, t in enumerate(tokens) if t.end > start)
    while index and tokens[index - 1].dep == "compound" and tokens[index - 1].head == head:
        index -= 1
        start = tokens[index].start
    return start, end
