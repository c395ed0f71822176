"""Numbers of pages that open paragraphs: of whole pages, or where a page cuts a sentence."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from pipeline.ingest.reflow import LABEL_START
from pipeline.records import Paragraph

_NUMBER = re.compile(r"^(\d{1,3}) (?=\S)")
_ENDED = re.compile(r"[.?!…][\"”’')\]]*$")
_PAGES, _WORDS = 3, 60
_MOSTLY = 0.5


def join_numbered_pages(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Take the numbers off the pages, and join a sentence that one of them cuts.

    Three pages at least must follow each other by number, the first of any length, those between
    the first and the last as long as pages are: a list of short points is none. Or all paragraphs
    that open with a number do so by one more each, three of them at least and none right below
    another, and most go on in lower case with a sentence that the one above has broken off.
    """
    pages: Container[int] = _pages(paragraphs) or _cut(paragraphs)
    if not pages:
        return list(paragraphs)
    joined: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        number = _NUMBER.match(paragraph.text) if index in pages else None
        if number is None:
            joined.append(paragraph)
            continue
        text = paragraph.text[number.end() :]
        cuts = bool(joined) and not _ENDED.search(joined[-1].text)
        cuts = cuts and (index - 1 in pages or text[0].islower())
        if cuts and not LABEL_START.match(text):
            text = f"{joined[-1].text} {text}"
            paragraph = joined.pop()
        joined.append(paragraph.model_copy(update={"text": text, "bold": (), "italic": ()}))
    return joined


def _cut(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Indices of the paragraphs that open with a page's number, most of them in mid-sentence."""
    found = [(i, one) for i, p in enumerate(paragraphs) if (one := _NUMBER.match(p.text))]
    numbers = [int(one[1]) for _, one in found]
    rises = all(two == one + 1 for one, two in pairwise(numbers))
    listed = any(two[0] == one[0] + 1 for one, two in pairwise(found))
    broken = sum(
        index > 0
        and not _ENDED.search(paragraphs[index - 1].text)
        and one.string[one.end()].islower()
        for index, one in found
    )
    if len(found) < _PAGES or not rises or listed or broken <= _MOSTLY * len(found):
        return frozenset()
    return frozenset(index for index, _ in found)


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
