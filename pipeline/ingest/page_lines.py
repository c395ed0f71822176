"""Running heads and feet that plain text kept from its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.ingest.line_numbers import NOTHING
from pipeline.ingest.reflow import LABEL_START
from pipeline.ingest.release_stamps import find_stamps
from pipeline.records import Dropped

_WIDE = r"(?:[ ]{3,}|[ ]*\t\s*)"
# words far from the page's number, on either side, or "Page 3 of 12" with words around, or the
# number far from the margin, alone, or right before words in capitals
_NUMBERED = (
    re.compile(rf"^\s*(?P<words>\S+ \S.{{0,120}}?){_WIDE}(?P<number>\d{{1,4}})\s*$"),
    re.compile(rf"^\s*(?P<number>\d{{1,4}}){_WIDE}(?P<words>\S+ \S.{{0,120}}?)\s*$"),
    re.compile(
        r"^\W{0,12}(?P<words>(?:[^\W_].{0,100}?\W)?)page\s+(?P<number>\d{1,4})"
        r"(?:\s*(?:of|/)\s*\d{1,4})?(?P<rest>\W.{0,240})?$",
        re.I,
    ),
    re.compile(rf"^(?P<words>){_WIDE}(?P<number>\d{{1,4}})\s*$"),
    re.compile(r"^\s*(?P<number>\d{1,4}) (?P<words>[^a-zß-ÿ]{8,80})\s*$"),
)
# flush left, where a number may also stand above what it counts
_BARE = re.compile(r"^(?P<number>\d{1,4})\s*$")
_SENTENCE_END = re.compile(r"[.?!:…][\"'”’)\]*_]*$")
_FEWEST, _OFTEN_FED = 3, 2
_RISING = 0.8
_BESIDE, _CUT = 0.6, 0.4
_NEAR = 6


def strip_page_lines(lines: Sequence[str], *, first: int) -> tuple[list[str], list[Dropped]] | None:
    """Take out the lines that recur with the number of each page, those by them, and stamps.

    A paragraph that a page's end cuts in the middle of a sentence goes on below it.

    Args:
        lines: of the whole text.
        first: number of the first of them in the source.

    Returns:
        The lines, as many as before, and what was dropped; None where no page has its number, or
        a stamp, or opens with a head.
    """
    found = _find_numbered(lines)
    found |= _find_beside(lines, found) | _find_fed(lines) | _find_bare(lines)
    found |= find_stamps(lines)
    if not found:
        return None
    stripped = list(lines)
    for start, end in _clusters(lines, found):
        before, after = lines[start - 1 : start], lines[end : end + 1]
        goes_on = bool(before and after) and _goes_on(before[0], after[0])
        stripped[start:end] = [NOTHING if goes_on else ""] * (end - start)
    dropped = [
        Dropped(text=lines[index].strip(), reason="running head or foot", line=index + first)
        for index in sorted(found)
    ]
    return stripped, dropped


def _find_numbered(lines: Sequence[str]) -> set[int]:
    """Lines with the same words and a number that rises by one from each to the next."""
    groups: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for index, line in enumerate(lines):
        for kind, pattern in enumerate(_NUMBERED):
            if match := pattern.match(line):
                parts = match.groupdict()
                words = " ".join(f"{parts['words']} {parts.get('rest') or ''}".casefold().split())
                groups.setdefault((kind, words), []).append((index, int(parts["number"])))
                break
    found: set[int] = set()
    for group in groups.values():
        rises = sum(two[1] == one[1] + 1 for one, two in pairwise(group))
        if len(group) >= _FEWEST and rises >= _RISING * (len(group) - 1):
            found.update(index for index, _ in group)
    return found


def _find_bare(lines: Sequence[str]) -> set[int]:
    """Numbers alone on their lines that rise by one, and most of which cut a sentence in two."""
    bare = [
        (i, int(match["number"])) for i, line in enumerate(lines) if (match := _BARE.match(line))
    ]
    rises = sum(two[1] == one[1] + 1 for one, two in pairwise(bare))
    if len(bare) < _FEWEST or rises < len(bare) - 1:
        return set()
    around = [(_neighbour(lines, i, -1), _neighbour(lines, i, 1)) for i, _ in bare]
    cut = sum(
        _goes_on(lines[above], lines[below]) and lines[below].strip()[0].islower()
        for above, below in around
        if above is not None and below is not None
    )
    return {i for i, _ in bare} if cut > _CUT * len(bare) else set()


def _find_beside(lines: Sequence[str], numbered: set[int]) -> set[int]:
    """Lines that stand above or below most of the numbered ones, always in the same place."""
    pages = max(Counter(_shape(lines[i]) for i in numbered).values(), default=0)
    often = max(_FEWEST, _BESIDE * pages)
    found: set[int] = set()
    for step in (-1, 1):
        at = sorted(numbered)
        for _ in range(_NEAR):
            near = [place for i in at if (place := _neighbour(lines, i, step)) not in numbered]
            shapes = Counter(_shape(lines[place]) for place in near if place is not None)
            at = [i for i in near if i is not None and shapes[_shape(lines[i])] >= often]
            found.update(at)
    return found


def _find_fed(lines: Sequence[str]) -> set[int]:
    """Lines that open pages, behind form feeds, with the same words but for numbers."""
    fed = {i: _shape(line) for i, line in enumerate(lines) if line.startswith("\f")}
    often = Counter(shape for shape in fed.values() if shape)
    return {i for i, shape in fed.items() if often[shape] >= _OFTEN_FED}


def _neighbour(lines: Sequence[str], index: int, step: int) -> int | None:
    """The next line with words, upwards or downwards."""
    index += step
    while 0 <= index < len(lines):
        if lines[index].strip():
            return index
        index += step
    return None


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.casefold().split()))


def _clusters(lines: Sequence[str], found: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of the lines found and the empty ones around them: where they start and end."""
    index = 0
    for at in sorted(found):
        if at < index:
            continue
        start = end = at
        while start > index and not lines[start - 1].strip():
            start -= 1
        while end < len(lines) and (end in found or not lines[end].strip()):
            end += 1
        index = end
        yield start, end


def _goes_on(before: str, after: str) -> bool:
    """The line below a page's end goes on with the sentence above it, which is no rule."""
    worded = any(letter.isalpha() for letter in before)
    return (
        worded
        and not _SENTENCE_END.search(before.rstrip())
        and not LABEL_START.match(after.strip())
    )
