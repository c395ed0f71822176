"""Title, date and language of an interview: what the index, the file and the text say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.ingest.dates import find_date
from pipeline.records import Source
from pipeline.turns.datelines import find_dateline, find_dateline_outside
from pipeline.turns.doubts import say_dated, say_undated
from pipeline.turns.language import JUDGED, detect_language, tag_of
from pipeline.turns.segments import Segment

_NAME_WORDS, _TITLE_WORDS, _TITLE_TIMES = 3, 20, 4


def date_of(
    source: Source, known: Mapping[str, str], segments: Sequence[Segment]
) -> tuple[str | None, list[str]]:
    """What the metadata say, else what a line around the talk does; and what is doubtful of it."""
    if known.get("date"):
        date = find_date(known["date"])
        return date, [] if date else [say_undated(source, known["date"])]
    spoken = [part.index for segment in segments for part in segment.parts]
    line = find_dateline(source.paragraphs, spoken, title=known.get("title", ""))
    if line is None:
        start = min((part.line for segment in segments for part in segment.parts), default=1)
        line = find_dateline_outside(source.dropped, before=start)
    return (None, []) if line is None else (line.day, [say_dated(source, line)])


def language_of(
    segments: Sequence[Segment], known: Mapping[str, str], index: Mapping[str, str]
) -> str:
    """What the index says, else what the words are in, else what the file says."""
    said = tag_of(index.get("language"))
    found = said or detect_language(" ".join(segment.text for segment in segments))
    return found or tag_of(known.get("language")) or JUDGED


def first_title(source: Source) -> str | None:
    """A first paragraph that is a heading, or is printed again below as titles are.

    A name alone on its line recurs as well: it is shorter, or recurs more often.
    """
    if not source.paragraphs:
        return None
    first = source.paragraphs[0]
    words = len(first.text.split())
    times = sum(paragraph.text == first.text for paragraph in source.paragraphs)
    repeated = words > _NAME_WORDS and 1 < times <= _TITLE_TIMES
    repeated = repeated and ":" not in first.text and not first.text.endswith("?")
    return first.text if words <= _TITLE_WORDS and (first.heading == 1 or repeated) else None
