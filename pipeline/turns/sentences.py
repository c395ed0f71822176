"""Sentence boundaries for speech that was written down without punctuation.

A turn's words are never altered: each sentence becomes a paragraph of the turn, and the segment
stage cuts at paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.turns.boundaries import load_boundaries
from pipeline.turns.segments import Part, Segment

_MARK = re.compile(r"[.?!…;:。？！]")
_MIN_WORDS = 30
_WORDS_A_MARK = 60
_WORD = re.compile(r"\S+")


def is_unpunctuated(text: str) -> bool:
    """A text of some length with hardly any mark in it, as automatic captions are."""
    words = len(text.split())
    return words >= _MIN_WORDS and len(_MARK.findall(text)) < words / _WORDS_A_MARK


def split_unpunctuated(segment: Segment) -> Segment:
    """Cut each part of a turn that has no punctuation where a sentence is likely to start."""
    if not is_unpunctuated(segment.text):
        return segment
    parts = [piece for part in segment.parts for piece in _split(part)]
    return replace(segment, parts=tuple(parts))


def _split(part: Part) -> list[Part]:
    words = list(_WORD.finditer(part.text))
    starts = [0, *load_boundaries().starts([word.group() for word in words])]
    ends = [*starts[1:], len(words)]
    return [
        replace(
            part,
            text=part.text[words[first].start() : words[last - 1].end()],
            start=part.start + words[first].start(),
            glued=part.glued and first == 0,
        )
        for first, last in zip(starts, ends, strict=True)
        if last > first
    ]
