"""Numbers that a page glues to the end of each paragraph: "as it was.4"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.pieces import piece_of
from pipeline.records import Dropped, Paragraph

# behind it may stand what the page has between paragraphs
_GLUED = re.compile(r"(?<=[^\s\d])(\d{1,3})(?: Ad Policy)?$")
_LEAST = 8
_SHARE = 0.7
_WORDS = 4


def strip_paragraph_numbers(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Dropped]]:
    """Take off the numbers, where they count nearly all paragraphs that are no mere lines.

    Args:
        paragraphs: of the whole source, in order.

    Returns:
        The paragraphs, as many as before, and what was dropped.
    """
    counted = _count(paragraphs)
    if len(counted) < _LEAST:
        return list(paragraphs), []
    between = range(counted[0], counted[-1] + 1)
    texts = sum(len(paragraphs[index].text.split()) >= _WORDS for index in between)
    if len(counted) < _SHARE * texts:
        return list(paragraphs), []
    stripped, dropped = list(paragraphs), []
    for index in counted:
        one = paragraphs[index]
        end = _end(one.text)
        dropped.append(
            Dropped(text=one.text[end:], reason="paragraph number", line=one.line, page=one.page)
        )
        stripped[index] = piece_of(one, 0, end)
    return stripped, dropped


def _count(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Indices of the longest row of paragraphs that end in one number after the other.

    One may be left out, where a paragraph is not there or ends in a figure of its own.
    """
    rows: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if found := _GLUED.search(paragraph.text):
            number = int(found.group(1))
            before = max((rows.get(number - back, []) for back in (1, 2)), key=len)
            rows[number] = [*before, index]
    return max(rows.values(), key=len, default=[])


def _end(text: str) -> int:
    found = _GLUED.search(text)
    return found.start() if found else len(text)
