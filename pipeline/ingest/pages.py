"""Lines on pages to paragraphs: running heads and page numbers go, columns are read in turn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.ingest.content import Line, clean
from pipeline.ingest.hyphens import find_compounds, join_hyphenated
from pipeline.ingest.reflow import LABEL_START, LIST_START
from pipeline.records import Dropped, Paragraph

_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxl]{1,6})\W*(?:(?:of|/|von)\s*\d{1,4})?\W*$", re.I
)
_ENDED = re.compile(r"[.?!:…][\"'”’)\]]*$")
_NOTE = re.compile(r"^(?:\d{1,3}|[*†‡])\s*[.)]?\s*\S")
_EDGE_LINES = 3
_SAME_ROW = 0.5
_GAP = 1.28
_INDENT = 6.0
_COLUMN = 40.0
_SLACK = 0.04
_SMALL = 0.85


@dataclass(frozen=True)
class TypeLine:
    """A line of type: its place in points, from the lower left, and runs of text and type."""

    x0: float
    x1: float
    y0: float
    size: float
    runs: tuple[tuple[str, bool, bool], ...]
    page: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        """The words."""
        return clean("".join(run for run, _, _ in self.runs))


@dataclass(frozen=True)
class Page:
    """A page as it was laid out."""

    number: int
    width: float
    height: float
    lines: tuple[TypeLine, ...]
    has_picture: bool = False

    @property
    def letters(self) -> int:
        """How many letters stand on it."""
        return sum(c.isalnum() for line in self.lines for c in line.text)


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
    return _paragraphs(kept), dropped


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
    for x in range(int(0.35 * width), int(0.65 * width), 4):
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
                               size=max(first.size, second.size))  # fmt: skip
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
    body = _body_size([line for page in pages for line in page])
    kept: list[TypeLine] = []
    dropped: list[Dropped] = []
    for page in pages:
        edges = _edges(page)
        last_body = max((i for i, x in enumerate(page) if x.size > 0.9 * body), default=-1)
        note = False
        for index, line in enumerate(page):
            edge = line in edges
            outer = line in (page[0], page[-1]) or line in edges[-2:] or line in edges[:2]
            note = index > last_body and line.size <= 0.9 * body and (
                note or _NOTE.match(line.text) is not None
            )  # fmt: skip
            reason = None
            if edge and len(pages) > 1 and shapes[_shape(line)] >= often:
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


def _body_size(lines: Sequence[TypeLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _paragraphs(lines: Sequence[TypeLine]) -> list[Paragraph]:
    body = _body_size(lines)
    pitch = _pitch(lines, body)
    compounds = find_compounds(line.text for line in lines)
    largest = max((line.size for line in lines if line.page == lines[0].page), default=0.0)
    title = largest if lines and _heading(lines[0], body) and lines[0].size == largest else None
    open_lines: list[Line] = []
    previous: TypeLine | None = None
    for line in lines:
        level = 1 if title == line.size and line.page == lines[0].page else _heading(line, body)
        fresh = Line(line.number, page=line.page, heading=level)
        for text, bold, italic in line.runs:
            fresh.add(text, bold=bold, italic=italic)
        if previous is None or _starts(
            previous, line, pitch=pitch, body=body, right=_right(lines, previous)
        ):
            open_lines.append(fresh)
        else:
            join_hyphenated(open_lines[-1], fresh, compounds)
        previous = line
    return [p for line in open_lines if (p := line.paragraph())]


def _pitch(lines: Sequence[TypeLine], body: float) -> float:
    """From baseline to baseline inside a paragraph: the smallest step that is not rare."""
    steps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.page == b.page and a.y0 > b.y0]
    inner = sorted(step for step in steps if 0.9 * body <= step <= 3.2 * body)
    for step in inner:
        near = sum(step <= other <= step + 0.08 * body for other in inner)
        if near >= max(2, 0.12 * len(inner)):
            return step
    return 1.2 * body


def _right(lines: Sequence[TypeLine], line: TypeLine) -> float:
    """Where the lines of a line's column end."""
    ends = sorted(other.x1 for other in lines if abs(other.x0 - line.x0) < _COLUMN)
    return ends[int(0.92 * (len(ends) - 1))]


def _heading(line: TypeLine, body: float) -> int:
    return 2 if line.size >= 1.25 * body else 0


def _starts(before: TypeLine, line: TypeLine, *, pitch: float, body: float, right: float) -> bool:
    """Tell whether a line starts a paragraph.

    Its first word would have fitted on the line before, the gap is wide, or its type changes.
    """
    ended = bool(_ENDED.search(before.text))
    if abs(before.size - line.size) > 1.0 and (
        _heading(before, body) or _heading(line, body) or ended
    ):
        return True
    word = line.text.split(" ", 1)[0]
    width = (line.x1 - line.x0) * (len(word) + 1) / max(1, len(line.text))
    lower = line.text[:1].islower()
    fits = before.x1 + width < right - _SLACK * (right - before.x0)
    labelled = bool(LABEL_START.match(line.text) or LIST_START.match(line.text))
    indented = line.x0 > before.x0 + _INDENT and ended
    turned = _set(line) != _set(before) and (ended or fits) and not lower
    if before.page != line.page or before.y0 <= line.y0:
        return turned or (ended and (labelled or fits or indented)) or (fits and not lower)
    if before.y0 - line.y0 > _GAP * pitch:
        return True
    return turned or (ended and (labelled or indented)) or (fits and not lower)


def _set(line: TypeLine) -> bool:
    """Set in bold throughout, as a question may be."""
    return all(bold for text, bold, _ in line.runs if text.strip())
