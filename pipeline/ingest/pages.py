"""Lines on pages to paragraphs: running heads and page numbers go, columns are read in turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.ingest.page_paragraphs import body_size, join_lines
from pipeline.ingest.typelines import Page, TypeLine
from pipeline.records import Dropped, Paragraph

_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxl]{1,6})\W*(?:(?:of|/|von)\s*\d{1,4})?\W*$", re.I
)
_NOTE = re.compile(r"^(?:\d{1,3}|[*†‡])\s*[.)]?\s*\S")
_EDGE_LINES = 3
_SAME_ROW = 0.5
_SMALL = 0.85


def read_pages(pages: Sequence[Page]) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a paged text, and the furniture of its pages."""
    ordered: list[list[TypeLine]] = []
    number = 0
    for page in pages:
        lines = _in_order(page)
        ordered.append([replace(line, page=page.number, number=number + i)
                        for i, line in enumerate(lines, start=1)])  # fmt: skip
        number += len(lines)
    ordered = _strip_line_numbers(ordered)
    kept, dropped = _drop_furniture(ordered)
    return join_lines(kept), [*dropped, *_note_marks(kept)]


def _note_marks(lines: Iterable[TypeLine]) -> Iterator[Dropped]:
    for line in lines:
        for mark in line.marks:
            yield Dropped(text=mark, reason="note mark", line=line.number, page=line.page)


def _in_order(page: Page) -> list[TypeLine]:
    """The lines in reading order: rows from top to bottom, or one column after the other."""
    lines = sorted(page.lines, key=lambda line: (-line.y0, line.x0))
    gutter = _find_gutter(lines, page.width)
    if gutter is None:
        return _rows(lines)
    ordered: list[TypeLine] = []
    left: list[TypeLine] = []
    right: list[TypeLine] = []
    for line in lines:
        if line.x1 <= gutter + 2:
            left.append(line)
        elif line.x0 >= gutter - 2:
            right.append(line)
        else:
            ordered += [*_rows(left), *_rows(right), line]
            left, right = [], []
    return [*ordered, *_rows(left), *_rows(right)]


def _find_gutter(lines: Sequence[TypeLine], width: float) -> float | None:
    """Where two columns part: on both sides stand long lines, and hardly any runs across."""
    if len(lines) < 12:
        return None
    best, most = None, 0.0
    step = max(4, int(width / 400))  # a page may claim any width
    for x in range(int(0.35 * width), int(0.65 * width), step):
        left = [line for line in lines if line.x1 <= x + 2]
        right = [line for line in lines if line.x0 >= x - 2]
        share = (len(left) + len(right)) / len(lines)
        if min(len(left), len(right)) < 0.25 * len(lines) or share < 0.8:
            continue
        if min(median(s.x1 - s.x0 for s in side) for side in (left, right)) < 0.22 * width:
            continue
        if share > most:
            best, most = float(x), share
    return best


def _rows(lines: Iterable[TypeLine]) -> list[TypeLine]:
    """Put pieces on one baseline together, as a name and the words behind a tab."""
    rows: list[TypeLine] = []
    for line in sorted(lines, key=lambda line: (-line.y0, line.x0)):
        last = rows[-1] if rows else None
        if last is not None and abs(last.y0 - line.y0) <= _SAME_ROW * min(last.size, line.size):
            first, second = sorted((last, line), key=lambda item: item.x0)
            runs = (*first.runs, ("\t", False, False), *second.runs)
            rows[-1] = replace(first, x1=max(first.x1, second.x1), runs=runs,
                               size=max(first.size, second.size),
                               marks=(*first.marks, *second.marks))  # fmt: skip
        else:
            rows.append(line)
    return rows


def _strip_line_numbers(pages: list[list[TypeLine]]) -> list[list[TypeLine]]:
    """Take the numbers off the lines of a court's or a committee's transcript."""
    lines = [line for page in pages for line in page]
    numbered = [re.match(r"^(\d{1,2})\s+\S", line.text) for line in lines]
    values = [int(found.group(1)) for found in numbered if found]
    steps = sum(b == a + 1 for a, b in pairwise(values))
    if len(values) < 10 or len(values) < 0.6 * len(lines) or steps < 0.7 * len(values):
        return pages
    stripped = []
    for page in pages:
        kept = []
        for line in page:
            text = line.text
            found = re.match(r"^\d{1,2}(?:\s+|$)", text)
            if not found:
                kept.append(line)
            elif found.end() < len(text):
                kept.append(replace(line, runs=_without(line.runs, len(found.group().strip()))))
        stripped.append(kept)
    return stripped


def _without(runs: tuple[tuple[str, bool, bool], ...], count: int
             ) -> tuple[tuple[str, bool, bool], ...]:  # fmt: skip
    """The runs without their first visible characters."""
    rest = []
    for text, bold, italic in runs:
        while count and text:
            count -= not text[0].isspace()
            text = text[1:]
        rest.append((text, bold, italic))
    return tuple(rest)


def _drop_furniture(pages: list[list[TypeLine]]) -> tuple[list[TypeLine], list[Dropped]]:
    shapes = Counter(shape for page in pages for shape in {_shape(x) for x in _edges(page)})
    often = max(2, 0.35 * len(pages))
    inner = {_shape(x)[0] for page in pages for x in page if x not in _edges(page)}
    body = body_size([line for page in pages for line in page])
    kept: list[TypeLine] = []
    dropped: list[Dropped] = []
    for page in pages:
        edges = _edges(page)
        large = sorted((x for x in page if x.size > 0.9 * body), key=lambda line: line.y0)
        note = False
        for line in page:
            edge = line in edges
            outer = line in (page[0], page[-1]) or line in edges[-2:] or line in edges[:2]
            note = line.size <= 0.9 * body and not _stands_above(line, large) and (
                note or _NOTE.match(line.text) is not None
            )  # fmt: skip
            reason = None
            if (
                edge
                and len(pages) > 1
                and shapes[_shape(line)] >= often
                and (_shape(line)[0] not in inner)
            ):
                reason = "running head or foot"
            elif outer and line.size <= _SMALL * body and _alone(line, page):
                reason = "small type at the edge"
            elif outer and _PAGE_NUMBER.match(line.text):
                reason = "page number"
            elif note and len(page) > 3:
                reason = "footnote"
            if reason is None:
                kept.append(line)
            else:
                dropped.append(Dropped(text=line.text, reason=reason, line=line.number,
                                       page=line.page))  # fmt: skip
    return kept, dropped


def _stands_above(line: TypeLine, others: Iterable[TypeLine]) -> bool:
    """One of the others stands lower in the line's own column."""
    return any(other.y0 < line.y0 and other.x0 < line.x1 and line.x0 < other.x1 for other in others)


def _alone(line: TypeLine, page: Sequence[TypeLine]) -> bool:
    """No other line of the page is near."""
    return all(abs(line.y0 - other.y0) > 1.8 * line.size for other in page if other is not line)


def _edges(page: Sequence[TypeLine]) -> list[TypeLine]:
    """The outermost lines of a page; they stand highest and lowest, in whatever order."""
    by_height = sorted(page, key=lambda line: -line.y0)
    count = min(_EDGE_LINES, len(page) // 2) if len(page) > 1 else 1
    return [*by_height[:count], *by_height[len(by_height) - count :]]


def _shape(line: TypeLine) -> tuple[str, int]:
    """A line's words without its numbers, and its height: these recur in a running head."""
    words = re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.casefold())
    return words, round(line.y0 / 8)
