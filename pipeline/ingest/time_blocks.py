"""Speech in blocks below the times of a recording, in which speakers change without a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.fields import seconds
from pipeline.ingest.reflow import LABEL_START
from pipeline.records import Dropped, Paragraph

# "00:00:10:22 - 00:00:33:04", with the frames behind the seconds
_TIME = r"\d{2}:\d{2}:\d{2}"
_RANGE = re.compile(
    rf"^(?P<start>{_TIME})[:;.,]\d{{2,3}} (?:-->|[-–—]) (?P<end>{_TIME})[:;.,]\d{{2,3}}$"
)
_ASKED = re.compile(r"(?<=[^\W_]\?) (?=[^\W\d_a-z])")
_LEAST, _LABELLED = 8, 0.2


def part_time_blocks(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Dropped]]:
    """Give the blocks their times, and let what follows a question stand apart from it.

    Only where many blocks stand below such times, each in one paragraph, and few have labels.

    Returns:
        The paragraphs, and the lines of the times.
    """
    times = {i: found for i, one in enumerate(paragraphs) if (found := _RANGE.match(one.text))}
    blocks = {i + 1 for i in times if i + 1 < len(paragraphs) and i + 1 not in times}
    labelled = sum(bool(LABEL_START.match(paragraphs[i].text)) for i in blocks)
    if len(blocks) < _LEAST or labelled > _LABELLED * len(blocks):
        return list(paragraphs), []
    parted: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if index in times:
            continue
        if index not in blocks:
            parted.append(paragraph)
            continue
        found = times[index - 1]
        span = {"start_s": seconds(found["start"]), "end_s": seconds(found["end"])}
        parted += [
            paragraph.model_copy(update={**span, "text": text, "bold": (), "italic": ()})
            for text in _ASKED.split(paragraph.text)
        ]
    dropped = [
        Dropped(text=one.text, reason="time", line=one.line, page=one.page)
        for one in (paragraphs[index] for index in times)
    ]
    return parted, dropped
