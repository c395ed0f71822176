"""The frames of ProQuest, of viewers of documents, and of the Wayback Machine's toolbar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.frames import LEAD, Frame, first_group, first_match, told

_PROQUEST = re.compile(r"^proquest document (?:link|id)\b", re.I)
_FULL_TEXT = re.compile(r"^full text\s*:?$", re.I)
_DETAILS = re.compile(r"^(?:details|publication title\s*:.*|copyright\s*:.*)$", re.I)
_PUBLISHED = re.compile(r"^publication date\s*:\s*(\S.*)$", re.I)
_OF_SOURCE = re.compile(r"^publication title\s*:\s*(\S.*)$", re.I)
# DocPlayer and its kin
_DISPLAY = re.compile(r"^start display at page\s*:?$", re.I)
_DOWNLOAD = re.compile(r"^download [“\"](.{3,200}?)\.?[”\"]$", re.I)
_TRANSCRIPTION = re.compile(r"^transcription\W*$", re.I)
_SIMILAR = re.compile(r"^similar documents$", re.I)
# the toolbar, where its text was copied with the page
_WAYBACK = re.compile(r"^the wayback machine - https?://web\.archive\.org/", re.I)
_CAPTURES = re.compile(r"^(?:[\d,]+ captures?|about this capture|collected by)\b", re.I)
_STAMPS = re.compile(r"^timestamps?$", re.I)


def find_proquest(texts: Sequence[str]) -> Frame | None:
    """ "Full text" and a link to ProQuest above, "Details" below."""
    link = first_match(_PROQUEST, texts)
    full = first_match(_FULL_TEXT, texts[:LEAD])
    if link is None or full is None:
        return None
    foot = first_match(_DETAILS, texts[full:])
    end = len(texts) if foot is None else full + foot
    date, source = (first_group(one, texts[end:]) for one in (_PUBLISHED, _OF_SOURCE))
    return Frame(full + 1, end, told(title=texts[0], date=date, series=source))


def find_viewer(texts: Sequence[str]) -> Frame | None:
    """ "Start display at page:" and "Transcription" above, "Similar documents" below."""
    display, heading = (first_match(one, texts[:LEAD]) for one in (_DISPLAY, _TRANSCRIPTION))
    if display is None or heading is None or heading < display:
        return None
    similar = first_match(_SIMILAR, texts[heading:])
    end = len(texts) if similar is None else heading + similar
    return Frame(heading + 1, end, told(title=first_group(_DOWNLOAD, texts[:heading])))


def find_toolbar(texts: Sequence[str]) -> Frame | None:
    """What the archive says of its copies, down to its address or the line "Timestamps"."""
    top = texts[:LEAD]
    ends = [
        index for pattern in (_WAYBACK, _STAMPS) if (index := first_match(pattern, top)) is not None
    ]
    captured = first_match(_CAPTURES, top)
    if not ends or captured is None or captured > max(ends):
        return None
    return Frame(max(ends) + 1, len(texts))
