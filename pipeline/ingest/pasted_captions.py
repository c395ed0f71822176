"""Captions pasted as text: a time on a line of its own, and the words said then below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.subtitles import Said, join_captions
from pipeline.records import Dropped

_TIME = re.compile(r"^\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\s*$")
_NOTE = re.compile(r"^\s*[\[(♪][^\])]*[\])♪]?\s*$")
_LEAST = 10
_SHARE = 0.3
_WORDS = 15


def read_pasted_captions(lines: Sequence[str]) -> Content | None:
    """Read lines in which times alternate with a few words; None where they do not.

    What stands above the first time is the page's and is dropped.

    Args:
        lines: of the whole text.
    """
    times = [(index, _seconds(line)) for index, line in enumerate(lines) if _TIME.match(line)]
    filled = [line for line in lines if line.strip()]
    rising = all(a[1] <= b[1] for a, b in pairwise(times))
    if len(times) < _LEAST or len(times) < _SHARE * len(filled) or not rising:
        return None
    first = times[0][0]
    said: list[Said] = []
    dropped = [
        Dropped(text=line.strip(), reason="above the first caption", line=number)
        for number, line in enumerate(lines[:first], start=1)
        if line.strip()
    ]
    ends = [*times[1:], (len(lines), times[-1][1])]
    for (index, start), (stop, end) in zip(times, ends, strict=True):
        for number in range(index + 1, stop):
            text = clean(mend(lines[number]))
            if _NOTE.match(text):
                dropped.append(Dropped(text=text, reason="no speech", line=number + 1))
            elif text.strip():
                said.append(Said(text, number + 1, start, end))
    if not said or median(len(line.text.split()) for line in said) > _WORDS:
        return None
    return Content(join_captions(said), dropped=dropped)


def _seconds(line: str) -> float:
    found = _TIME.match(line)
    hours, minutes, seconds = found.groups() if found else (None, "0", "0")
    return 3600.0 * int(hours or 0) + 60 * int(minutes) + int(seconds)
