"""What the featuriser reads: a unit of speech and its surroundings, and nothing of its speaker."""

from __future__ import annotations

from dataclasses import dataclass

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
