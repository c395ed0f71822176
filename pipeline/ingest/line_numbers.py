"""Lines that are numbered on each page, as in depositions and inquiries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.records import Dropped

NOTHING = "\0"
"""What stands for a line that was dropped: it neither says anything nor parts paragraphs."""
OPENS = "\1"
"""What stands before a line that opens a paragraph."""
_NUMBERED = re.compile(r"^[ \t]{0,8}(\d{1,2})(?:[ \t]+(.*)|[ \t]*)$")
_SHARE = 0.6
_LEAST = 15
_IN_ORDER = 0.8
_TURN = re.compile(r"^(?:[QA](?:\.\s|[ \t]{2,})|[A-Z][A-Z .'’-]{1,40}:\s|BY [A-Z])")
# "(Exhibit 4 was marked.)", below what ends a sentence
_NOTE = re.compile(r"^\([A-Z]")
_ENDED = re.compile(r"[.?!:)][\"'”’)]*$|--$")


def strip_line_numbers(lines: Sequence[str]) -> tuple[list[str], list[Dropped]] | None:
    """Take the numbers off lines that are numbered anew on each page; None where they are not.

    Lines without a number are the page's own (headers, footers): they are dropped. A numbered line
    without words parts paragraphs, and so does one that opens a turn or a note in brackets.

    Args:
        lines: of the whole text.
    """
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(match.group(1)) for match in found if match]
    filled = sum(bool(line.strip()) for line in lines)
    if len(numbers) < _LEAST or len(numbers) < _SHARE * filled:
        return None
    steps = list(pairwise(numbers))
    if sum(b in (a + 1, 1) for a, b in steps) < _IN_ORDER * len(steps):
        return None
    stripped: list[str] = []
    dropped: list[Dropped] = []
    last = ""
    for number, (line, match) in enumerate(zip(lines, found, strict=True), start=1):
        if match is None:
            if line.strip():
                dropped.append(Dropped(text=line.strip(), reason="outside numbered lines",
                                       line=number))  # fmt: skip
            stripped.append(NOTHING)
        else:
            text = (match.group(2) or "").strip()
            opens = _TURN.match(text) or (_NOTE.match(text) and _ENDED.search(last))
            stripped.append(OPENS + text if opens else text)
            last = text
    return stripped, dropped
