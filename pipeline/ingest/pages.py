"""Characters on pages to paragraphs: rows, reading order, what recurs at the edges, layout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, takewhile
from statistics import median

from pipeline.ingest.content import Line, clean
from pipeline.ingest.lines import reflow
from pipeline.records import Dropped, Paragraph

# left and right end and baseline in points from the lower left, size, text, bold, italic
Glyph = tuple[float, float, float, float, str, bool, bool]
Run = tuple[str, bool, bool]

_COUNT = re.compile(r"\d+|\b[ivxl]+\b")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§])\s*+[.)]?\s*+\S")
_SPACE_GAP, _TAB_GAP = 0.15, 1.8  # of the size of the type
_SMALL, _HEADING = 0.9, 1.25  # of the size of most type
_EDGE_ROWS, _EDGE_SHARE = 3, 0.35  # rows, of the pages
_COLUMN_ROWS, _COLUMN_SHARE, _COLUMN_WIDTH = 12, 0.8, 0.18  # of the rows, of the page
_WIDE_GAP, _FLUSH = 1.28, 0.4  # of the pitch, of the size
_MARGIN, _INDENT = 8, 4  # columns of white space before most lines, and more or less before others
_FEWEST_NUMBERED, _NUMBERS_WIDE, _DIGITS = 8, 1.5, 4  # steps; of the size; of a number


@dataclass(frozen=True)
class Row:
    """A line of type: its place in points, size and runs."""

    x0: float
    x1: float
    y: float
    size: float
    runs: tuple[Run, ...]
    page: int = 0
    number: int = 0
    column: int = 0

    @property
    def text(self) -> str:
        """The words."""
        return clean("".join(run for run, _, _ in self.runs))


@dataclass(frozen=True)
class Page:
    """A page as it was drawn."""

    number: int
    rows: Sequence[Row]  # in reading order
    sideways: str = ""  # text that is not upright
    has_picture: bool = False


def find_rows(glyphs: Iterable[Glyph], width: float) -> list[Row]:
    """Return the rows of a page of some width, in reading order."""
    pieces = [row for piece in _pieces(glyphs) if (row := _row(piece)).text]
    return _in_order(_without_numbers(pieces), width)


def read_pages(pages: Sequence[Page]) -> tuple[list[Paragraph], list[Dropped]]:
    """Return the paragraphs of a paged text, and what was removed."""
    numbers = iter(range(1, 1 + sum(len(page.rows) for page in pages)))
    sheets = [
        [replace(row, page=page.number, number=next(numbers)) for row in page.rows]
        for page in pages
    ]
    rows = list(chain(*sheets))
    reasons = {**_footnotes(sheets, _body_size(rows)), **_furniture(sheets)}
    kept = [row for row in rows if row.number not in reasons]
    gone = [(row.text, reasons[n], n, row.page) for row in rows if (n := row.number) in reasons]
    gone += [(page.sideways, "sideways type", 1, page.number) for page in pages if page.sideways]
    dropped = [Dropped(text=text, reason=why, line=n, page=page) for text, why, n, page in gone]
    lines = reflow(_blocks(kept), wrapped=True)
    return [p for line in lines if (p := line.paragraph())], dropped


def _pieces(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield characters that follow each other on one baseline, raised ones among them."""
    piece: list[Glyph] = []
    right = base = size = 0.0
    for glyph in glyphs:
        x0, x1, y, height, text = glyph[:5]
        if text.isspace():
            if piece:
                piece.append(glyph)
            continue
        largest, alike = max(size, height), abs(height - size) < 0.1 * size
        near = abs(y - base) <= (0.2 if alike else 0.6) * largest
        if piece and not (near and -largest < x0 - right < largest):
            yield piece
            piece = []
        if not piece or height >= 0.8 * size:
            base, size = y, height
        piece.append(glyph)
        right = x1
    if piece:
        yield piece


