"""Lines that are numbered through, each with the label of who says it: ``12. Speaker 02: text``.

So transcription programs write one sentence a line, and sites show a text that is pasted there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.line_numbers import NOTHING, OPENS
from pipeline.records import Dropped

_LINE = re.compile(
    r"^[ \t]{0,12}(?P<number>\d{1,4})[.)]?[ \t]+"
    r"(?P<label>[^\W\d_][^:：\t]{0,40}?)\s?[:：]\s+(?P<said>\S.*)$"
)
_LEAST, _VOICES = 10, 2
_SHARE, _RECUR = 0.9, 0.8


def join_numbered_labels(
    lines: Sequence[str], *, first: int
) -> tuple[list[str], list[Dropped]] | None:
    """Take the numbers off, and put what one speaker says in lines that follow each other in one.

    None where the lines are not numbered one after the other, from the first label to the last, or
    where their labels do not recur, as the heads of a list do not. What stands below the last of
    them is the page's, and is dropped.

    Args:
        lines: of the whole text.
        first: number of the first line in the source.
    """
    found = [(i, match) for i, line in enumerate(lines) if (match := _LINE.match(line))]
    if len(found) < _LEAST or not _run_through([int(match["number"]) for _, match in found]):
        return None
    opened, last = found[0][0], found[-1][0]
    inside = sum(bool(line.strip()) for line in lines[opened : last + 1])
    counts = Counter(match["label"] for _, match in found)
    again = sum(count for count in counts.values() if count > 1)
    if len(found) < _SHARE * inside or len(counts) < _VOICES or again < _RECUR * len(found):
        return None
    joined = list(lines)
    label, before = "", opened
    for index, match in found:
        if match["label"] == label and not any(map(str.strip, joined[before + 1 : index])):
            joined[opened] += f" {match['said'].strip()}"
            joined[index] = ""
        else:
            joined[index] = f"{OPENS}{match['label']}: {match['said'].strip()}"
            opened, label = index, match["label"]
        before = index
    below = [i for i in range(last + 1, len(joined)) if joined[i].strip()]
    dropped = [
        Dropped(text=joined[i].strip(), reason="below the numbered lines", line=first + i)
        for i in below
    ]
    for index in below:
        joined[index] = NOTHING
    return joined, dropped


def _run_through(numbers: Sequence[int]) -> bool:
    """Nearly every number is the one before and one."""
    steps = [two - one for one, two in pairwise(numbers)]
    return steps.count(1) >= _SHARE * len(steps)
