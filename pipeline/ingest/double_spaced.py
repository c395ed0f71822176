"""Text set with an empty line below each printed line, as some converters leave it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.line_numbers import NOTHING
from pipeline.ingest.reflow import LABEL_START, ends_line

_STEP = 2
_FEWEST, _NEARLY_ALL, _OPEN, _LOWER = 30, 0.9, 0.5, 0.3
_NARROW, _WIDE = 40, 90
_FULL, _LONG = 0.85, 0.5


def close_up(lines: Sequence[str]) -> list[str] | None:
    """Return the lines without the empty ones that part no paragraphs; None where few stand so.

    Nearly all lines have one empty line below, they are of one width, and half of them stop in the
    middle of a sentence. A paragraph ends at a line that ends a sentence before the margin, and
    above a label, a rule or a line in capitals.

    Args:
        lines: of the whole text.
    """
    words = [index for index, line in enumerate(lines) if line.strip() and line != NOTHING]
    pairs = list(pairwise(words))
    if len(pairs) < _FEWEST:
        return None
    apart = sum(two - one == _STEP for one, two in pairs)
    texts = [(lines[one].strip(), lines[two].strip()) for one, two in pairs]
    widths = sorted(len(one) for one, _ in texts)
    width = widths[int(_NEARLY_ALL * (len(widths) - 1))]
    opened = sum(not ends_line(one) for one, _ in texts)
    lower = sum(two[0].islower() for _, two in texts)
    if (
        apart < _NEARLY_ALL * len(pairs)
        or not _NARROW <= width <= _WIDE
        or opened < _OPEN * len(pairs)
        or lower < _LOWER * len(pairs)
    ):
        return None
    closed = list(lines)
    for (one, two), (above, below) in zip(pairs, texts, strict=True):
        least = _FULL if ends_line(above) else _LONG
        apart_set = _is_set_apart(above) or _is_set_apart(below) or LABEL_START.match(below)
        if two - one == _STEP and len(above) >= least * width and not apart_set:
            closed[one + 1] = NOTHING
    return closed


def _is_set_apart(line: str) -> bool:
    """In capitals, or nothing but signs."""
    return line == line.upper()