def _row(piece: Sequence[Glyph]) -> Row:
    """Join characters into runs; a gap is a space."""
    solid = [glyph for glyph in piece if not glyph[4].isspace()]
    size = Counter(glyph[3] for glyph in solid).most_common(1)[0][0]
    base = median(glyph[2] for glyph in solid if glyph[3] == size)
    runs: list[Run] = []
    last: Glyph | None = None
    for glyph in piece:
        x0, *_, text, bold, italic = glyph
        if last and text == last[4] and abs(x0 - last[0]) < 0.1 * size:
            continue  # drawn twice to make it bold
        spaced = bool(runs) and runs[-1][0].endswith(" ")
        gap = last is not None and x0 - last[1] > _SPACE_GAP * size
        if text.isspace() or (gap and not spaced):
            text = ("" if spaced else " ") + text.strip()
        if text.strip():
            last = glyph
        if runs and (runs[-1][1:] == (bold, italic) or not text.strip()):
            runs[-1] = (runs[-1][0] + text, *runs[-1][1:])
        else:
            runs.append((text, bold, italic))
    x0, x1 = min(glyph[0] for glyph in solid), max(glyph[1] for glyph in solid)
    return Row(x0, x1, base, size, tuple(runs))


def _without_numbers(pieces: Sequence[Row]) -> Sequence[Row]:
    """Remove line numbers of a court's or a committee's transcript: figures below each other.

    A few are enough where they are in the margin, left of all text.
    """
    found = [piece for piece in pieces if piece.text.isdecimal() and len(piece.text) <= _DIGITS]
    margin = min((piece.x0 for piece in pieces if not piece.text.isdecimal()), default=0.0)
    gone: list[Row] = []
    while found:
        left = min(piece.x0 for piece in found)
        column = [piece for piece in found if piece.x0 < left + _NUMBERS_WIDE * piece.size]
        found = [piece for piece in found if piece not in column]
        figures = [int(piece.text) for piece in sorted(column, key=lambda piece: -piece.y)]
        steps = sum(b == a + 1 for a, b in pairwise(figures))
        apart = max(piece.x1 for piece in column) < margin and steps == len(figures) - 1 > 0
        if apart or steps >= max(_FEWEST_NUMBERED, 0.7 * len(figures)):
            gone += column
    return [piece for piece in pieces if piece not in gone]


def _in_order(pieces: Sequence[Row], width: float, *, column: int = 0) -> list[Row]:
    """Return the rows from top to bottom, one column after the other."""
    gutter = _find_gutter(pieces, width)
    if gutter is None:
        return [replace(row, column=column) for row in _join_rows(pieces)]
    ordered: list[Row] = []
    sides: tuple[list[Row], list[Row]] = ([], [])
    for piece in (*sorted(pieces, key=lambda piece: -piece.y), None):
        if piece and piece.x1 <= gutter + 2:
            sides[0].append(piece)
        elif piece and piece.x0 >= gutter - 2:
            sides[1].append(piece)
        else:
            for index, side in enumerate(sides, start=column):
                ordered += _in_order(side, width, column=index)
                side.clear()
            ordered += [replace(piece, column=column)] if piece else []
    return ordered


def _find_gutter(pieces: Sequence[Row], width: float) -> float | None:
    """Return where two columns meet: both have long rows, and few rows cross."""
    best, most = None, _COLUMN_SHARE
    starts = sorted({round(piece.x0) for piece in pieces}) if len(pieces) >= _COLUMN_ROWS else ()
    for x in starts:
        sides = [p for p in pieces if p.x1 <= x + 2], [p for p in pieces if p.x0 >= x - 2]
        share = sum(map(len, sides)) / len(pieces)
        if share <= most or min(map(len, sides)) < 0.25 * len(pieces):
            continue
        if min(median(p.x1 - p.x0 for p in side) for side in sides) > _COLUMN_WIDTH * width:
            best, most = float(x), share
    return best


