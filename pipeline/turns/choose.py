"""Choosing the convention that best explains the whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.turns.conventions import CONVENTIONS, Convention, Document, Mark
from pipeline.turns.conventions.set_questions import UNNAMED_ANSWER
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import Segment, cut
from pipeline.turns.speakers import Key, group_labels
from pipeline.turns.vocabulary import TITLES

HOLDS = 0.3
_MARGIN = 0.01
_DENSE = 0.4
_ASKED = 0.6
_MAX_SPEAKERS = 40


@dataclass(frozen=True)
class Choice:
    """A convention applied to a document, and how well it explains it."""

    convention: Convention
    segments: tuple[Segment, ...]
    score: float


def choose(document: Document) -> Choice | None:
    """Return the best convention, or None where none holds."""
    choices = []
    for convention in CONVENTIONS:
        marks = plausible_marks(document, convention.find(document))
        marks = add_unlabelled_answers(document, marks)
        segments = cut(document, marks, convention.name)
        if segments:
            choices.append((convention, segments, len(_solid(marks)), len(marks)))
    labelled = [solid for convention, _, solid, _ in choices if convention.prior > 0.95]
    most = max(labelled, default=0)
    best: Choice | None = None
    for convention, segments, solid, total in choices:
        explained = min(1.0, solid / most) if convention.prior > 0.85 and most else 1.0
        value = explained * convention.prior * score(document, segments, solid=solid / total)
        if best is None or value > best.score + _MARGIN:
            best = Choice(convention, tuple(segments), value)
    return best if best and best.score >= HOLDS else None


def score(document: Document, segments: Sequence[Segment], *, solid: float) -> float:
    """How well the segments explain the document, from 0 to 1.

    The product of: the share of the document's words that somebody speaks; the share of labels
    that recur or are sure; whether the number of speakers is one an interview has; how often the
    speaker changes; and how far one speaker asks and another does not.
    """
    total = sum(len(p.text.split()) for p in document.paragraphs)
    spoken = sum(len(text.split()) for segment in segments for text, _ in segment.parts)
    coverage = min(1.0, spoken / max(1, total))
    keys = [segment.key for segment in segments]
    changes = sum(a != b for a, b in pairwise(keys)) / max(1, len(keys) - 1)
    asked: dict[Key, list[bool]] = {}
    for segment in segments:
        asked.setdefault(segment.key, []).append(asks(segment.text))
    shares = [sum(turns) / len(turns) for turns in asked.values()]
    contrast = max(shares) - min(shares) if len(shares) > 1 else 0.0
    speakers = _speaker_factor(len(asked), len(segments))
    return coverage * (0.3 + 0.7 * solid) * speakers * (0.8 + 0.2 * changes) * (
        0.7 + 0.3 * contrast
    )  # fmt: skip


def _speaker_factor(speakers: int, turns: int) -> float:
    """Two speakers or more, not nearly as many as turns, unless there are few turns."""
    if speakers == 1:
        return 0.7
    if speakers > _MAX_SPEAKERS or (turns > 8 and speakers > 0.7 * turns):
        return 0.4
    return 1.0


def plausible_marks(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Keep the marks that are labels: sure ones, recurring names, and names known otherwise.

    "Let me be clear: ..." is no label for its lower-case words. "Look: ..." might be one; but a
    word that also stands in the text in lower case is no name, unless it labels often.
    """
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    sure = {key for key, mark in zip(keys, marks, strict=True) if mark.sure}
    dense = len(marks) > 1 and len(marks) >= _DENSE * len(document.paragraphs)
    kept = []
    for key, mark in zip(keys, marks, strict=True):
        known = bool(set(key) & document.known_names)
        if key in sure or known or _is_plausible(document, key, mark, counts[key], dense=dense):
            kept.append(mark)
    return kept


def _is_plausible(document: Document, key: Key, mark: Mark, count: int, *, dense: bool) -> bool:
    """Whether a label that nothing else vouches for is to be believed."""
    if not mark.label.cased:
        # a role in lower case, "Former ambassador": its words stand in the text as well
        return (dense and (mark.apart or count > 1)) or count > 2
    strange = [word for word in key if word not in document.lower_words]
    if bool(mark.label.titles) or set(key) <= TITLES:
        return bool(strange) or count > 1
    if len(strange) == len(key) and (len(key) > 1 or dense):
        return True
    return count > 1 and (bool(strange) or count > 2)


def add_unlabelled_answers(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where only the asker is labelled, let the paragraph after each question start an answer."""
    keys = set(group_labels([mark.label for mark in marks]))
    asked = [is_question(document.paragraphs[mark.index].text) for mark in marks]
    if len(keys) != 1 or len(marks) < 2 or sum(asked) < _ASKED * len(marks):
        return list(marks)
    labelled = {mark.index for mark in marks}
    last = len(document.paragraphs) - 1
    answers = [
        Mark(mark.index + 1, UNNAMED_ANSWER, 0, sure=True)
        for mark in marks
        if mark.index < last and mark.index + 1 not in labelled
    ]
    return sorted([*marks, *answers], key=lambda mark: mark.index)


def _solid(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that are sure, or whose speaker recurs."""
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    return [m for key, m in zip(keys, marks, strict=True) if m.sure or counts[key] > 1]
