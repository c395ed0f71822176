"""What of a source is in no turn, and why: every character is accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.records import Dropped, GivenTurn
from pipeline.turns.closing_times import closing_time
from pipeline.turns.conventions.base import Document
from pipeline.turns.furniture import is_furniture, is_stage_direction
from pipeline.turns.inserts import is_below_clip
from pipeline.turns.segments import Segment

LABEL, STAGE, TIME = "speaker label", "stage direction", "time"
_LONGEST_LABEL = 120


def find_leftovers(document: Document, segments: Sequence[Segment]) -> Iterator[Dropped]:
    """Yield, in the order of the source, each piece of a paragraph that no segment holds."""
    held: dict[int, list[tuple[int, int]]] = {}
    for segment in segments:
        for part in segment.parts:
            held.setdefault(part.index, []).append((part.start, part.start + len(part.text)))
    first, last = min(held, default=0), max(held, default=-1)
    for index, paragraph in enumerate(document.paragraphs):
        spans = sorted(held.get(index, ()))
        at = 0
        for start, end in (*spans, (len(paragraph.text), len(paragraph.text))):
            text = paragraph.text[at:start].strip()
            at = max(at, end)
            if text:
                whole = None if spans else (index < first, index > last)
                reason = _reason(document, index, text, whole)
                yield Dropped(text=text, reason=reason, line=paragraph.line, page=paragraph.page)


def find_given_leftovers(
    turns: Sequence[GivenTurn], segments: Sequence[Segment]
) -> Iterator[Dropped]:
    """Yield the paragraphs of given turns that no segment holds."""
    held: dict[int, str] = {}
    for segment in segments:
        for part in segment.parts:
            held[part.line] = f"{held.get(part.line, '')} {' '.join(part.text.split())}"
    for turn in turns:
        for text in turn.text.split("\n\n"):
            if text.strip() and " ".join(text.split()) not in held.get(turn.line, ""):
                reason = STAGE if is_stage_direction(text.strip()) else "backchannel"
                yield Dropped(text=text, reason=reason, line=turn.line)


def _reason(document: Document, index: int, text: str, whole: tuple[bool, bool] | None) -> str:
    paragraph = document.paragraphs[index]
    if is_stage_direction(text):
        return STAGE
    if closing_time(text)[0] == 0:
        return TIME
    if whole is None:
        return LABEL if len(text) <= _LONGEST_LABEL else "before a label"
    before, after = whole
    if paragraph.text.casefold().rstrip(".") in document.titles:
        return "title"
    if before or after:
        return "before the first speaker" if before else "after the interview"
    if index in document.repeated:
        return "duplicate"
    if index in document.cast:
        return "list of speakers"
    if index in document.boxes:
        return "box"
    if paragraph.heading:
        return "heading"
    if is_furniture(paragraph, titles=document.titles):
        return "page furniture"
    if paragraph.text.endswith((":", "：")) or (len(text.split()) <= 6 and ": " not in text):
        return LABEL
    if is_below_clip(document.paragraphs, index):
        return "recording"
    return "backchannel"
