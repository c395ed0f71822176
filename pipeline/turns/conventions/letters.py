"""Letters that two or more write to each other, as journals print them: nobody only asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import Hint, Label, parse_label

_PERSON = (
    r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|(?:van|von|de|der|den|da|di|du|la|bin|al)\b))"
    r"{0,5}"
)
_HEAD = re.compile(
    r"^(?:(?i:(?:\d{1,2}[.)] )?(?:letter|e-?mail|message) (?:\d{1,2}:? )?from) |\d{1,2}[.)] )?"
    rf"(?P<writer>{_PERSON}) ?(?:\b(?:to|TO)\b|→|->) ?(?P<reader>{_PERSON})"
    r"(?:\W{1,4}.{0,60}\d.{0,20})?\W?$"
)
_GREETING = re.compile(rf"^(?i:(?:my )?dear(?:est)?) (?P<reader>{_PERSON})\s*(?:[,:!—–]|$)")
_FEWEST, _FEWEST_GREETED, _PAIR = 3, 4, 2
_ALIKE = 0.4


@dataclass(frozen=True)
class Letters:
    """``NAME to NAME`` above each letter, those who write being those who are written to.

    All of them answer, if they write about as much; else who asks is told by what they write.
    """

    name: str = "letters"
    description: str = "NAME to NAME, the letter below"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return the lines above the letters, if everybody named both writes and reads."""
        found = [
            (index, match)
            for index, paragraph in enumerate(document.paragraphs)
            if (match := _HEAD.match(paragraph.text))
        ]
        writers = {match["writer"] for _, match in found}
        answered = writers == {match["reader"] for _, match in found} and len(writers) >= _PAIR
        if len(found) < _FEWEST or not answered:
            return []
        marks = [
            Mark(index, label, len(document.paragraphs[index].text), sure=True, apart=True)
            for index, match in found
            if (label := parse_label(match["writer"]))
        ]
        return _with_parts(document, marks)


@dataclass(frozen=True)
class Greetings:
    """``Dear NAME,`` opens each letter of two who write to each other, and nothing else does."""

    name: str = "greeted-letters"
    description: str = "Dear NAME, of two who write to each other by turns"
    prior: float = 0.96

    def find(self, document: Document) -> list[Mark]:
        """Return the greetings, if there are two who are greeted, again and again."""
        found = [
            (index, match["reader"])
            for index, paragraph in enumerate(document.paragraphs)
            if (match := _GREETING.match(paragraph.text))
        ]
        counts = Counter(reader for _, reader in found)
        often = len(found) >= _FEWEST_GREETED and min(counts.values(), default=0) >= _PAIR
        if len(counts) != _PAIR or not often:
            return []
        one, other = counts
        writers = {one: parse_label(other), other: parse_label(one)}
        marks = [
            Mark(index, label, 0, sure=True)
            for index, reader in found
            if (label := writers[reader]) is not None
        ]
        return _with_parts(document, marks)


def _with_parts(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """The marks, and that all who write answer, if none writes far less than another."""
    words: Counter[str] = Counter()
    for label, count in _lengths(document, marks):
        words[label.name] += count
    alike = min(words.values(), default=0) >= _ALIKE * max(words.values(), default=1)
    hint: Hint | None = "respondent" if alike else None
    return [replace(mark, label=replace(mark.label, hint=hint)) for mark in marks]


def _lengths(document: Document, marks: Sequence[Mark]) -> Iterator[tuple[Label, int]]:
    """Who wrote each letter, and its words."""
    stops = [mark.index for mark in marks[1:]] + [len(document.paragraphs)]
    for mark, stop in zip(marks, stops, strict=False):
        letter = document.paragraphs[mark.index : stop]
        yield mark.label, sum(len(paragraph.text.split()) for paragraph in letter)
