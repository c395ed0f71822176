"""The text of a source that is in no turn, and why: every character is accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Dropped, GivenTurn, Paragraph
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.segments import Segment

LABEL, STAGE, UNSAID = "speaker label", "stage direction", "between turns"
BEFORE, AFTER = "before the first speaker", "after the interview"
_LONGEST_LABEL = 120


def find_leftovers(
    paragraphs: Sequence[Paragraph],
    segments: Sequence[Segment],
    *,
    reasons: Mapping[int, str],
) -> Iterator[Dropped]:
    """Yield, in the order of the source, each piece of a paragraph that no segment holds.

    Args:
        paragraphs: of the source.
        segments: its turns.
        reasons: why whole paragraphs were left out, by their index, where it is known.
    """
    held: dict[int, list[tuple[int, int]]] = {}
    for segment in segments:
        for part in segment.parts:
            held.setdefault(part.index, []).append((part.start, part.start + len(part.text)))
    first, last = min(held, default=0), max(held, default=-1)
    for index, paragraph in enumerate(paragraphs):
        spans = sorted(held.get(index, ()))
        place = BEFORE if index < first else AFTER if index > last else UNSAID
        reason = LABEL if spans else reasons.get(index, place)
        at = 0
        for start, end in (*spans, (len(paragraph.text), len(paragraph.text))):
            text = paragraph.text[at:start].strip()
            at = max(at, end)
            if text:
                long = reason == LABEL and len(text) > _LONGEST_LABEL
                why = STAGE if is_stage_direction(text) else UNSAID if long else reason
                yield Dropped(text=text, reason=why, line=paragraph.line, page=paragraph.page)


def find_given_leftovers(
    turns: Sequence[GivenTurn], segments: Sequence[Segment]
) -> Iterator[Dropped]:
    """Yield the paragraphs of given turns that no segment holds."""
    held = {
        (part.line, " ".join(part.text.split())) for segment in segments for part in segment.parts
    }
    for turn in turns:
        for text in turn.text.split("\n\n"):
            if text.strip() and (turn.line, " ".join(text.split())) not in held:
                reason = STAGE if is_stage_direction(text.strip()) else UNSAID
                yield Dropped(text=text, reason=reason, line=turn.line)
