"""Rows: a unit of an interview with its context, without its speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from pipeline.records import Interview, Turn, Unit

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and the units of one answer to it, in order."""

    question: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit to judge; no field names the speaker, so no model can depend on who talks.

    Attributes:
        context_before: the unit before it in the same answer, empty at its start.
        context_after: the unit after it in the same answer, empty at its end.
        question: text of the question that the answer answers.
        target: half-open code points of the marked target in ``text``.
        date: ISO 8601 date of the interview, for dated bloc membership.
        answer: the whole answer that contains the unit; null if only its neighbours are known.
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
        """The answer, or the unit with its neighbours if unknown, and the unit's index in it."""
        if self.answer is not None:
            return self.answer, self.index
        around = (self.context_before, self.text, self.context_after)
        units = tuple(text for text in around if text)
        return Answer(self.question, units), int(bool(self.context_before))


def judged_rows(interview: Interview) -> tuple[tuple[Unit, Row], ...]:
    """Return the units that are judged, each with its row, in order.

    Excludes units of interviewers, questions and asides. The question is the turn that the unit's
    turn answers. The stages of an interview ask one after the other; the rows are made once.
    """
    return _rows(interview.judged_units(), interview.turns, interview.date)


@lru_cache(maxsize=1)
def _rows(
    judged: tuple[Unit, ...], spoken: tuple[Turn, ...], date: str | None
) -> tuple[tuple[Unit, Row], ...]:
    turns = {turn.id: turn for turn in spoken}
    rows: list[tuple[Unit, Row]] = []
    for turn_id, group in groupby(judged, key=lambda unit: unit.turn_id):
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
                date=date,
                answer=answer,
                index=index,
            )
            rows.append((unit, row))
    return tuple(rows)


def link_rows(rows: Sequence[Row], docs: Sequence[str]) -> list[Row]:
    """Return annotated rows with the answers that can be rebuilt from their neighbours.

    Consecutive rows of one document and question form one answer; a gap of one sentence is filled
    from the rows' contexts.

    Args:
        docs: the document of each row.
    """
    linked: list[Row] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or docs[end] != docs[start] or _gap(rows[end - 1], rows[end]) is None:
            linked += _joined(rows[start:end])
            start = end
    return linked


def _gap(last: Row, row: Row) -> str | None:
    """Return what was said between two rows of one answer; None if the second does not follow.

    The contexts may hold more than one sentence.
    """
    after, before = last.context_after, row.context_before
    if last.question != row.question or not after:
        return None
    if after == row.text or (after.startswith(row.text) and before.endswith(last.text)):
        return ""
    between = before.rpartition(last.text)[2].strip() if last.text in before else before
    return between if between and after.startswith(between) else None


def _joined(rows: Sequence[Row]) -> list[Row]:
    units = [rows[0].context_before] if rows[0].context_before else []
    places = []
    for last, row in zip((None, *rows), rows, strict=False):
        if last is not None and (gap := _gap(last, row)):
            units.append(gap)
        places.append(len(units))
        units.append(row.text)
    if rows[-1].context_after:
        units.append(rows[-1].context_after)
    answer = Answer(rows[0].question, tuple(units))
    return [
        replace(row, answer=answer, index=index) for row, index in zip(rows, places, strict=True)
    ]
