"""Answers that say plainly that they are some: "No. The policy is ...", "That isn't right."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.questions import is_question

# a sentence of its own that only affirms or denies
_BARE = re.compile(
    r"^(?:no|yes|maybe|perhaps|(?:of course|certainly|absolutely)(?: not)?|exactly|never|true|"
    r"correct|right|indeed|possibly|probably|not (?:at all|really|quite|necessarily|exactly)|"
    r"(?:it|they|we|he|she|i) (?:did|do|does|was|were|is|are|can|could|will|would|has|have)"
    r"(?: not|n['’]t)?|"
    r"that(?:['’]s| is| was) (?:(?:not|quite|also|partly) )?(?:right|true|wrong|correct|fair|so)|"
    r"that (?:is|was)n['’]t (?:right|true|so|fair|the case))[.!]\s",
    re.I,
)
_I = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_WE = re.compile(r"\b(?:we|us|ours?)\b", re.I)
_YOU = re.compile(r"\byou(?:rs?)?\b", re.I)
_QUESTION_WORDS, _AT_LENGTH, _OWN = 60, 40, 2


def mend_row(texts: Sequence[str], row: Sequence[bool]) -> list[bool]:
    """Return which paragraphs ask, once those are heard that say plainly that they answer.

    Behind a paragraph of an answer, "No. The policy is ..." takes up what another has said, if that
    is brief, not of its speaker himself, and not all that he has answered. Behind one that asks, it
    is no part of the question; nor is what speaks of itself at length.

    Args:
        texts: of the paragraphs, in order.
        row: which of them seem to ask.
    """
    mended = list(row)
    for at in range(1, len(texts)):
        text, above = texts[at], texts[at - 1]
        bare = bool(_BARE.match(text))
        if mended[at] and mended[at - 1]:
            mended[at] = not ((bare and not is_question(text)) or _speaks_of_itself(text))
        elif bare and at > 1 and not any(mended[at - 2 : at + 1]):
            mended[at - 1] = _may_be_put(above)
    return mended


def _may_be_put(text: str) -> bool:
    """Brief, and of others than who says it: "That is a nice story, but it is no policy."."""
    own = _I.search(text) or (_WE.search(text) and not _YOU.search(text))
    return len(text.split()) <= _QUESTION_WORDS and not own


def _speaks_of_itself(text: str) -> bool:
    own = len(_I.findall(text))
    long = len(text.split()) >= _AT_LENGTH
    return long and own >= _OWN and own > len(_YOU.findall(text))
