"""What databases of the press, and viewers of documents, print around a transcript.

Factiva, LexisNexis and Nexis Uni; DocPlayer and the like, which show a file that somebody sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.records import Dropped, Paragraph

_REASON = "frame of a database"
_LEAD, _NEAR, _FOOT_WORDS = 60, 12, 400
_DAY = r"(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},) \d{4}"
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)", re.I)
# Factiva's codes: "HD A headline", "WC 660 words", "LP", and below "NS ...", "AN Document ..."
_CODED_LENGTH = re.compile(r"(?:^|\s)WC\s+[\d,]+ words\b")
_CODED_DAY = re.compile(rf"(?:^|\s)PD\s+({_DAY})\b")
_CODED_TITLE = re.compile(r"(?:^|\s)HD\s+(\S.*?)(?=\s(?:BY|CR|WC) |$)")
_CODED_SOURCE = re.compile(r"(?:^|\s)SN\s+(\S.*?)(?=\s(?:SC|PG|LA|CY) |$)")
_TEXT_CODE = re.compile(r"^(?:LP|TD)(?:\s+|$)")
_HEAD_CODE = re.compile(r"^(?:SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX)(?:\s|$)")
_FOOT_CODE = re.compile(r"^(?:CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|AN|ART|CLM)(?:\s|$)")
_NUMBERED = re.compile(r"(?:^|\s)Document [A-Z]{2,10}\d{8,}\w*\s*$")
_INITIALS = re.compile(r"^[a-z]{2,3}(?:[ /][a-z]{2,3}){0,3}$")
# what it prints without codes: "660 words", "12 March 2013"
_LENGTH, _ON_DAY = re.compile(r"^[\d,]+ words$"), re.compile(rf"^({_DAY})$")
# LexisNexis, old and new
_LEXIS_LENGTH = re.compile(r"^length\s*:\s*[\d,]+ words\b", re.I)
_LEXIS_FIELD = re.compile(
    r"^(?P<name>show|anchors?|hosts?|byline|reporters?|guests?|section|length|dateline|headline)"
    r"\s*:\s*(?P<value>.*)$",
    re.I,
)
_BELOW_LENGTH = re.compile(
    r"^(?:highlight\s*:.*|body\s*:?|(?:byline|dateline|section|guests?|anchors|reporters)\s*:"
    r".*[^.?!])$",
    re.I,
)
_ALONE = re.compile(r"^1 of 1 documents?$", re.I)
_LEXIS_FOOT = re.compile(r"^(?:load-date\s*:|end of document$)", re.I)
_LEXIS_DATED = re.compile(rf"^({_DAY})\b.{{0,40}}$")
_IN_FOOT = re.compile(
    r"^(?:language|document-type|publication-type|journal[- ]code|subject|classification|graphic|"
    r"industry|geographic|company|organization|person|correction-date)\s*:",
    re.I,
)
# DocPlayer and its kin
_DISPLAY = re.compile(r"^start display at page\s*:?$", re.I)
_DOWNLOAD = re.compile(r"^download [“\"](.{3,200}?)\.?[”\"]$", re.I)
_TRANSCRIPTION = re.compile(r"^transcription\W*$", re.I)
_SIMILAR = re.compile(r"^similar documents$", re.I)


@dataclass(frozen=True)
class _Frame:
    """Where the text starts and ends, and what the frame says of it."""

    start: int
    end: int
    metadata: dict[str, str] = field(default_factory=dict)
    coded: bool = False


def strip_database_frame(
    paragraphs: Sequence[Paragraph],
) -> tuple[dict[str, str], list[Paragraph], list[Dropped]]:
    """Take off the head and the foot that a database has put around one text.

    Returns:
        What they say of it, the paragraphs of the text, and what was taken off.
    """
    texts = [paragraph.text for paragraph in paragraphs]
    frame = _coded(texts) or _uncoded(texts) or _lexis(texts) or _viewer(texts)
    if frame is None:
        return {}, list(paragraphs), []
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for index, paragraph in enumerate(paragraphs):
        within = frame.start <= index < frame.end
        code = _TEXT_CODE.match(paragraph.text) if within and frame.coded else None
        rest = paragraph.text[code.end() :] if code else paragraph.text
        if within and rest:
            bare = {"text": rest, "bold": (), "italic": ()}
            kept.append(paragraph.model_copy(update=bare) if code else paragraph)
        taken = code.group().strip() if code else "" if within else paragraph.text
        if taken:
            line, page = paragraph.line, paragraph.page
            dropped.append(Dropped(text=taken, reason=_REASON, line=line, page=page))
    return frame.metadata, kept, dropped


def _coded(texts: Sequence[str]) -> _Frame | None:
    """Factiva with its codes, of which length and day must stand near each other."""
    length = _first(_CODED_LENGTH, texts[:_LEAD])
    if length is None:
        return None
    top = texts[max(0, length - _NEAR) : length + _NEAR]
    day = next((found for text in top if (found := _CODED_DAY.search(text))), None)
    if day is None:
        return None
    start = length + 1
    while start < len(texts) and _HEAD_CODE.match(texts[start]):
        start += 1
    title, source = (
        next((found for text in top if (found := pattern.search(text))), None)
        for pattern in (_CODED_TITLE, _CODED_SOURCE)
    )
    metadata = {"date": day.group(1)}
    metadata |= {"title": title.group(1)} if title else {}
    metadata |= {"series": source.group(1)} if source else {}
    return _Frame(start, _factiva_foot(texts, start), metadata, coded=True)


def _uncoded(texts: Sequence[str]) -> _Frame | None:
    """Factiva without codes: a length, a day right below, rights, and a number at the foot."""
    length = _first(_LENGTH, texts[:_LEAD])
    if length is None or length + 1 >= len(texts) or not _any(_NUMBERED, texts):
        return None
    day = _ON_DAY.match(texts[length + 1])
    rights = _first(_COPYRIGHT, texts[length : length + _NEAR])
    if day is None or rights is None:
        return None
    start = length + rights + 1
    return _Frame(start, _factiva_foot(texts, start), {"date": day.group(1), "title": texts[0]})


def _factiva_foot(texts: Sequence[str], start: int) -> int:
    """Where the codes below the text begin, or its number, and the initials of who made it."""
    number = _first(_NUMBERED, texts[start:])
    if number is None:
        return len(texts)
    end = start + number
    while end > start and _FOOT_CODE.match(texts[end - 1]):
        end -= 1
    return end - 1 if end - 1 > start and _INITIALS.match(texts[end - 1]) else end


def _lexis(texts: Sequence[str]) -> _Frame | None:
    """LexisNexis: one length above the text, and "1 of 1 DOCUMENTS" or the day of loading."""
    lengths = [index for index, text in enumerate(texts) if _LEXIS_LENGTH.match(text)]
    foot = _first(_LEXIS_FOOT, texts)
    if len(lengths) != 1 or lengths[0] >= _LEAD:
        return None
    if foot is None and _any(_ALONE, texts[: lengths[0]]):
        foot = len(texts)
    if foot is None or foot < lengths[0]:
        return None
    start = lengths[0] + 1
    while start < foot and _BELOW_LENGTH.match(texts[start]):
        start += 1
    while foot > start and _IN_FOOT.match(texts[foot - 1]):
        foot -= 1
    if sum(len(text.split()) for text in texts[foot:]) > _FOOT_WORDS:
        return None
    return _Frame(start, foot, _lexis_fields(texts[:start]))


def _lexis_fields(head: Sequence[str]) -> dict[str, str]:
    fields = {
        found["name"].lower().rstrip("s"): found["value"]
        for text in head
        if (found := _LEXIS_FIELD.match(text))
    }
    days = [found.group(1) for text in head if (found := _LEXIS_DATED.match(text))]
    named = {
        "title": fields.get("headline", ""),
        "date": days[-1] if days else "",
        "series": fields.get("show", ""),
        "interviewer": fields.get("anchor", "") or fields.get("host", ""),
        "interviewee": fields.get("guest", ""),
    }
    return {key: value for key, value in named.items() if value}


def _viewer(texts: Sequence[str]) -> _Frame | None:
    """A viewer: "Start display at page:" and "Transcription" above, "Similar documents" below."""
    display, heading = (_first(pattern, texts[:_LEAD]) for pattern in (_DISPLAY, _TRANSCRIPTION))
    if display is None or heading is None or heading < display:
        return None
    similar = _first(_SIMILAR, texts[heading:])
    titles = [found.group(1) for text in texts[:heading] if (found := _DOWNLOAD.match(text))]
    end = len(texts) if similar is None else heading + similar
    return _Frame(heading + 1, end, {"title": titles[0]} if titles else {})


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> int | None:
    return next((index for index, text in enumerate(texts) if pattern.search(text)), None)


def _any(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    return _first(pattern, texts) is not None
