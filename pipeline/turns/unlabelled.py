"""Turns that stand without a label between those that have one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import (
    UNNAMED_ANSWER,
    UNNAMED_QUESTION,
    number_end,
)
from pipeline.turns.conventions.turn_marks import CHEVRONS
from pipeline.turns.labels import Label
from pipeline.turns.questions import is_question
from pipeline.turns.speakers import Key, group_labels

_ASKED = 0.6
_MAX_QUESTION = 60
_PANEL = 3


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
    must stand right below a question; what asks right below a name is that expert's own. Headings
    that ask are questions, however short, where all of them between the names do.
    """
    labels = [mark.label for mark in marks]
    if len(set(group_labels(labels))) < _PANEL or any(label.hint for label in labels):
        return list(marks)
    body, found = sorted({*document.body, *_heading_questions(document, marks)}), []
    for before, mark in zip([None, *marks], marks, strict=False):
        at = body[max(0, bisect_left(body, mark.index) - 1)]
        text = document.paragraphs[at].text if _first_free(document, before) <= at else ""
        if at < mark.index and is_question(text) and len(text.split()) <= _MAX_QUESTION:
            found.append(Mark(at, UNNAMED_QUESTION, number_end(text), sure=True))
    opened = bool(found) and found[0].index < marks[0].index
    if not opened or len(found) < 2 or len(marks) < 2 * len(found):
        return list(marks)
    return sorted([*marks, *found], key=lambda mark: mark.index)


def _heading_questions(document: Document, marks: Sequence[Mark]) -> list[int]:
    """Indices of the headings above names and between them, if each of them asks.

    Below them it is not always one and the same who speaks first: that would be who moderates.
    """
    places = [mark.index for mark in marks]
    heads = [
        i
        for i, one in enumerate(document.paragraphs[: places[-1]])
        if one.heading and i not in places
    ]
    above = [i for i in heads if i < places[0]]
    heads = [*above[-1:], *(i for i in heads if i > places[0])]
    keys = group_labels([mark.label for mark in marks])
    first = {keys[bisect_left(places, index)] for index in heads}
    asked = all(is_question(document.paragraphs[index].text) for index in heads)
    return heads if asked and len(heads) > 1 and len(first) > 1 else []


def _first_free(document: Document, mark: Mark | None) -> int:
    """Index of the first paragraph below a mark that need not be its speaker's."""
    if mark is None:
        return 0
    if mark.start < len(document.paragraphs[mark.index].text):
        return mark.index + 1
    at = bisect_right(document.body, mark.index)  # the first below a name alone on its line
    return document.body[at] + 1 if at < len(document.body) else len(document.paragraphs)
