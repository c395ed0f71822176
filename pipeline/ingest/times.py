"""Times in a transcript: removed from its text, and kept as seconds of a paragraph.

A time alone in brackets is a time of the recording, and so is a bare one that opens paragraphs, or
follows short labels, again and again. A time of day in a sentence is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.ingest.content import Piece, cut_spans
from pipeline.records import Dropped

_TIME = r"\d{1,3}(?::\d{1,2}){1,3}(?:[.,]\d{1,3})?"
_SPAN = rf"(?P<start>{_TIME})(?:\s?(?:-->|-+|–|—|to|->|→)\s?(?P<end>{_TIME}))?"
_MAYBE_TIME = re.compile(r"\d:\d")
_BRACKETED = re.compile(rf"\\?(?P<open>[\[(<{{])[\[(]?\s?{_SPAN}\s?[\])]?\\?[\])>}}]")
_OPENING = re.compile(rf"[*_ ]*{_SPAN}(?![\d:]|\s?[ap]\.?m\b)", re.I)
_ALONE = re.compile(rf"\W{{0,6}}{_SPAN}\W{{0,6}}")
_AFTER_LABEL = re.compile(
    rf"(?P<label>[^\W\d_][^.?!:;()\[\]\d]{{0,40}}?\d?:?)[\s|,(\[–—-]{{1,9}}{_SPAN}[)\]]{{0,2}}(?=[:\s]|$)"
)
_EDGES = " \t:|–—-,"
_RECURS = 3
_LABEL_WORDS, _LABEL_LENGTH = 8, 60


class _Found(NamedTuple):
    """The times of a paragraph, and the one that dates it."""

    spans: Sequence[tuple[int, int]] = ()
    dates: re.Match[str] | None = None
    mark: str = ""  # where only the time separates a label from the speech


def take_times(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Dropped]]:
    """Remove the times from paragraphs, or from given turns.

    Returns:
        What is left, with ``start_s`` where a time opens or labels it, and the other times. The
        time of a paragraph without words is that of the next one.
    """
    times = _Times([piece.text for piece in pieces])
    kept: list[Piece] = []
    dropped: list[Dropped] = []
    pending: re.Match[str] | None = None
    for piece in pieces:
        found = times.find(piece.text)
        rest = cut_spans(piece, found.spans, mark=found.mark) if found.spans else piece
        gone = [piece.text[start:end] for start, end in found.spans]
        if rest and found.dates:
            gone = gone[1:]
        dropped += [Dropped(text=text.strip(), reason="time", line=piece.line) for text in gone]
        dates, pending = found.dates or pending, found.dates if rest is None else None
        if rest is None:
            continue
        if dates and rest.start_s is None:
            start, end = _seconds(dates["start"]), _seconds(dates["end"] or "0")
            end_s = end if end >= start and dates["end"] else None
            rest = rest.model_copy(update={"start_s": start, "end_s": end_s})
        kept.append(rest)
    return kept, dropped


class _Times:
    """What kinds of times recur in a document, and where they are in a paragraph."""

    def __init__(self, texts: Sequence[str]) -> None:
        texts = [text for text in texts if _MAYBE_TIME.search(text)]
        opening = [m for text in texts if (m := _OPENING.match(text))]
        self.opening = len(opening) >= _RECURS or any(m["end"] for m in opening)
        self.after_labels = sum(_after_label(text) is not None for text in texts) >= _RECURS
        brackets = [m for text in texts for m in _BRACKETED.finditer(text)]
        self.round = sum(m["open"] == "(" for m in brackets) >= _RECURS

    def find(self, text: str) -> _Found:
        """Find the times of one paragraph, and the first that dates it."""
        if not _MAYBE_TIME.search(text):
            return _Found()
        alone = _ALONE.fullmatch(text)
        if alone and (self.opening or len(text) > len("00:00")):
            return _Found([(0, len(text))], alone)
        opening = _OPENING.match(text) if self.opening else None
        after = _after_label(text) if self.after_labels and not opening else None
        start = opening.end() if opening else after.end() if after else 0
        found = [
            m
            for m in _BRACKETED.finditer(text, start)
            if m["open"] != "(" or self.round or _labels(text, m)
        ]
        spans = [m.span() for m in found]
        if after:
            label, rest = after["label"], text[after.end() :]
            spans.insert(0, (after.end("label"), after.end()))
            mark = ":" if rest and not rest.startswith(":") and not label.endswith(":") else ""
            return _Found([_widen(text, *span) for span in spans], after, mark)
        first = opening or (found[0] if found and _labels(text, found[0]) else None)
        spans = [opening.span(), *spans] if opening else spans
        return _Found([_widen(text, *span) for span in spans], first)


def _after_label(text: str) -> re.Match[str] | None:
    """A bare time after a label, with nothing or with speech after it: "Ann Lee 0:12 Yes"."""
    found = _AFTER_LABEL.match(text)
    return found if found and _labels(text, found, start=found.end("label")) else None


def _labels(text: str, time: re.Match[str], *, start: int | None = None) -> bool:
    """What precedes the time is no more than a label."""
    before = text[: time.start() if start is None else start].rstrip("*_ ")
    label, rest = before.strip(_EDGES + "*_"), text[time.end() :].strip("*_ ")
    words = label.split()
    if len(before) > _LABEL_LENGTH or len(words) > _LABEL_WORDS or label.endswith((".", "?", "!")):
        return False
    marked = not rest or ":" in (rest[0], before[-1:])
    return marked or not any(word[0].islower() for word in words)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Include the space and the marks around a time that are useless without it."""
    before = text[:start].rstrip()
    if not any(map(str.isalnum, before)):
        return start, len(text) - len(text[end:].lstrip(_EDGES))
    if end >= len(text) or text[end] in " .,:;?!)]":
        start = len(before)
    return start, end + (text[end : end + 1] == ":" and before.endswith(":"))


def _seconds(time: str) -> float:
    """Minutes and seconds, hours before them, or frames after all three."""
    clock, _, fraction = time.replace(",", ".").partition(".")
    total = 0.0
    for part in clock.split(":")[:3]:
        total = total * 60 + int(part)
    return total + (float(f"0.{fraction}") if fraction else 0.0)
