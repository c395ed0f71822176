"""Who speaks when: words and speakers in two lists of one file, joined by their times.

Services that transcribe and tell voices apart in two steps write both lists: words, or sentences,
with their times, and spans of time with a speaker. The lists are found by what they hold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.ingest.columns import Table, seconds, speaker_label

SPEAKER = "speaker by time"
_OVERLAPPING = 8  # spans that may run at one time
_APART = 0.8  # of the spans start when no other does
_WORDS, _STOPS = 0.8, 0.02  # of the words of the longest list; of the cells end a sentence


class _Span(NamedTuple):
    start: float
    end: float
    speaker: str


def join_speakers(texts: Sequence[Table], rows: Sequence[Table]) -> Table | None:
    """Return the words of one list with a speaker by the times of another; None if there is none.

    Args:
        texts: tables with words.
        rows: tables read as if they had none.
    """
    spans = max(map(_find_spans, rows), key=len, default=[])
    timed = [one for one in texts if "start" in one.fields]
    if not spans or not timed:
        return None
    most = max(one.words for one in timed)
    timed = [one for one in timed if one.words >= _WORDS * most]
    # single words may lack the full stops that sentences have
    words = min(timed, key=lambda one: (not _has_stops(one), one.average))
    starts = [span.start for span in spans]
    records = []
    for (number, record), time in zip(words.records, _times(words), strict=True):
        who = _speaker(spans, starts, *time) if time else ""
        records.append((number, {**record, SPEAKER: who}))
    fields = {field: column.key for field, column in words.fields.items() if field != "role"}
    joined = Table(records, keys={}, name=words.name, fields={**fields, "speaker": SPEAKER})
    return joined if joined.voices > 1 else None


def _has_stops(table: Table) -> bool:
    return any(column.share(lambda cell: cell[-1] in ".?!") > _STOPS for column in table.said)


def _find_spans(table: Table) -> list[_Span]:
    """Return the spans of a table in order; those without an end last until the next one."""
    if table.voices < 2 or not {"speaker", "start"} <= table.fields.keys():
        return []
    cells = [speaker_label(cell) for cell in table.fields["speaker"].cells]
    found = [(*time, who) for time, who in zip(_times(table), cells, strict=True) if time and who]
    found.sort()
    if len({start for start, *_ in found}) < _APART * len(found):
        return []
    nexts = [start for start, *_ in found[1:]] + [float("inf")]
    return [_Span(start, following if end is None else end, who)
            for (start, end, who), following in zip(found, nexts, strict=True)]  # fmt: skip


def _times(table: Table) -> Iterator[tuple[float, float | None] | None]:
    """Yield start and end of each row, in the unit of the file; None where it has no start."""
    cells = {field: column.cells for field, column in table.fields.items()}
    for row in range(len(table.numbers)):
        start, end, span = (seconds(cells[field][row]) if field in cells else None
                            for field in ("start", "end", "duration"))  # fmt: skip
        if start is not None and end is None and span is not None:
            end = start + span
        yield None if start is None else (start, end)


def _speaker(
    spans: Sequence[_Span], starts: Sequence[float], start: float, end: float | None
) -> str:
    """Return who speaks for most of the time, or else next to it."""
    end = start if end is None else end
    last = bisect_right(starts, end)
    near = spans[max(0, last - _OVERLAPPING) : last + 1]
    # of two that meet at the start of a word the later one
    return max(reversed(near), key=lambda span: min(end, span.end) - max(start, span.start)).speaker
