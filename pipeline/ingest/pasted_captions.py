"""Captions pasted as text: with a time on a line of its own, or before the words; or bare.

Those with a time before the words, and bare ones, are narrow lines, in which ``>>`` opens what each
voice says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.subtitles import Said, join_captions
from pipeline.records import Dropped

_TIME = re.compile(r"^\s*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\s*$")
_TIMED = re.compile(
    r"^\s*[\[(](?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:\.\d{1,3})?[\])]\s+(?P<said>\S.*)$"
)
_CHAPTER = re.compile(r"^\s*(?:\d{1,2}:)?\d{1,2}:\d{2}\s+(\S.*?)\s*$")
_NOTE = re.compile(r"^\s*[\[(♪][^\])]*[\])♪]?\s*$")
_LEAST = 10
_SHARE = 0.3
_WORDS = 15
_GAP = 600.0
_MORE, _FEW = 3, 0.1
_CHEVRONS = re.compile(r"^\s*>>+\s*\S")
_VOICES, _NARROW, _WIDTHS = 6, 42, 0.95
Time = tuple[int, float]


def read_pasted_captions(lines: Sequence[str]) -> Content | None:
    """Read lines in which times alternate with a few words; None where they do not.

    What stands above the first time and below the last caption is the page's and is dropped, and
    so are the titles of chapters that the page lists above.

    Args:
        lines: of the whole text.
    """
    rising = _rising([(i, _seconds(line)) for i, line in enumerate(lines) if _TIME.match(line)])
    times = _without_list(lines, rising)
    if len(times) < _LEAST:
        return None
    first, stop = times[0][0], _below_last(lines, times)
    inside = [line for line in lines[first:stop] if line.strip()]
    if len(times) < _SHARE * len(inside):
        return None
    chapters = {match.group(1) for line in lines[:first] if (match := _CHAPTER.match(line))}
    dropped = [*_page(lines, 0, first, "above the first caption")]
    said: list[Said] = []
    for (index, start), (end, until) in pairwise([*times, (stop, times[-1][1])]):
        for number in range(index + 1, end):
            text = clean(mend(lines[number]))
            if _NOTE.match(text):
                dropped.append(Dropped(text=text, reason="no speech", line=number + 1))
            elif text in chapters:
                dropped.append(Dropped(text=text, reason="title of a chapter", line=number + 1))
            elif text.strip():
                said.append(Said(text, number + 1, start, until))
    if not said or median(len(line.text.split()) for line in said) > _WORDS:
        return None
    dropped += _page(lines, stop, len(lines), "below the last caption")
    return Content(join_captions(said), dropped=dropped)


def read_timed_captions(lines: Sequence[str]) -> Content | None:
    """Read narrow lines with a time before each, in which ``>>`` opens voices; None where not.

    Args:
        lines: of the whole text.
    """
    found = [(i, match) for i, line in enumerate(lines) if (match := _TIMED.match(line))]
    texts = [clean(mend(match["said"])) for _, match in found]
    voices = sum(">>" in text for text in texts)
    widths = sorted(map(len, texts))
    if len(found) < _LEAST or voices < _VOICES or widths[int(_WIDTHS * len(widths))] > _NARROW:
        return None
    times = [_in_seconds(match.groups()[:3]) for _, match in found]
    first, last = found[0][0], found[-1][0]
    if sum(bool(line.strip()) for line in lines[first : last + 1]) != len(found):
        return None
    dropped = [*_page(lines, 0, first, "above the first caption")]
    said: list[Said] = []
    for text, (number, _), start, end in zip(
        texts, found, times, [*times[1:], times[-1]], strict=True
    ):
        if _NOTE.match(text.removeprefix(">>").strip()):
            dropped.append(Dropped(text=text, reason="no speech", line=number + 1))
        else:
            said.append(Said(text, number + 1, start, max(start, end)))
    dropped += _page(lines, last + 1, len(lines), "below the last caption")
    return Content(join_captions(said), dropped=dropped)


def read_bare_captions(lines: Sequence[str]) -> Content | None:
    """Read narrow lines in which ``>>`` opens each voice; None where they are not so.

    Args:
        lines: of the whole text.
    """
    marked = [index for index, line in enumerate(lines) if _CHEVRONS.match(line)]
    widths = sorted(len(line.strip()) for line in lines if line.strip())
    if len(marked) < _VOICES or widths[int(_WIDTHS * (len(widths) - 1))] > _NARROW:
        return None
    first = marked[0]
    above = lines[first - 1] if first else ""
    begin = 0 if above.strip() and not _NOTE.match(above) else first
    dropped = [*_page(lines, 0, begin, "above the first caption")]
    said: list[Said] = []
    for number in range(begin, len(lines)):
        text = clean(mend(lines[number]))
        if _NOTE.match(text):
            dropped.append(Dropped(text=text, reason="no speech", line=number + 1))
        elif text.strip():
            said.append(Said(text, number + 1, 0.0, 0.0))
    paragraphs = [one.model_copy(update={"start_s": None, "end_s": None})
                  for one in join_captions(said)]  # fmt: skip
    return Content(paragraphs, dropped=dropped)


def _rising(times: Sequence[Time]) -> list[Time]:
    """The times up to the first that goes back or far ahead, as those of other videos do."""
    kept = list(times[:1])
    for one in times[1:]:
        if not kept[-1][1] <= one[1] <= kept[-1][1] + _GAP:
            break
        kept.append(one)
    return kept


def _without_list(lines: Sequence[str], times: Sequence[Time]) -> list[Time]:
    """The times up to the few below many lines at once: they are of the videos that come next."""
    if len(times) < _LEAST:
        return list(times)
    counts, few = _line_counts(lines, times), max(1, int(_FEW * len(times)))
    usual = max(1, Counter(counts).most_common(1)[0][0])
    ends = (i for i, n in enumerate(counts, start=1) if n > usual + _MORE and len(times) - i <= few)
    return list(times[: next(ends, len(times))])


def _line_counts(lines: Sequence[str], times: Sequence[Time]) -> list[int]:
    """How many lines of words stand below each time but the last."""
    return [
        sum(bool(line.strip()) for line in lines[a + 1 : b]) for (a, _), (b, _) in pairwise(times)
    ]


def _below_last(lines: Sequence[str], times: Sequence[Time]) -> int:
    """Index of the line below the last caption, which has no more lines than most have."""
    counts = Counter(_line_counts(lines, times))
    usual, last = max(1, counts.most_common(1)[0][0]), times[-1][0]
    filled = [i for i in range(last + 1, len(lines)) if lines[i].strip()]
    return filled[usual] if len(filled) > usual else len(lines)


def _page(lines: Sequence[str], start: int, end: int, reason: str) -> Iterator[Dropped]:
    for number in range(start, end):
        if lines[number].strip():
            yield Dropped(text=lines[number].strip(), reason=reason, line=number + 1)


def _seconds(line: str) -> float:
    found = _TIME.match(line)
    return _in_seconds(found.groups() if found else (None, "0", "0"))


def _in_seconds(time: Sequence[str | None]) -> float:
    hours, minutes, seconds = (part or 0 for part in time)
    return 3600.0 * int(hours) + 60 * int(minutes) + int(seconds)
