"""What is only put into the record of a hearing: prepared statements, letters, and exhibits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark

_WRITTEN = (
    r"(?:statements?|testimon(?:y|ies)|materials?|information|letters?|articles?|charts?|documents?|"
    r"reports?|responses?|answers?|submissions?|exhibits?|texts?|memorand(?:um|a)|biograph(?:y|ies)|"
    r"questions?|slides?|tables?|maps?|appendi(?:x|ces)|attachments?)"
)
_NOTE = re.compile(
    rf"^(?:[\[(][^\[\]()]{{0,160}}\b{_WRITTEN}\b[^\[\]]{{0,160}}\bfollows?\s*[:.]?\s*[\])][:.]?|"
    rf"the (?:prepared|written|full) {_WRITTEN}\b[^?!:]{{0,120}}\bfollows?:)$",
    re.I,
)


def find_inserts(document: Document, marks: Sequence[Mark]) -> frozenset[int]:
    """Indices of what stands below "[The prepared statement of NAME follows:]" up to the next mark.

    Nobody says it: it was handed in, and who speaks next has a label.
    """
    starts = sorted(mark.index for mark in marks)
    found: set[int] = set()
    for index, paragraph in enumerate(document.paragraphs):
        if _NOTE.match(paragraph.text) and starts and starts[0] < index < starts[-1]:
            found.update(range(index, starts[bisect_right(starts, index)]))
    return frozenset(found)
