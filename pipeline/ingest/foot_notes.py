"""Footnotes that plain text kept from the feet of its pages, below a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.records import Dropped

_RULE = re.compile(r"^\s*[_‗—–-]{5,}\s*$")
_NOTE = re.compile(r"^\s{0,12}[\[(]?(?P<mark>\d{1,3})[\])]?[.)]?\s+(?=\S*[^\W\d_])")
# "rules.8", "Lake2", "purposes”.2"; else behind a figure's full stop, "in ’97.4"
_BEHIND_WORD = (
    r"(?:(?<=[^\W\d_]{{3}})|(?<=[^\W\d_][.,;:?!”\"’)\]])|"
    r"(?<=[^\W\d_][.,;:?!”\"’)\]]{{2}})){}(?![\d.,]\d|\w)"
)
_BEHIND_FIGURE = r"(?<=\d[.,;:?!”\"’)\]]){}(?=\s|$)"


def strip_foot_notes(lines: Sequence[str], *, first: int) -> tuple[list[str], list[Dropped]]:
    """Take out the notes below each rule, and the marks in the text above that lead to them.

    The first line below such a rule opens a note, and a mark of each note stands behind a word
    above it; a list that somebody counts out has none. Notes go as far as the next empty line.

    Args:
        lines: of the whole text.
        first: number of the first of them in the source.

    Returns:
        The lines, as many as before, and what was dropped.
    """
    stripped = list(lines)
    dropped: list[Dropped] = []
    above = 0
    for rule, start, stop in _blocks(lines):
        text = _without_marks(stripped[above:rule], list(_marks(lines[start:stop])))
        if text is None:
            continue
        stripped[above:stop] = [*text, *[""] * (stop - rule)]
        dropped += [
            Dropped(text=line.strip(), reason="footnote", line=number + first)
            for number, line in enumerate(lines[start:stop], start=start)
        ]
        above = stop
    return stripped, dropped


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where each rule stands that a note follows, and where the lines below it start and stop."""
    for rule, line in enumerate(lines):
        if not _RULE.match(line):
            continue
        filled = (i for i in range(rule + 1, min(rule + 3, len(lines))) if lines[i].strip())
        start = next(filled, len(lines))
        if start == len(lines) or not _NOTE.match(lines[start]):
            continue
        empty = (i for i in range(start, len(lines)) if not lines[i].strip())
        yield rule, start, next(empty, len(lines))


def _marks(lines: Sequence[str]) -> Iterator[str]:
    """The numbers of the notes; a line that a number opens out of their order goes on with one."""
    last = 0
    for line in lines:
        if (note := _NOTE.match(line)) and (not last or int(note["mark"]) == last + 1):
            last = int(note["mark"])
            yield note["mark"]


def _without_marks(lines: Sequence[str], marks: Sequence[str]) -> list[str] | None:
    """The lines without the marks; None where one of these stands nowhere in them."""
    text = "\n".join(lines)
    for mark in marks:
        kinds = (re.compile(kind.format(mark)) for kind in (_BEHIND_WORD, _BEHIND_FIGURE))
        found = next((match for kind in kinds if (match := kind.search(text))), None)
        if found is None:
            return None
        text = text[: found.start()] + text[found.end() :]
    return text.split("\n")
