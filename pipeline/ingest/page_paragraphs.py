"""Lines of type to paragraphs: by gaps, indents, type, and words that would have fitted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from itertools import pairwise

from pipeline.ingest.content import Line
from pipeline.ingest.hyphens import find_words, join_hyphenated
from pipeline.ingest.reflow import LABEL_START, LIST_START
from pipeline.ingest.typelines import TypeLine
from pipeline.records import Paragraph

_ENDED = re.compile(r"[.?!:…][\"'”’)\]]*$")
_GAP = 1.28
_INDENT = 6.0
_COLUMN = 40.0
_SLACK = 0.04
_NOT_RARE = 0.25


def body_size(lines: Sequence[TypeLine]) -> float:
    """The size of most of the type, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def join_lines(lines: Sequence[TypeLine]) -> list[Paragraph]:
    """Join the lines of a text, in reading order, into paragraphs."""
    body = body_size(lines)
    pitch = _pitch(lines, body)
    words = find_words(line.text for line in lines)
    largest = max((line.size for line in lines if line.page == lines[0].page), default=0.0)
    title = largest if lines and _heading(lines[0], body) and lines[0].size == largest else None
    right_of = cache(partial(_right, lines))
    open_lines: list[Line] = []
    previous: TypeLine | None = None
    for line in lines:
        level = 1 if title == line.size and line.page == lines[0].page else _heading(line, body)
        fresh = Line(line.number, page=line.page, heading=level)
        for text, bold, italic in line.runs:
            fresh.add(text, bold=bold, italic=italic)
        if previous is None or _starts(
            previous, line, pitch=pitch, body=body, right=right_of(round(previous.x0))
        ):
            open_lines.append(fresh)
        else:
            join_hyphenated(open_lines[-1], fresh, words)
        previous = line
    return [p for line in open_lines if (p := line.paragraph())]


def _pitch(lines: Sequence[TypeLine], body: float) -> float:
    """From baseline to baseline inside a paragraph: the smallest step that is not rare.

    A list of contents may be set closer than the talk: its steps are few beside the commonest.
    """
    steps = [a.y0 - b.y0 for a, b in pairwise(lines) if a.page == b.page and a.y0 > b.y0]
    inner = sorted(step for step in steps if 0.9 * body <= step <= 3.2 * body)
    near = [sum(step <= other <= step + 0.08 * body for other in inner) for step in inner]
    least = max(2, 0.12 * len(inner), _NOT_RARE * max(near, default=0))
    return next(
        (step for step, count in zip(inner, near, strict=True) if count >= least), 1.2 * body
    )


def _right(lines: Sequence[TypeLine], left: float) -> float:
    """Where the lines of the column end that starts at a place."""
    ends = sorted(other.x1 for other in lines if abs(other.x0 - left) < _COLUMN)
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
        asked = before.text.endswith("?")
        return turned or asked or (ended and (labelled or indented)) or (fits and not lower)
    if before.y0 - line.y0 > _GAP * pitch:
        return True
    return turned or (ended and (labelled or indented)) or (fits and not lower)


def _set(line: TypeLine) -> bool:
    """Set in bold throughout, as a question may be."""
    return all(bold for text, bold, _ in line.runs if text.strip())
