"""Turns that stand without a label between those that have one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.conventions.set_questions import (
    UNNAMED_ANSWER,
    UNNAMED_QUESTION,
    number_end,
    set_end,
)
from pipeline.turns.questions import is_question
from pipeline.turns.speakers import group_labels

_ASKED = 0.6
_MAX_QUESTION = 60
_PANEL = 3
_OPEN = 2


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


def add_answers_below_bold(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where whoever asks is set in bold throughout, name and question, plain text answers.

    Only where all labels of plain paragraphs are one speaker's: a press conference, whose page
    names the respondent in some of the answers. Who is set so with a house asks.
    """
    keys = group_labels([mark.label for mark in marks])
    bold = [_is_bold(document, mark) for mark in marks]
    plain = {key for key, is_set in zip(keys, bold, strict=True) if not is_set}
    askers = {key for key, is_set in zip(keys, bold, strict=True) if is_set}
    if len(plain) != 1 or sum(bold) < _PANEL or plain & askers:
        return list(marks)
    open_ends = [
        mark for mark, now, then in zip(marks, bold, [*bold[1:], True], strict=True) if now and then
    ]
    if len(open_ends) < _OPEN:
        return list(marks)  # the answers are all labelled
    answers = next(mark.label for mark, is_set in zip(marks, bold, strict=True) if not is_set)
    known = [
        replace(mark, label=replace(mark.label, hint="interviewer"))
        if is_set and mark.label.affiliation
        else mark
        for mark, is_set in zip(marks, bold, strict=True)
    ]
    body, added = document.body, []
    for mark in open_ends:
        at = bisect_right(body, mark.index)
        if at < len(body) and not set_end(document.paragraphs[body[at]], "bold"):
            added.append(Mark(body[at], answers, 0, sure=True))
    return sorted([*known, *added], key=lambda mark: mark.index)


def _is_bold(document: Document, mark: Mark) -> bool:
    """Tell whether a paragraph is bold from the label to its end."""
    text = document.paragraphs[mark.index].text
    return mark.start < len(text) == set_end(document.paragraphs[mark.index], "bold")


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
