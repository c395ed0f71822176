"""The colours of captions, which broadcasters give to the voices of a talk, one to each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

_FONT = re.compile(r"<font\b[^<>]*\bcolor\s*=\s*[\"']?(#?\w+)[^<>]*>|</font>", re.I)
_NAMES = {
    "": "white",
    "#ffffff": "white",
    "#ffff00": "yellow",
    "#00ffff": "cyan",
    "#00ff00": "green",
    "#ff0000": "red",
    "#ff00ff": "magenta",
    "#0000ff": "blue",
}
_SHARE, _CHANGES = 0.1, 4


def colour_lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a caption, each with the colour that its words begin in; "" for none."""
    colour = ""
    for line in lines:
        first: str | None = None
        end = 0
        for found in _FONT.finditer(line):
            if first is None and line[end : found.start()].strip():
                first = colour
            colour = (found.group(1) or "").lower()
            end = found.end()
        yield line, colour if first is None and line[end:].strip() else first or ""


def voices_by_colour(colours: Sequence[str]) -> list[str | None]:
    """Return who speaks each line, called by its colour; nobody where colours tell no voices.

    Two colours at least have a good share of the lines, and take turns.
    """
    named = [_NAMES.get(colour, colour) for colour in colours]
    common = {one for one, n in Counter(named).items() if n >= _SHARE * len(named)}
    main = [one for one in named if one in common]
    changes = sum(a != b for a, b in pairwise(main))
    if len(common) < 2 or changes < _CHANGES:
        return [None] * len(named)
    return [f"{one} voice" for one in named]
