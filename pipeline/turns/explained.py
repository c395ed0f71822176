"""How well a convention's turns explain a document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.inserts import find_inserts
from pipeline.turns.plausible import count_solid
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment, is_quoted_talk
from pipeline.turns.speakers import Key

_MAX_SPEAKERS = 40


def score(
    document: Document, marks: Sequence[Mark], segments: Sequence[Segment], *, body: Sequence[int]
) -> float:
    """How well the segments explain the document, from 0 to 1.

    The product of: the share of the body's words that somebody speaks; the share of labels
    that recur or are sure; whether the number of speakers is one an interview has; how often the
    speaker changes; and how far one speaker asks and another does not.
    """
    solid = 0.3 + 0.7 * count_solid(document, marks) / len(marks)
    coverage = _coverage(document, marks, segments, body)
    if len({segment.key for segment in segments}) == 1:
        return coverage * solid * _monologue_factor(document, marks[0])
    keys = [segment.key for segment in segments]
    changes = sum(a != b for a, b in pairwise(keys)) / max(1, len(keys) - 1)
    asked: dict[Key, list[bool]] = {}
    for segment in segments:
        asked.setdefault(segment.key, []).append(asks(segment.text))
    shares = [sum(turns) / len(turns) for turns in asked.values()]
    contrast = max(shares) - min(shares)
    factors = (
        coverage,
        solid,
        _speaker_factor(len(asked), len(segments)),
        0.8 + 0.2 * changes,
        0.7 + 0.3 * contrast,
    )
    return prod(factors)


def _coverage(
    document: Document, marks: Sequence[Mark], segments: Sequence[Segment], body: Sequence[int]
) -> float:
    """Share of the body's words that are spoken, labels and furniture not counted."""
    labels = sum(len(document.paragraphs[m.index].text[: m.start].split()) for m in marks)
    quoted = is_quoted_talk(document, marks)
    inserts = find_inserts(document, marks)
    words = sum(
        len(document.paragraphs[index].text.split())
        for index in body
        if index not in inserts and (not quoted or document.paragraphs[index].quoted)
    )
    spoken = sum(len(part.text.split()) for segment in segments for part in segment.parts)
    return min(1.0, spoken / max(1, words - labels))


def _monologue_factor(document: Document, mark: Mark) -> float:
    """One speaker only: a speech, or a transcript cut off, if its label is beyond doubt."""
    named = document.lower_words.isdisjoint(mark.label.core)  # not so "NUMBER OF THE DAY: 12"
    full = mark.label.hint is not None or (named and len(mark.label.name.split()) > 1)
    return 0.8 if mark.sure and full else 0.45


def _speaker_factor(speakers: int, turns: int) -> float:
    """Two speakers or more, not nearly as many as turns, unless there are few turns."""
    if speakers > _MAX_SPEAKERS or (turns > 8 and speakers > 0.7 * turns):
        return 0.4
    return 1.0