def _join_rows(pieces: Iterable[Row]) -> Iterator[Row]:
    """Join pieces on one baseline; a wide gap is a tab, as between a name and words."""
    rows: list[list[Row]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        last = rows[-1][-1] if rows else None
        if last and last.y - piece.y <= 0.5 * min(last.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for group in rows:
        row, *others = sorted(group, key=lambda piece: piece.x0)
        for piece in others:
            space = (piece.x0 - row.x1) / row.size
            gap = "\t" if space > _TAB_GAP else " " if space > _SPACE_GAP else ""
            longer = max(row, piece, key=lambda one: len(one.text))
            runs = (*row.runs, (gap, False, False), *piece.runs)
            x1 = max(row.x1, piece.x1)
            row = replace(longer, x0=row.x0, x1=x1, runs=runs)
        yield row


def _body_size(rows: Iterable[Row]) -> float:
    """Return the size of most of the type, in points."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _furniture(sheets: Sequence[Sequence[Row]]) -> dict[int, str]:
    """Return why rows at the edges are not text: they recur, apart from figures, or are numbers.

    What is printed at the foot of a page and again at the head of the next is text, once.
    """
    alike: defaultdict[str, list[Row]] = defaultdict(list)
    heads: set[int] = set()
    inner: set[str] = set()
    for rows in sheets:
        by_height = sorted(rows, key=lambda row: -row.y)
        count = min(_EDGE_ROWS, max(1, len(rows) // 2))
        for place, row in enumerate(by_height):
            shape = _COUNT.sub("#", row.text.casefold())
            if count <= place < len(rows) - count:
                inner.add(shape)
            else:
                alike[shape].append(row)
                heads |= {row.number} if place < count else set()
    reasons: dict[int, str] = {}
    for shape, edge in alike.items():
        counts = not any(c.isalpha() for c in shape.replace("page", "").replace("of", ""))
        if [row.number in heads for row in edge] == [False, True]:
            reasons[edge[1].number] = "printed again"
            continue
        often = len({row.page for row in edge}) >= max(2, _EDGE_SHARE * len(sheets))
        if often and (counts or shape not in inner):
            reason = "page number" if counts else "running head or foot"
            reasons |= {row.number: reason for row in edge}
    return reasons


def _footnotes(sheets: Sequence[Sequence[Row]], body: float) -> dict[int, str]:
    """Return the rows of small type at the foot of a column, from the first footnote mark on."""

    def is_small(row: Row) -> bool:
        return row.size <= _SMALL * body or not any(map(str.isalpha, row.text))

    reasons: dict[int, str] = {}
    for rows in sheets:
        for column in {row.column for row in rows}:
            from_below = (row for row in reversed(rows) if row.column == column)
            lowest = list(takewhile(is_small, from_below))[::-1]
            starts = (i for i, row in enumerate(lowest) if _NOTE.match(row.text))
            reasons |= {row.number: "footnote" for row in lowest[next(starts, len(lowest)) :]}
    return reasons


def _blocks(rows: Sequence[Row]) -> list[list[Line]]:
    """Return the rows as lines; a wide gap, or type of another size, ends a block.

    A line is indented where its row starts to the right of most rows of its column, and less than
    those where it starts to the left.
    """
    body = _body_size(rows)
    pitch = _pitch(rows, body)
    lefts = _lefts(rows)
    largest = max((row.size for row in rows if row.page == rows[0].page), default=0.0)
    blocks: list[list[Line]] = []
    for above, row in zip([None, *rows], rows, strict=False):
        gap = above.y - row.y if above and _is_below(above, row) else 0.0
        if not above or abs(above.size - row.size) > 1.0 or gap > _WIDE_GAP * pitch:
            blocks.append([])
        level = 1 if row.page == rows[0].page and row.size == largest else 2
        is_heading = row.size >= _HEADING * body
        offset = (row.x0 - lefts[row.page, row.column]) / body
        indent = _MARGIN + _INDENT * ((offset > _FLUSH) - (offset < -_FLUSH))
        line = Line(row.number, page=row.page, heading=level * is_heading)
        for index, (text, bold, italic) in enumerate(row.runs):
            line.add(text if index else " " * indent + text, bold=bold, italic=italic)
        blocks[-1].append(line)
    return blocks


def _is_below(above: Row, row: Row) -> bool:
    return (above.page, above.column) == (row.page, row.column) and above.y > row.y


def _pitch(rows: Sequence[Row], body: float) -> float:
    """Return the distance of baselines inside a paragraph: the smallest that is not rare."""
    gaps = [round(a.y - b.y) for a, b in pairwise(rows) if _is_below(a, b)]
    steps = Counter(gap for gap in gaps if 0.9 * body <= gap <= 3.2 * body)
    common = [step for step, count in steps.items() if count >= max(2.0, 0.12 * steps.total())]
    return min(common, default=1.2 * body)


def _lefts(rows: Sequence[Row]) -> dict[tuple[int, int], int]:
    """Return where most rows of a column start, by page and column."""
    starts: defaultdict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for row in rows:
        for page in (0, row.page):  # 0: all pages, for those with few rows
            starts[page, row.column][round(row.x0)] += 1
    usual = {place: counts.most_common(1)[0] for place, counts in starts.items()}
    return {
        (page, column): left if count >= _EDGE_ROWS else usual[0, column][0]
        for (page, column), (left, count) in usual.items()
    }
