"""The frame of Factiva: fields with codes of two letters, or the same without them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.frames import DAY, LEAD, NEAR, Frame, first_group, first_match, told

# "HD A headline", "WC 660 words"; a cell's border may stand for the blank
_GAP = r"[\s|]+"
_CODED_LENGTH = re.compile(rf"(?:^|\s)WC{_GAP}[\d,]+ words\b")
_CODED_DAY = re.compile(rf"(?:^|\s)PD{_GAP}({DAY})\b")
_CODED_TITLE = re.compile(rf"(?:^|\s)HD{_GAP}([^\s|][^|]*?)\|?(?=\s(?:BY|CR|WC) |$)")
_CODED_SOURCE = re.compile(rf"(?:^|\s)SN{_GAP}([^\s|][^|]*?)\|?(?=\s(?:SC|PG|LA|CY) |$)")
_TEXT_CODE = re.compile(r"^(?:LP|TD)(?:[\s|]+|$)")
_HEAD_CODE = re.compile(r"^(?:SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX)(?:[\s|]|$)")
_FOOT_CODE = re.compile(r"^(?:CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|AN|ART|CLM)(?:[\s|]|$)")
_CODE_ALONE = re.compile(r"^[A-Z]{2,3}$")
_NUMBERED = re.compile(r"(?:^|[\s|])Document [A-Z]{2,10}\d{8,}\w*[\s|]*$")
_INITIALS = re.compile(r"^[a-z]{2,3}(?:[ /][a-z]{2,3}){0,3}$")
_LENGTH, _ON_DAY = re.compile(r"^[\d,]+ words$"), re.compile(rf"^({DAY})$")
_RIGHTS = re.compile(r"^(?:©|\(c\)|copyright\b)", re.I)


def find_coded(texts: Sequence[str]) -> Frame | None:
    """The frame with its codes: length and day stand near each other, "LP" before the text."""
    pairs = [
        f"{text} {texts[index + 1]}" if _CODE_ALONE.match(text) and index + 1 < len(texts) else text
        for index, text in enumerate(texts)
    ]
    length = first_match(_CODED_LENGTH, pairs[:LEAD])
    if length is None:
        return None
    top = pairs[max(0, length - NEAR) : length + NEAR]
    day = first_group(_CODED_DAY, top)
    if day is None:
        return None
    lead = first_match(_TEXT_CODE, texts[length : length + 2 * NEAR])
    start = length + lead if lead is not None else length + 1
    while start < len(texts) and _HEAD_CODE.match(texts[start]):
        start += 1
    title, source = first_group(_CODED_TITLE, top), first_group(_CODED_SOURCE, top)
    metadata = told(date=day, title=title, series=source)
    return Frame(start, _foot(texts, start), metadata, code=_TEXT_CODE)


def find_uncoded(texts: Sequence[str]) -> Frame | None:
    """The frame without codes: a length, a day right below, rights, and a number at the foot."""
    length = first_match(_LENGTH, texts[:LEAD])
    if length is None or length + 1 >= len(texts) or first_match(_NUMBERED, texts) is None:
        return None
    day = _ON_DAY.match(texts[length + 1])
    rights = first_match(_RIGHTS, texts[length : length + NEAR])
    if day is None or rights is None:
        return None
    start = length + rights + 1
    return Frame(start, _foot(texts, start), {"date": day.group(1), "title": texts[0]})


def _foot(texts: Sequence[str], start: int) -> int:
    """Where the codes below the text begin, or its number, and the initials of who made it."""
    number = first_match(_NUMBERED, texts[start:])
    if number is None:
        return len(texts)
    end = start + number
    while end > start + 1:
        if _FOOT_CODE.match(texts[end - 1]):
            end -= 1
        elif _FOOT_CODE.match(texts[end - 2]) and _CODE_ALONE.match(texts[end - 2]):
            end -= 2
        else:
            break
    return end - 1 if end - 1 > start and _INITIALS.match(texts[end - 1]) else end
