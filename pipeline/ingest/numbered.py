"""Numbered lines, as courts, hearings and depositions print them: the lines without their numbers.

Each page counts its lines from 1, or one count goes through; "12:07" also names the page. A number
alone is a blank line, and what is between two pages is a running head, a foot or a page number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NUMBER = re.compile(r"[ \t\f]*(?:\d{1,5}:)?(\d{1,5})(?=[ \t]|$)")
_DIGITS = re.compile(r"\d+")
_FEWEST = 20  # numbered lines of a document
_SHARE = 0.55  # of its lines with words have a number
_FEWEST_IN_RUN = 3  # unless it counts from 1
_FLUSH, _INDENT = 2, 8  # columns: no more is no indent; what the others are set to
_OFTEN = 0.1  # of the lines of a page start at its margin

Run = list[tuple[int, int]]  # index and number of lines that are counted on


@dataclass(frozen=True)
class Numbered:
    """Numbered lines without their numbers.

    Attributes:
        lines: index and text of each line of the talk, "" for a blank one, indented alike where
            its page indents it.
        furniture: indices of running heads, feet and page numbers.
        paged: each page counts its own lines.
    """

    lines: list[tuple[int, str]]
    furniture: list[int]
    paged: bool


def strip_numbers(lines: Sequence[str]) -> Numbered | None:
    """Return the lines of a document without their numbers; None where they have none."""
    runs = _find_runs(lines)
    words = sum(bool(line.strip()) for line in lines)
    if sum(map(len, runs)) < max(_FEWEST, _SHARE * words):
        return None
    texts = {at: _blank_number(lines[at]) for run in runs for at, _ in run}
    margins = {at: margin for run in runs for margin in [_margin(texts, run)] for at, _ in run}
    furniture = _between(runs, lines)
    spaced = _is_spaced(runs)
    kept: list[tuple[int, str]] = []
    for at, line in enumerate(lines):
        if at in texts:
            text = texts[at]
            indent = len(text) - len(text.lstrip()) - margins[at]
            kept.append((at, " " * (_INDENT * (indent > _FLUSH)) + text.strip()))
        elif at not in furniture and (line.strip() or not spaced):
            kept.append((at, line))
    gone = sorted(at for at in furniture if lines[at].strip())
    return Numbered(kept, gone, paged=sum(run[0][1] == 1 for run in runs) > 1)


def _find_runs(lines: Sequence[str]) -> list[Run]:
    """Return the lines that are counted on, by page.

    A page number that happens to go on with the count is below the last line of all pages.
    """
    runs: list[Run] = [[]]
    for at, line in enumerate(lines):
        if found := _NUMBER.match(line):
            number = int(found[1])
            if not runs[-1] or number != runs[-1][-1][1] + 1:
                runs.append([])
            runs[-1].append((at, number))
    alone = [at for run in runs if len(run) == 1 for at, number in run if number == 1]
    runs = [run for run in runs if len(run) >= (2 if run and run[0][1] == 1 else _FEWEST_IN_RUN)]
    lasts = Counter(run[-1][1] for run in runs)
    last, count = lasts.most_common(1)[0] if lasts else (0, 0)
    if count > 1 and 2 * count >= len(runs):
        runs = [[line for line in run if line[1] <= last] for run in runs]
    runs = [run for run in runs if run]
    return runs + _last_page(runs, alone, lines)


def _last_page(runs: Sequence[Run], alone: Iterable[int], lines: Sequence[str]) -> list[Run]:
    """Return the last page if it has one line, no farther below the others than they are apart."""
    steps = [below[0][0] - above[-1][0] for above, below in pairwise(runs) if below[0][1] == 1]
    if not steps:
        return []
    end = runs[-1][-1][0]
    below = (at for at in alone if end < at <= end + max(steps))
    return [[(at, 1)] for at in below if _blank_number(lines[at]).strip()][:1]


def _blank_number(line: str) -> str:
    """The line with spaces in the place of its number, so that its columns stay."""
    line = line.replace("\f", "").expandtabs()
    found = _NUMBER.match(line)
    return " " * found.end() + line[found.end() :] if found else line


def _margin(texts: dict[int, str], run: Run) -> int:
    """Return the leftmost column at which several lines of a page start."""
    starts = Counter(len(t) - len(t.lstrip()) for at, _ in run if (t := texts[at]).strip())
    often = [start for start, n in starts.items() if n >= max(2, _OFTEN * starts.total())]
    return min(often or starts, default=0)


def _between(runs: Sequence[Run], lines: Sequence[str]) -> set[int]:
    """Return the lines between pages, and those before and after all that look like them."""
    found: set[int] = set()
    for above, below in pairwise(runs):
        found.update(range(above[-1][0] + 1, below[0][0]))
    shapes = {_DIGITS.sub("#", lines[at].strip()) for at in found}
    outside = (*range(runs[0][0][0]), *range(runs[-1][-1][0] + 1, len(lines)))
    return found | {at for at in outside if _DIGITS.sub("#", lines[at].strip()) in shapes}


def _is_spaced(runs: Sequence[Run]) -> bool:
    """Most lines are apart, by blank lines that say nothing."""
    steps = [b[0] - a[0] for run in runs for a, b in pairwise(run)]
    return sum(step > 1 for step in steps) > len(steps) / 2
