"""Debates whose lines are tagged, ``<SPEAKER ID=1 NAME="...">``, and whose tags never close."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.content import Content, clean
from pipeline.records import Dropped, GivenTurn

_SPEAKER = re.compile(
    r"^<SPEAKER\b[^<>]*?\bNAME=(?:\"(?P<double>[^\"<>]+)\"|'(?P<single>[^'<>]+)'|(?P<bare>[^\s<>]+))"
    r"[^<>]*>\s*$",
    re.I,
)
_CHAPTER = re.compile(r"^<CHAPTER\b[^<>]*>\s*$", re.I)
_PARAGRAPH = re.compile(r"^<P(?:\s[^<>]*)?>\s*$", re.I)
_NUMBER = re.compile(r"^\d{1,3}\.\s+")
_STAGE = re.compile(r"^\([^()]+\)$")
# for whom somebody speaks, and in which language: "Member of the Commission. - (FR) ..."
_OFFICE = re.compile(
    r"^(?:[^.?!]{0,60}\b(?:on behalf of|author|chair|commission(?:er)?|council|draftsman|"
    r"in writing|member|minister|(?:vice-)?president|rapporteur|representative)\b"
    r"[^?!]{0,80}?\.\s*[-–—]+\s+)?"
    r"(?:[-–—]+\s*)?(?:\([A-Z]{2}\)\s+)?",
    re.I,
)
_FEWEST = 2


def read_speaker_tags(lines: Sequence[str]) -> Content | None:
    """Return the turns of a debate so tagged; None where it is not.

    The office and the language that open a speech are no part of it, nor are headings of chapters
    and what stands on a line in brackets.
    """
    if sum(bool(_SPEAKER.match(line)) for line in lines) < _FEWEST:
        return None
    content = Content([])
    speaker: str | None = None
    start, said = 0, [""]
    for number, line in enumerate([*lines, "<CHAPTER>"], start=1):
        text = clean(line)
        found, chapter = _SPEAKER.match(line), _CHAPTER.match(line)
        if found or chapter:
            content.turns.extend(_turn(speaker, said, start))
            speaker = clean("".join(map(str, filter(None, found.groups())))) if found else None
            start, said = number, [""]
        elif _PARAGRAPH.match(line):
            said.append("")
        elif text and (speaker is None or _STAGE.match(text)):
            reason = "heading" if speaker is None else "stage direction"
            content.dropped.append(Dropped(text=text, reason=reason, line=number))
            if speaker is None:
                content.metadata.setdefault("title", _NUMBER.sub("", text))
        elif text:
            said[-1] = f"{said[-1]} {text}".strip()
    return content


def _turn(speaker: str | None, said: Sequence[str], line: int) -> list[GivenTurn]:
    first, *rest = said
    if office := _OFFICE.match(first):
        first = first[office.end() :]
    text = "\n\n".join(paragraph for paragraph in (first, *rest) if paragraph)
    return [GivenTurn(speaker=speaker, text=text, line=line)] if speaker and text else []
