"""The first question, which stands without a label above the first answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.questions import ends_sentence, is_question

_GREETING = re.compile(
    r"^(?:good (?:morning|afternoon|evening)|hello|welcome|bon(?:jour|soir)|buen[oa]s|guten|"
    r"buon(?:giorno|asera)|добрый|здравствуйте)\b",
    re.I,
)
_MOST = 6


def add_opening_question(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where an answer is labelled first, what asks right above it is the first question.

    It begins with the greeting, if there is one in the sentences above.
    """
    asker = next((mark.label for mark in marks if mark.label.core == ("q",)), None)
    if asker is None or marks[0].label.core != ("a",):
        return list(marks)
    start = first = marks[0].index
    above = frozenset(document.body)
    while start - 1 in above and ends_sentence(document.paragraphs[start - 1].text):
        start -= 1
    if start == first or not is_question(document.paragraphs[first - 1].text):
        return list(marks)
    run = range(max(start, first - _MOST), first)
    greeting = (index for index in run if _GREETING.match(document.paragraphs[index].text))
    return [Mark(next(greeting, first - 1), asker, 0, sure=True), *marks]
