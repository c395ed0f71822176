"""The house that asks, within the question: ``<b>courier: Why so?</b>``, ``1. Courier: Why?``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.labels import Label, parse_label

_HOUSE = re.compile(r"(?P<name>[a-z][\w.-]{1,24})\s?:\s+(?=\S)")
_OF_PRESS = re.compile(r"(?P<name>[^\W\d_a-z][^:.?!]{1,40}):\s+(?=[“\"‘']?[^\W_a-z])")
_CONFERENCE = re.compile(r"\b(?:press|news|media) (?:conference|briefing)\b", re.I)
_OFTEN, _MOSTLY, _NEARLY_ALL = 3, 0.5, 0.8


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
    return _labelled(marks, found)


def with_houses(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Take what stands before the colon of numbered questions for who asks, of a press conference.

    Nearly all of the questions must open so, below a line that calls the talk one: elsewhere they
    may have subjects, "2. Northland: What will you do there?".

    Args:
        document: with the questions.
        marks: of questions, which have an end, and of answers.
    """
    asked = [mark for mark in marks if mark.end is not None]
    texts = [document.paragraphs[mark.index].text for mark in asked]
    found = {
        mark.index: house
        for mark, text in zip(asked, texts, strict=True)
        if (house := _OF_PRESS.match(text, mark.start)) and parse_label(house["name"])
    }
    above = [one.text for one in document.paragraphs[: asked[0].index]] if asked else []
    called = any(map(_CONFERENCE.search, (*document.titles, *above)))
    if not called or len(found) < max(_OFTEN, _NEARLY_ALL * len(asked)):
        return list(marks)
    return _labelled(marks, found)


def _labelled(marks: Sequence[Mark], found: Mapping[int, re.Match[str]]) -> list[Mark]:
    """The marks, those of the questions in which a house was found with its label."""
    return [
        replace(mark, label=_of_house(house["name"]), start=house.end())
        if mark.end is not None and (house := found.get(mark.index))
        else mark
        for mark in marks
    ]


def _of_house(name: str) -> Label:
    return Label(
        raw=name,
        name=name,
        core=tuple(name.lower().replace(",", "").split()),
        titles=frozenset(),
        hint="interviewer",
    )
