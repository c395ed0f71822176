"""Affiliation and country of each respondent, where the metadata state them for several.

``interviewee: A / B`` with ``affiliation: Minister / Ambassador`` and ``country: DE/RU``: the first
of each belong together. What cannot be assigned is left out with a notice, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.notices import notice
from pipeline.records import Notice
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.roles import split_people
from pipeline.turns.speakers import Key, same_person

FIELDS = ("affiliation", "country")
_JOINED, _SLASH = re.compile(r"\s+/\s+"), re.compile(r"\s*/\s*")


class Place(NamedTuple):
    """Affiliation and country of a respondent, where the metadata state them."""

    affiliation: str | None = None
    country: str | None = None


def split_joint(text: str, n: int) -> list[str]:
    """Return the parts of a field that has one for each of ``n``: between " / ", else "/".

    The whole text where it has not as many parts.
    """
    for sign in (_JOINED, _SLASH):
        parts = [part.strip() for part in sign.split(text.strip())]
        if len(parts) == n:
            return parts
    return [text.strip()]


def find_places(
    respondents: Sequence[Key], known: Mapping[str, str], *, name: str
) -> tuple[dict[Key, Place], list[Notice]]:
    """Return the places of the respondents by the metadata, and what was left out.

    Args:
        respondents: their keys, in order of appearance.
        known: the metadata.
        name: of the source, for notices.
    """
    stated = {field: known[field] for field in FIELDS if known.get(field)}
    if not stated or not respondents:
        return {}, []
    people = split_people(known.get("interviewee", ""))
    if len(respondents) == 1 and len(people) < 2:
        return {respondents[0]: Place(**stated)}, []
    parts = {field: split_joint(value, max(1, len(people))) for field, value in stated.items()}
    faults = [
        notice("uneven-parts", name, field=field, value=stated[field], people=len(people),
               respondents=len(respondents))
        for field, found in parts.items()
        if len(found) != len(people)
    ]  # fmt: skip
    parts = {field: found for field, found in parts.items() if len(found) == len(people)}
    of = _match(people, respondents)
    if parts:
        faults += [
            notice("no-such-interviewee", name, name=person, respondents=len(respondents))
            for place, person in enumerate(people)
            if place not in of
        ]
    places = {
        key: Place(**{field: found[place] or None for field, found in parts.items()})
        for place, key in of.items()
    }
    return places, faults


def _match(people: Sequence[str], respondents: Sequence[Key]) -> dict[int, Key]:
    """The respondent of each name, by its number; the last of each is the other's."""
    found: dict[int, Key] = {}
    for number, person in enumerate(people):
        fitting = [
            key for key in respondents if same_person(key, _core(parse_label(person), person))
        ]
        if len(fitting) == 1 and fitting[0] not in found.values():
            found[number] = fitting[0]
    names = [number for number in range(len(people)) if number not in found]
    keys = [key for key in respondents if key not in found.values()]
    if len(names) == len(keys) == 1:
        found[names[0]] = keys[0]
    return found


def _core(label: Label | None, name: str) -> Key:
    return label.core if label is not None else tuple(name.casefold().split())
