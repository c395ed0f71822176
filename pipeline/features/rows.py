"""Rows: a unit of an interview and its surroundings, and nothing of its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Interview, Unit

Span = tuple[int, int]


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
    """

    text: str
    context_before: str = ""
    context_after: str = ""
    question: str = ""
    target: Span | None = None
    date: str | None = None


def judged_rows(interview: Interview) -> list[tuple[Unit, Row]]:
    """Return the units that are judged, each with its row, in order.

    Units of interviewers, of questions and of asides are left out. The context is the
    neighbouring unit of the same turn; the question is the turn that this turn answers.
    """
    return list(_rows(interview))


def _rows(interview: Interview) -> Iterator[tuple[Unit, Row]]:
    turns = interview.turn_by_id()
    units = interview.units or ()
    judged = {unit.id for unit in interview.judged_units()}
    for index, unit in enumerate(units):
        if unit.id not in judged:
            continue
        turn = turns[unit.turn_id]
        before = units[index - 1] if index else None
        after = units[index + 1] if index + 1 < len(units) else None
        yield (
            unit,
            Row(
                text=unit.text,
                context_before=_same_turn(before, unit),
                context_after=_same_turn(after, unit),
                question=turns[turn.answers].text if turn.answers in turns else "",
                date=interview.date,
            ),
        )


def _same_turn(neighbour: Unit | None, unit: Unit) -> str:
    return neighbour.text if neighbour is not None and neighbour.turn_id == unit.turn_id else ""
