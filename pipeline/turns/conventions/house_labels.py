"""The house that asks, in lower case within the set question: ``<b>courier: Why so?</b>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import Label

_HOUSE = re.compile(r"(?P<name>[a-z][\w.-]{1,24})\s?:\s+(?=\S)")
_OFTEN, _MOSTLY = 3, 0.5


def with_house(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Take the word for a label where it, and no other, opens most of the questions.

    Args:
        document: with the questions.
        marks: of questions, which have an end, and of answers.
    """
    asked = [mark for mark in marks if mark.end is not None]
    found = {
        mark.index: house
        for mark in asked
        if (house := _HOUSE.match(document.paragraphs[mark.index].text, mark.start))
    }
    names = {house["name"] for house in found.values()}
    if len(names) != 1 or len(found) < max(_OFTEN, _MOSTLY * len(asked)):
        return list(marks)
    name = names.pop()
    label = Label(raw=name, name=name, core=(name.lower(),), titles=frozenset(), hint="interviewer")
    return [
        replace(mark, label=label, start=found[mark.index].end())
        if mark.end is not None and mark.index in found
        else mark
        for mark in marks
    ]
