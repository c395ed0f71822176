"""Words that a transcript prints in capitals because they were stressed: "they told US, not YOU".

What tells is the interview: where one common word stands in capitals, "US" without an article and
without a noun after it is the pronoun.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.actors.stock import Found

_SHORTEST = 4
_OTHER = frozenset({"PROPN", "X", "NUM"})
_GOVERNS = frozenset({"VERB", "ADP"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
_LINKS = frozenset({"POS", "HYPH"})


def has_stress(docs: Iterable[Doc]) -> bool:
    """Tell whether a common word of four letters or more stands alone in capitals somewhere.

    A run of words in capitals is a heading; the tagger mostly knows common words from acronyms.
    """
    return any(_is_stressed(token) for doc in docs for token in doc)


def _is_stressed(token: Token) -> bool:
    if not (token.is_upper and token.is_alpha and len(token) >= _SHORTEST):
        return False
    around = token.doc[max(0, token.i - 1) : token.i + 2]
    return token.pos_ not in _OTHER and sum(word.is_upper for word in around) == 1


def without_stressed(names: Iterable[Found], doc: Doc) -> list[Found]:
    """Return the names of a text but for a "US" that is the pronoun: "he told US about it"."""
    return [one for one in names if not _is_pronoun(one, doc)]


def _is_pronoun(found: Found, doc: Doc) -> bool:
    if doc.text[found.start : found.end] != "US":
        return False
    span = doc.char_span(found.start, found.end)
    if span is None or not span.start or doc[span.start - 1].pos_ not in _GOVERNS:
        return False
    after = doc[span.end] if span.end < len(doc) else None
    return after is None or not (after.pos_ in _NOUNS or after.tag_ in _LINKS)
