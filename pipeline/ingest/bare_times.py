"""Times alone on lines, in the middle of what is said below ``Speaker 2 (00:07):``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.line_numbers import NOTHING
from pipeline.records import Dropped

_TIME = r"\((?:\d{1,2}:)?\d{1,2}:\d{2}\)"
_ALONE = re.compile(rf"^\s*{_TIME}:\s*$")
_LABELLED = re.compile(rf"^\s*[^\W_][^():]{{1,60}} {_TIME}:\s*$")
_LEAST = 3


def drop_bare_times(lines: Sequence[str], *, first: int) -> tuple[list[str], list[Dropped]]:
    """Take out lines that hold a time and a colon only, where labels have the same behind a name.

    Players print one every twenty seconds or so, wherever in a sentence that is.

    Args:
        lines: of the whole text.
        first: number of the first line in the source.
    """
    if sum(bool(_LABELLED.match(line)) for line in lines) < _LEAST:
        return list(lines), []
    bare = [index for index, line in enumerate(lines) if _ALONE.match(line)]
    kept = list(lines)
    for index in bare:
        kept[index] = NOTHING
    dropped = [Dropped(text=lines[i].strip(), reason="time", line=first + i) for i in bare]
    return kept, dropped
