"""Plain text, hard-wrapped or a paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.header import split_front_matter
from pipeline.ingest.lines import reflow
from pipeline.ingest.numbered import strip_numbers
from pipeline.ingest.structured import read_front_matter
from pipeline.records import Dropped

_PAGE_NUMBER = re.compile(r"\W{0,4}(?:page\s)?\s*(\d{1,4})(?:\s?(?:of|/)\s?\d{1,4})?\W{0,4}", re.I)
_MOST = 0.9
_RECURS = 3
_LONGEST_HEAD = 80  # columns


def read(text: str, *, name: str) -> Content:
    """Read plain text; its blocks are separated by blank lines, its quotations open with ">"."""
    head = split_front_matter(text, name=name)
    if talk := read_front_matter(head, name=name):
        return talk
    lines = head.body.split("\n")
    numbered = strip_numbers(lines)
    gone = frozenset(numbered.furniture) if numbered else _find_page_lines(lines)
    dropped = [
        Dropped(text=clean(lines[at]), reason="page head or number", line=at + head.lines + 1)
        for at in sorted(gone)
    ]
    kept = (
        numbered.lines if numbered else [(n, line) for n, line in enumerate(lines) if n not in gone]
    )
    blocks = find_text_blocks(kept, offset=head.lines + 1)
    wrapped = numbered is not None and numbered.paged
    paragraphs = [p for line in reflow(blocks, wrapped=wrapped) if (p := line.paragraph())]
    return Content(paragraphs, head.metadata, warnings=head.warnings, dropped=dropped)


def find_text_blocks(lines: Sequence[tuple[int, str]], *, offset: int) -> list[list[Line]]:
    """Return the blocks of (index, text) lines; the line of index 0 has number ``offset``."""
    blocks: list[list[Line]] = [[]]
    mails = not has_chevrons([raw for _, raw in lines])
    for index, raw in lines:
        # a form feed, a vertical tab or a Unicode separator also ends a line
        for piece in raw.splitlines() or [""]:
            quoted = mails and piece.lstrip(" \t").startswith(">")
            line = Line(index + offset, quoted=quoted)
            line.add(piece.lstrip(" \t>") if quoted else piece)
            if line.plain():
                blocks[-1].append(line)
            elif blocks[-1]:
                blocks.append([])
    return [block for block in blocks if block]


def has_chevrons(lines: Sequence[str]) -> bool:
    """Lines open with ">>", a speaker mark in captions, and none is quoted with one ">"."""
    marked = [line.lstrip() for line in lines if line.lstrip().startswith(">")]
    return bool(marked) and all(line.startswith(">>") for line in marked)


def _find_page_lines(lines: Sequence[str]) -> frozenset[int]:
    """Page numbers that count up, alone on their lines, and what recurs next to them."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    numbers = [
        (place, int(m[1]))
        for place, index in enumerate(filled)
        if len(lines[index]) < 100 and (m := _PAGE_NUMBER.fullmatch(lines[index].strip()))
    ]
    rising = sum(b == a + 1 for (_, a), (_, b) in pairwise(numbers))
    if rising < max(_RECURS - 1, _MOST * (len(numbers) - 1)):
        return frozenset()
    places = {place + step for place, _ in numbers for step in (-1, 1)}
    beside = [filled[place] for place in places if 0 <= place < len(filled)]
    counts = Counter(lines[i].strip() for i in beside if len(lines[i]) <= _LONGEST_HEAD)
    heads = {index for index in beside if counts[lines[index].strip()] >= _RECURS}
    return frozenset(heads | {filled[place] for place, _ in numbers})
