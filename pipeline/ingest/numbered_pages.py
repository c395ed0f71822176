"""Pages that a viewer of documents gives as one paragraph each, opened by the page's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.reflow import LABEL_START
from pipeline.records import Paragraph

_NUMBER = re.compile(r"^(\d{1,3}) (?=\S)")
_ENDED = re.compile(r"[.?!…][\"”’')\]]*$")
_PAGES, _WORDS = 3, 60


def join_numbered_pages(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Take the numbers off the pages, and join a sentence that one of them cuts.

    Three pages at least must follow each other by number, the first of any length, those between
    the first and the last as long as pages are: a list of short points is none.
    """
    pages = _pages(paragraphs)
    if not pages:
        return list(paragraphs)
    joined: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        number = _NUMBER.match(paragraph.text) if index in pages else None
        if number is None:
            joined.append(paragraph)
            continue
        text = paragraph.text[number.end() :]
        cuts = index - 1 in pages and not _ENDED.search(joined[-1].text)
        if cuts and not LABEL_START.match(text):
            text = f"{joined[-1].text} {text}"
            paragraph = joined.pop()
        joined.append(paragraph.model_copy(update={"text": text, "bold": (), "italic": ()}))
    return joined


def _pages(paragraphs: Sequence[Paragraph]) -> range:
    """Indices of the longest run of paragraphs that are pages; empty where none is."""
    best = range(0)
    start, last = 0, None
    for index, paragraph in enumerate(paragraphs):
        found = _NUMBER.match(paragraph.text)
        number = int(found.group(1)) if found else None
        if number is None or last is None or number != last + 1:
            start = index
        last = number
        if number is not None and index + 1 - start > len(best):
            best = range(start, index + 1)
    inner = [len(paragraphs[index].text.split()) for index in best[1:-1]]
    return best if len(best) >= _PAGES and min(inner, default=0) >= _WORDS else range(0)
