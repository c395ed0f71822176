"""Rows: a unit of an interview and its surroundings, and nothing of its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.records import Interview, Unit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and the units of one answer to it, in order."""

    question: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit to be judged.

    There is no field for the speaker: no model can come to know who is talking.

    Attributes:
        text: the unit's words.
        context_before: the unit before it in the same answer, empty at its start.
        context_after: the unit after it in the same answer, empty at its end.
        question: the text of the question that the answer answers.
        target: where the marked target stands in ``text``, half-open code points.
        date: ISO 8601 date of the interview, for dated bloc membership.
        answer: the whole answer that the unit is part of; null where only its neighbours are known.
        index: position of the unit in ``answer``.
    """

    text: str
    context_before: str = ""
    context_after: str = ""
    question: str = ""
    target: Span | None = None
    date: str | None = None
    answer: Answer | None = None
    index: int = 0

    @property
    def place(self) -> tuple[Answer, int]:
        """The answer to read, of the neighbours where it is unknown, and the unit's position."""
        if self.answer is not None:
            return self.answer, self.index
        around = (self.context_before, self.text, self.context_after)
        units = tuple(text for text in around if text)
        return Answer(self.question, units), int(bool(self.context_before))


def judged_rows(interview: Interview) -> list[tuple[Unit, Row]]:
    """Return the units that are judged, each with its row, in order.

    Units of interviewers, of questions and of asides are left out. The context is the
    neighbouring unit of the same turn; the question is the turn that this turn answers.
    """
    turns = interview.turn_by_id()
    rows: list[tuple[Unit, Row]] = []
    for turn_id, group in groupby(interview.judged_units(), key=lambda unit: unit.turn_id):
        units = list(group)
        asked = turns[turn_id].answers
        question = turns[asked].text if asked in turns else ""
        answer = Answer(question, tuple(unit.text for unit in units))
        around = ("", *answer.units, "")
        for index, unit in enumerate(units):
            row = Row(
                text=unit.text,
                context_before=around[index],
                context_after=around[index + 2],
                question=question,
                date=interview.date,
                answer=answer,
                index=index,
            )
            rows.append((unit, row))
    return rows


def link_rows(rows: Sequence[Row], docs: Sequence[str]) -> list[Row]:
    """Give annotated rows the answers that they are part of, as far as the rows show them.

    Rows of one document and question that follow each other in the text are one answer; a gap of
    one sentence is filled from the neighbours that each row names.

    Args:
        docs: the document of each row.
    """
    linked: list[Row] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or docs[end] != docs[start] or not _follows(rows[end - 1], rows[end]):
            linked += _joined(rows[start:end])
            start = end
    return linked


def _follows(last: Row, row: Row) -> bool:
    """Tell whether a row is the next sentence of the same answer, or the next but one."""
    if last.question != row.question:
        return False
    after = last.context_after
    return bool(after) and after in (row.text, row.context_before)


def _joined(rows: Sequence[Row]) -> list[Row]:
    units = [rows[0].context_before] if rows[0].context_before else []
    places = []
    for last, row in zip((None, *rows), rows, strict=False):
        if last is not None and last.context_after != row.text:
            units.append(last.context_after)
        places.append(len(units))
        units.append(row.text)
    if rows[-1].context_after:
        units.append(rows[-1].context_after)
    answer = Answer(rows[0].question, tuple(units))
    return [
        replace(row, answer=answer, index=index) for row, index in zip(rows, places, strict=True)
    ]
