"""A chat pasted as text: a name and the time of day, and below them what was written then."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ingest.chat_furniture import find_chat_furniture, shows_chat
from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.reflow import is_wrapped
from pipeline.records import Dropped, GivenTurn

_DAY = (
    r"(?:(?:(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?),?"
    r"(?: at)? )"
)
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_HALF = r"[ \u00a0\u202f]?[ap]\.?m\.?"
_TIME = re.compile(rf"^\s*[\[(]?{_DAY}?{_CLOCK}(?P<half>{_HALF})?[\])]?\s*$", re.I)
_NAME = re.compile(
    r"^\s*(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,5}(?: \([\w /.-]{1,20}\))?)\s*$"
)
# "NAME  9:03 AM", "NAME — Today at 9:03"; a time of day, and none from the start of a recording
_NAME_AND_TIME = re.compile(
    r"^\s*(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,5}?)(?:\s*[—–,]\s*|\s+)"
    rf"[\[(]?(?:(?i:{_DAY}{_CLOCK}(?:{_HALF})?)|{_CLOCK}(?i:{_HALF}))[\])]?\s*$"
)
_TIME_AND_NAME = re.compile(
    rf"^\s*\[(?i:{_DAY}?{_CLOCK}{_HALF})\]\s*"
    r"(?P<name>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,5})\s*$"
)
_LEAST, _OFTEN, _MOST = 4, 2, 0.75
_VOICES = 2


@dataclass(frozen=True)
class _Head:
    """Lines from ``start`` to ``stop`` that say who wrote what stands below."""

    name: str
    start: int
    stop: int
    half: bool


def read_pasted_chat(lines: Sequence[str]) -> Content | None:
    """Read messages below names and times of day; None where the lines are no chat.

    Later messages of one writer have a time only, "9:14". What the program shows between them is
    dropped: reactions, who joined, replies that are not shown, files. A transcript whose lines are
    wrapped is none, nor is one whose times count from its start.

    Args:
        lines: of the whole text.
    """
    heads = _find_heads(lines)
    stops = (*(head.start for head in heads[1:]), len(lines))
    blocks = list(zip(heads, stops, strict=False))
    if not _is_chat(lines, blocks):
        return None
    dropped = list(_above(lines, heads[0].start))
    turns: list[GivenTurn] = []
    for head, stop in blocks:
        text, left_out = _message(lines, head.stop, stop)
        dropped += left_out
        if text:
            turns.append(GivenTurn(speaker=head.name, text=text, line=head.start + 1))
    return Content([], turns=turns, dropped=dropped) if turns else None


def _is_chat(lines: Sequence[str], blocks: Sequence[tuple[_Head, int]]) -> bool:
    """Two write again and again, and the times are of the day, or a chat program shows itself."""
    counts = Counter(head.name for head, _ in blocks)
    often = [n for n in counts.values() if n >= _OFTEN]
    if len(blocks) < _LEAST or len(often) < _VOICES or sum(often) < _MOST * len(blocks):
        return False
    written = [[line for line in lines[head.stop : stop] if line.strip()] for head, stop in blocks]
    of_day = any(head.half for head, _ in blocks) or shows_chat(lines)
    return of_day and not is_wrapped(written)


def _find_heads(lines: Sequence[str]) -> list[_Head]:
    """Where names stand above a time or before it; with "AM" all of them, if most have it."""
    heads: list[_Head] = []
    for index, line in enumerate(lines):
        if one := _NAME_AND_TIME.match(line) or _TIME_AND_NAME.match(line):
            heads.append(_Head(clean(one["name"]), index, index + 1, half=True))
        elif name := _NAME.match(line):
            below = index + 1 if any(map(str.strip, lines[index + 1 : index + 2])) else index + 2
            if time := _TIME.match(lines[below]) if below < len(lines) else None:
                half = time["half"] is not None
                heads.append(_Head(clean(name["name"]), index, below + 1, half=half))
    with_half = [head for head in heads if head.half]
    return with_half if 2 * len(with_half) >= len(heads) else heads


def _above(lines: Sequence[str], first: int) -> Iterator[Dropped]:
    for number in range(first):
        if lines[number].strip():
            yield Dropped(text=lines[number].strip(), reason="above the chat", line=number + 1)


def _message(lines: Sequence[str], start: int, stop: int) -> tuple[str, list[Dropped]]:
    """The words from one line to another, each line a paragraph, and what is none of them."""
    furniture = find_chat_furniture(lines[start:stop])
    said: list[str] = []
    dropped: list[Dropped] = []
    for number, line in enumerate(lines[start:stop]):
        text = clean(mend(line))
        if not text or _TIME.match(line):
            continue
        if number in furniture:
            dropped.append(Dropped(text=text, reason="no message", line=start + number + 1))
        else:
            said.append(text)
    return "\n\n".join(said), dropped
