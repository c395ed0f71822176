"""Choosing the convention that best explains the whole document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.turns.accounts import forget_accounts
from pipeline.turns.bare_turns import add_bare_turns
from pipeline.turns.conventions import CONVENTIONS, Convention, Document, Mark
from pipeline.turns.examiners import name_examiners
from pipeline.turns.explained import score
from pipeline.turns.false_labels import forget_false_labels
from pipeline.turns.few_labels import miss_turns
from pipeline.turns.language_codes import skip_language_codes
from pipeline.turns.opening_question import add_opening_question
from pipeline.turns.openings import add_opening
from pipeline.turns.plausible import count_solid, plausible_marks
from pipeline.turns.pronouns import pair_pronouns
from pipeline.turns.segments import UNLABELLED, Segment, cut
from pipeline.turns.starts import below_start
from pipeline.turns.unlabelled import (
    add_answers_below_bold,
    add_unlabelled_answers,
    add_unlabelled_questions,
)

HOLDS = 0.3
_MARGIN = 0.01
# priors above the first are those of explicit labels, up to the second of none at all
_SET, _UNSET = 0.95, 0.85

Step = Callable[[Document, Sequence[Mark]], list[Mark]]
_BELIEVED: tuple[Step, ...] = (
    below_start,
    forget_accounts,
    pair_pronouns,
    forget_false_labels,
    plausible_marks,
)
_COMPLETED: tuple[Step, ...] = (
    name_examiners,
    skip_language_codes,
    add_bare_turns,
    add_opening_question,
    add_answers_below_bold,
    add_unlabelled_answers,
    add_unlabelled_questions,
)


@dataclass(frozen=True)
class Choice:
    """A convention applied to a document, and how well it explains it."""

    convention: Convention
    segments: tuple[Segment, ...]
    score: float


def choose(document: Document, *, only: str | None = None) -> Choice | None:
    """Return the best convention, or None where none holds.

    Args:
        document: what is to be explained.
        only: name of the convention that a person has chosen; it is taken however well it fits.
    """
    candidates = []
    for convention in CONVENTIONS:
        if only is not None and convention.name != only:
            continue
        if only is None and document.is_timed and convention.prior < _UNSET:
            continue  # captions have no paragraphs of their own that could ask
        unspoken = document.cast | document.boxes
        found = [mark for mark in convention.find(document) if mark.index not in unspoken]
        labels = _take(_BELIEVED, document, found)
        marks = _take(_COMPLETED, document, labels)
        if segments := cut(document, marks, convention.name):
            if (opened := add_opening(document, marks, segments)) != marks:
                marks, segments = opened, cut(document, opened, convention.name)
            body = document.prose if convention.name == UNLABELLED else document.body
            value = convention.prior * score(document, marks, segments, body=body)
            if value >= HOLDS or only is not None:
                candidates.append(
                    (Choice(convention, tuple(segments), value), count_solid(document, labels))
                )
    candidates = _without_few_labels(candidates)
    most = max((n for choice, n in candidates if choice.convention.prior > _SET), default=0)
    best: Choice | None = None
    for choice, solid in candidates:
        if choice.convention.prior > _UNSET:
            explained = min(1.0, solid / most) if most else 1.0
        else:
            explained = 1 - min(1.0, most / len(document.paragraphs))
        value = explained * choice.score
        if best is None or value > best.score + _MARGIN:
            best = replace(choice, score=value)
    return best if best and (best.score >= HOLDS or only is not None) else None


def _take(steps: Sequence[Step], document: Document, marks: Sequence[Mark]) -> list[Mark]:
    for step in steps:
        marks = step(document, marks)
    return list(marks)


def _without_few_labels(candidates: Sequence[tuple[Choice, int]]) -> list[tuple[Choice, int]]:
    """Leave out those that miss most of the turns which one without labels finds."""
    unlabelled = [choice for choice, _ in candidates if choice.convention.prior <= _SET]
    return [
        (choice, solid)
        for choice, solid in candidates
        if not any(miss_turns(choice.segments, other.segments) for other in unlabelled)
    ]
