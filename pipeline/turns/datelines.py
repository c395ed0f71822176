"""The day of a talk, where no metadata give it: from the lines printed around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.dates import find_date, find_day
from pipeline.ingest.page_furniture import OUTSIDE
from pipeline.records import Dropped, Paragraph

_HELD = re.compile(
    r"\b(?:recorded|conducted|held|took place|taped|filmed|interviewed|spoke|talked|"
    r"date of interview)\b[^.;]{0,60}$",
    re.I,
)
_PRINTED = re.compile(
    r"\b(?:published|posted|released?|issued|aired|broadcast|date|transcript|immediate release)\b",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:updated|modified|accessed|retrieved|copyright|last|archived|born|since|valid|©)\b|©",
    re.I,
)
_OF_DATES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}[:.]\d{2}\b|\b[ap]\.?m\b\.?|"
    r"\b(?:GMT|UTC|CET|CEST|EST|EDT|ET|BST|at|on|the)\b|[^\w\s]",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b\.?", re.I)
_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]]*$")
_LINE_WORDS, _OTHER_WORDS, _HEAD = 16, 4, 60
_SURE, _LINE = 2, 120


@dataclass(frozen=True)
class Dateline:
    """A day in ISO 8601, the line that gives it, and where it stands."""

    day: str
    text: str
    line: int


def find_dateline(
    paragraphs: Sequence[Paragraph], spoken: Sequence[int], *, title: str = ""
) -> Dateline | None:
    """Return the day that the lines around a talk give it, or None.

    That on which it was held, if it is said; else what stands above it as a line that is a date and
    little more, or says when it was published; else a date in its title or in another short line.
    What is said, or told in an introduction's sentences, may be any date.

    Args:
        paragraphs: of the whole source.
        spoken: indices of those that anybody says.
        title: of the talk.
    """
    said = frozenset(spoken)
    first = min(said, default=0)
    ranked: list[tuple[int, int, Dateline]] = []
    for index, paragraph in enumerate(paragraphs):
        if index in said or (_HEAD < index < max(said, default=0)):
            continue
        if (found := _read(paragraph, above=index < first)) is not None:
            ranked.append((found[0], index, Dateline(found[1], paragraph.text, paragraph.line)))
    if (day := find_day(title)) is not None:
        ranked.append((3, -1, Dateline(day, title, 1)))
    return min(ranked, key=lambda one: one[:2])[2] if ranked else None


def find_dateline_outside(dropped: Sequence[Dropped], *, before: int) -> Dateline | None:
    """Return the day of a line above a page's article that is a date and little more, or None.

    Args:
        dropped: what the reader took out of the page.
        before: number of the line where the talk starts.
    """
    for piece in dropped:
        if piece.reason == OUTSIDE and piece.line < before and len(piece.text) <= _LINE:
            found = _read(Paragraph(text=piece.text, line=piece.line), above=True)
            if found is not None and found[0] <= _SURE:
                return Dateline(found[1], piece.text, piece.line)
    return None


def _read(paragraph: Paragraph, *, above: bool) -> tuple[int, str] | None:
    """The date that a line gives and how surely it is the talk's; 1 is the surest."""
    text = " ".join(paragraph.text.split())
    held = _held_on(text)
    if held is not None:
        return 1, held
    short = len(text.split()) <= _LINE_WORDS and not _SENTENCE_END.search(text)
    if not above or not short or _CHANGED.search(text):
        return None
    day = find_date(text)
    if day is None or len(day) < len("2024-01-01"):
        return None
    others = _WORD.findall(_MONTH.sub(" ", _OF_DATES.sub(" ", text)))
    return (2 if len(others) <= _OTHER_WORDS or _PRINTED.search(text) else 4), day


def _held_on(text: str) -> str | None:
    """The day on which a sentence says that the talk was held: "recorded on 3 May 2024"."""
    for clause in re.split(r"(?<=[.;])\s+(?=[A-Z])", text):
        day = find_day(clause)
        if day is not None and _about_talk(clause):
            return day
    return None


def _about_talk(clause: str) -> bool:
    talk = re.search(
        r"\b(?:interview|conversation|transcript|episode|discussion|talk|event|call)\b",
        clause,
        re.I,
    )
    start = re.search(r"\d{1,2}|[A-Z][a-z]+ \d", clause)
    before = clause[: start.start()] if start else clause
    line = len(clause.split()) <= _LINE_WORDS
    return bool(_HELD.search(before)) and (talk is not None or line)
