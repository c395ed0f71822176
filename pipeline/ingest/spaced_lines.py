"""Text copied with a blank line behind every printed line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.line_numbers import NOTHING
from pipeline.ingest.reflow import ends_line

_APART = re.compile(r"^(?:[(\[][^()\[\]]*[)\]]|[^a-zß-öø-ÿ]+)$")
_GAPS, _WIDE = 20, 45
_DENSE, _BROKEN = 0.1, 0.15
_PRINT, _MOSTLY = 170, 0.95


def join_spaced_lines(lines: Sequence[str]) -> list[str] | None:
    """Forget single blank lines where they stand between the lines of one paragraph.

    So they do where next to no two lines stand together, none is wider than print, and many break
    off in mid-sentence; else nothing is returned. Two blank lines stay, as bounds of paragraphs,
    and those beside a direction or a heading in capitals: "(Laughter)", "PROCEEDINGS".
    """
    filled = [index for index, line in enumerate(lines) if line.strip() and line != NOTHING]
    gaps = list(pairwise(filled))
    single = [(a, b) for a, b in gaps if b - a == 2]
    dense = sum(b - a == 1 for a, b in gaps)
    broken = sum(_is_broken(lines[a], lines[b]) for a, b in single)
    widths = sorted(len(lines[index].strip()) for index in filled)
    if not widths or widths[int(_MOSTLY * (len(widths) - 1))] > _PRINT:
        return None
    if len(single) < _GAPS or dense > _DENSE * len(gaps) or broken < _BROKEN * len(single):
        return None
    blank = {a + 1 for a, b in single if not _is_apart(lines[a]) and not _is_apart(lines[b])}
    return [NOTHING if index in blank else line for index, line in enumerate(lines)]


def _is_apart(line: str) -> bool:
    return bool(_APART.match(line.strip()))


def _is_broken(line: str, below: str) -> bool:
    """Whether a line as wide as print breaks off before one that opens in lower case."""
    wide = len(line.strip()) >= _WIDE
    return wide and not ends_line(line.strip()) and below.strip()[0].islower()
