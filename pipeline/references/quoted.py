"""Whose words stand between quotation marks, for the "we" in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile

from spacy.tokens import Doc, Token

from pipeline.references.syntax import is_subject, lemma
from pipeline.references.words import Words

_MARKS = frozenset('“”„«»"')
_LONGEST = 120  # tokens; a quotation that runs on is taken for a mark gone astray
_NEAR = 8  # tokens before and after a quotation that may tell who said it


def quoted_by(doc: Doc, words: Words) -> Mapping[int, Token]:
    """Return who said it, by the index of each token between quotation marks.

    Marks around a few words for which nobody is said to say them are no quotation.
    """
    said: dict[int, Token] = {}
    for start, end in _quotations(doc):
        speaker = _before(doc, start, words) or _after(doc, end, words)
        if speaker is not None:
            said.update(dict.fromkeys(range(start, end), speaker))
    return said


def _quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the first token and the one after the last of each pair of marks."""
    start: int | None = None
    for token in doc:
        if token.text not in _MARKS:
            continue
        if _opens(token):
            start = token.i + 1
        elif start is not None and token.i - start <= _LONGEST:
            yield start, token.i
            start = None
    if start is not None and len(doc) - start <= _LONGEST:
        yield start, len(doc)


def _opens(mark: Token) -> bool:
    """Tell whether a mark begins a quotation, by the spaces around it: not all sources curl it."""
    return not mark.whitespace_ and (not mark.i or bool(mark.nbor(-1).whitespace_))


def _before(doc: Doc, start: int, words: Words) -> Token | None:
    """Who says, right before a quotation: "they told us, '"."""
    near = doc[max(0, start - _NEAR - 2) : start - 1]
    between = list(takewhile(lambda one: lemma(one) not in words.saying, reversed(near)))
    if len(between) == len(near) or any(one.text == "." for one in between):
        return None
    return _subject(near[len(near) - len(between) - 1])


def _after(doc: Doc, end: int, words: Words) -> Token | None:
    """Who says, right after a quotation: "', said the minister"."""
    for token in doc[end : end + _NEAR]:
        if lemma(token) in words.saying and token.pos_ == "VERB":
            return _subject(token)
        if token.is_sent_end and token.i > end:
            return None
    return None


def _subject(verb: Token) -> Token | None:
    while verb.dep_ in ("conj", "xcomp") and not any(is_subject(one) for one in verb.children):
        verb = verb.head
    return next((one for one in verb.children if is_subject(one)), None)
