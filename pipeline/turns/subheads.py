"""Subheadings between labelled turns that lost their type: "The winter of the crane"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.prose import is_ended, is_in_sentences

_MAX_WORDS, _MAX_CHARS = 9, 70
_MOST_TITLE_WORDS, _MOST_TITLE_CHARS = 14, 100
_MIN_SUBHEADS = 2
_HEAD = re.compile(r"^(?:\(\d{1,2}\) )?[\"'“‘]?[^\W\d_a-z]")
_LOWER = re.compile(r"(?<![\w’'-])[a-zß-ÿ]\w{4,}")
_COURTESY = re.compile(
    r"^(?:thanks?|thank you|yes|no|yeah|ok(?:ay)?|right|sure|please|hello|good|well|so|and|but|i|"
    r"we|you|it|they|he|she|that|this|there|yours|sincerely|regards|love|"
    r"(?:with |kind |warm |best |all )+(?:my )?(?:wishes|regards|best|love|affection|thanks))\b",
    re.I,
)
_LABELLED = re.compile(r":(?:\s|$)|,$")


def find_subheads(document: Document, marks: Sequence[Mark]) -> frozenset[int]:
    """Indices of the lines right above a label that are no sentence, below one that is.

    Only where all else is written in sentences, and more than one stands so: a speaker may be cut
    off once, and where sentences have no end, nothing tells.
    """
    paragraphs = document.paragraphs
    above = [
        later.index - 1
        for earlier, later in pairwise(marks)
        if later.index - 1 > _first_said(document, earlier)
    ]
    found = [at for at in above if _is_head(paragraphs[at].text) and _is_below(document, at)]
    if len(found) < _MIN_SUBHEADS:
        return frozenset()
    in_sentences = is_in_sentences([paragraph.text for paragraph in paragraphs])
    return frozenset(found if in_sentences else ())


def _first_said(document: Document, mark: Mark) -> int:
    """Index of the mark's first paragraph of speech: the next, where a label stands alone."""
    return mark.index + (mark.start >= len(document.paragraphs[mark.index].text))


def _is_below(document: Document, at: int) -> bool:
    """What is said last above ends as a sentence does."""
    place = bisect_left(document.body, at)
    return place > 0 and is_ended(document.paragraphs[document.body[place - 1]].text)


def _is_head(text: str) -> bool:
    words, chars = (
        (_MAX_WORDS, _MAX_CHARS) if _LOWER.search(text) else (_MOST_TITLE_WORDS, _MOST_TITLE_CHARS)
    )
    short = len(text.split()) <= words and len(text) <= chars
    plain = not is_ended(text) and not _COURTESY.match(text) and not _LABELLED.search(text)
    return short and plain and bool(_HEAD.match(text))
