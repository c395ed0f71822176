"""Sentence boundaries for speech that was written down without punctuation."""

from __future__ import annotations

from pipeline.turns.segments import Segment


def split_unpunctuated(segment: Segment) -> Segment:
    """Return the segment as it is."""
    return segment
