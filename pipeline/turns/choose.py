"""Choosing the convention that best explains the whole document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod

from pipeline.turns.accounts import forget_accounts
from pipeline.turns.conventions import CONVENTIONS, Convention, Document, Mark
from pipeline.turns.conventions.set_questions import (
    UNNAMED_ANSWER,
    UNNAMED_QUESTION,
    number_end,
)
from pipeline.turns.conventions.turn_marks import CHEVRONS
from pipeline.turns.expected import add_expected
from pipeline.turns.false_labels import forget_false_labels
from pipeline.turns.few_labels import miss_turns
from pipeline.turns.inserts import find_inserts
from pipeline.turns.labels import Label
from pipeline.turns.openings import add_opening
from pipeline.turns.pronouns import pair_pronouns
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import UNLABELLED, Segment, cut, is_quoted_talk
from pipeline.turns.speakers import Key, group_labels
from pipeline.turns.starts import below_start
from pipeline.turns.vocabulary import TITLES

HOLDS = 0.3
_MARGIN = 0.01
# priors above the first are those of explicit labels, up to the second of none at all
_SET, _UNSET = 0.95, 0.85
_DENSE = 0.4
_ASKED = 0.6
_NEARLY_ALL = 0.8
_MAX_SPEAKERS = 40
_MAX_QUESTION = 60
_PANEL = 3


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
        told = [mark for mark in convention.find(document) if mark.index not in unspoken]
        found = pair_pronouns(forget_accounts(document, below_start(document, told)))
        labels = plausible_marks(document, forget_false_labels(document, found))
        marks = add_unlabelled_answers(document, add_bare_turns(document, labels))
        marks = add_unlabelled_questions(document, marks)
        if segments := cut(document, marks, convention.name):
            if (opened := add_opening(document, marks, segments)) != marks:
                marks, segments = opened, cut(document, opened, convention.name)
            body = document.prose if convention.name == UNLABELLED else document.body
            value = convention.prior * score(document, marks, segments, body=body)
            if value >= HOLDS or only is not None:
                candidates.append(
                    (Choice(convention, tuple(segments), value), _count_solid(document, labels))
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


def _without_few_labels(candidates: Sequence[tuple[Choice, int]]) -> list[tuple[Choice, int]]:
    """Leave out those that miss most of the turns which one without labels finds."""
    unlabelled = [choice for choice, _ in candidates if choice.convention.prior <= _SET]
    return [
        (choice, solid)
        for choice, solid in candidates
        if not any(miss_turns(choice.segments, other.segments) for other in unlabelled)
    ]


def score(
    document: Document, marks: Sequence[Mark], segments: Sequence[Segment], *, body: Sequence[int]
) -> float:
    """How well the segments explain the document, from 0 to 1.

    The product of: the share of the body's words that somebody speaks; the share of labels
    that recur or are sure; whether the number of speakers is one an interview has; how often the
    speaker changes; and how far one speaker asks and another does not.
    """
    solid = 0.3 + 0.7 * _count_solid(document, marks) / len(marks)
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


def plausible_marks(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Keep the marks that are labels: sure ones, recurring names, and names known otherwise.

    "Let me be clear: ..." is no label for its lower-case words. "Look: ..." might be one; but a
    word that also stands in the text in lower case is no name, unless it labels often.
    """
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    sure = {key for key, mark in zip(keys, marks, strict=True) if mark.sure}
    dense = len(marks) > 1 and len(marks) >= _DENSE * len(document.body)
    kept = []
    for key, mark in zip(keys, marks, strict=True):
        known = bool(set(key) & document.known_names)
        if key in sure or known or _is_plausible(document, key, mark, counts[key], dense=dense):
            kept.append(mark)
    return add_expected(document, kept, marks)


def _is_plausible(document: Document, key: Key, mark: Mark, count: int, *, dense: bool) -> bool:
    """Whether a label that nothing else vouches for is to be believed."""
    if not mark.label.cased:
        # a role in lower case, "Former ambassador": its words stand in the text as well
        return (dense and (mark.apart or count > 1)) or count > 2
    if mark.start == len(document.paragraphs[mark.index].text) and not mark.apart and count == 1:
        return False  # a short line that occurs once is any headline
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


def add_unlabelled_questions(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where several answer one question by turns, let the paragraph that asks it be the asker's.

    So roundtables are printed: the question, then each expert's name and answer. The first name
    must stand right below a question; what asks right below a name is that expert's own.
    """
    labels = [mark.label for mark in marks]
    if len(set(group_labels(labels))) < _PANEL or any(label.hint for label in labels):
        return list(marks)
    body, found = document.body, []
    for before, mark in zip([None, *marks], marks, strict=False):
        at = body[max(0, bisect_left(body, mark.index) - 1)]
        text = document.paragraphs[at].text if _first_free(document, before) <= at else ""
        if at < mark.index and is_question(text) and len(text.split()) <= _MAX_QUESTION:
            found.append(Mark(at, UNNAMED_QUESTION, number_end(text), sure=True))
    opened = bool(found) and found[0].index < marks[0].index
    if not opened or len(found) < 2 or len(marks) < 2 * len(found):
        return list(marks)
    return sorted([*marks, *found], key=lambda mark: mark.index)


def _first_free(document: Document, mark: Mark | None) -> int:
    """Index of the first paragraph below a mark that need not be its speaker's."""
    if mark is None:
        return 0
    if mark.start < len(document.paragraphs[mark.index].text):
        return mark.index + 1
    at = bisect_right(document.body, mark.index)  # the first below a name alone on its line
    return document.body[at] + 1 if at < len(document.body) else len(document.paragraphs)


def add_bare_turns(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where captions name some who speak after ``>>``, give the bare ones to whom it was before."""
    labelled = {mark.index: mark for mark in marks}
    chevrons = [i for i, one in enumerate(document.paragraphs) if CHEVRONS.pattern.match(one.text)]
    if len(labelled.keys() & set(chevrons)) < 2:
        return list(marks)
    keys = dict(zip(labelled, group_labels([mark.label for mark in marks]), strict=True))
    recent: list[tuple[Key, Label]] = []
    found = []
    for index in sorted(labelled.keys() | set(chevrons)):
        mark, paragraph = labelled.get(index), document.paragraphs[index]
        if mark is not None:
            now = (keys[index], mark.label)
        elif len(recent) > 1 and (opened := CHEVRONS.pattern.match(paragraph.text)):
            now = recent[-2]
            mark = Mark(index, now[1], opened.end(), sure=True)
        else:
            continue
        recent = [*(one for one in recent if one[0] != now[0]), now]
        found.append(mark)
    return found


def _count_solid(document: Document, marks: Sequence[Mark]) -> int:
    """Marks that are sure, or whose speaker recurs; all, where nearly each paragraph has one."""
    if len(marks) > 1 and len(marks) >= _NEARLY_ALL * len(document.body):
        return len(marks)
    keys = group_labels([mark.label for mark in marks])
    counts = Counter(keys)
    return sum(mark.sure or counts[key] > 1 for key, mark in zip(keys, marks, strict=True))
