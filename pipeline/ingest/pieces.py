"""A part of a paragraph, with its type."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Paragraph


def piece_of(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return what stands between two offsets, without white space around it."""
    text = paragraph.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    end = start + len(text)
    bold, italic = (_within(spans, start, end) for spans in (paragraph.bold, paragraph.italic))
    return paragraph.model_copy(update={"text": text, "bold": bold, "italic": italic})


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The spans as far as they lie between the offsets, counted from the first."""
    return tuple(
        (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
    )
