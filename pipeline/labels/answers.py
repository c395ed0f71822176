"""Which of people's answers to a question of a sentence counts.

Several people who say the same decide it together. Where they differ, the coder ``adjudicated``
decides; without one nobody does.

Example:
    >>> from pipeline.records import Label
    >>> one = Label(doc="a", text="NATO lied.", west="against", source="human:anna")
    >>> two = one.model_copy(update={"source": "human:ben"})
    >>> settle({one.source: ("against", one), two.source: ("against", two)}).by
    ('human:anna', 'human:ben')
    >>> settle({one.source: ("against", one), two.source: ("neutral", two)}).disputed
    True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.labels.files import HUMAN
from pipeline.records import Label

ADJUDICATOR = f"{HUMAN}adjudicated"
Given = Mapping[str, tuple[object, Label]]
"""An answer, in a form in which equal ones are equal, and its label, by source."""


@dataclass(frozen=True)
class Settled:
    """What people say to one question of a sentence.

    Attributes:
        label: one that has the answer that counts; None where nobody answered, or people differ.
        by: the sources that say so.
        disputed: people differ, and nobody has adjudicated.
    """

    label: Label | None = None
    by: tuple[str, ...] = ()
    disputed: bool = False


def settle(answers: Given) -> Settled:
    """Return which answer counts."""
    if ADJUDICATOR in answers:
        return Settled(answers[ADJUDICATOR][1], (ADJUDICATOR,))
    if len({answer for answer, _ in answers.values()}) > 1:
        return Settled(disputed=True)
    for _, label in answers.values():
        return Settled(label, tuple(sorted(answers)))
    return Settled()


def given(labels: Iterable[Label], question: str) -> dict[str, tuple[object, Label]]:
    """Return the answers of labels to a question, by source, where there are any."""
    stated = ((getattr(one, question), one) for one in labels)
    return {one.source: (said, one) for said, one in stated if said is not None}
