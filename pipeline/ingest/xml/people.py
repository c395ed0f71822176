"""Who the ids of an XML transcript stand for, and by which name each speaker is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.ingest.content import clean
from pipeline.ingest.xml.parse import attribute, id_of, tag_of, words_of
from pipeline.ingest.xml.walk import Spoken
from pipeline.records import GivenTurn

_PEOPLE = frozenset((
    "person", "persongrp", "participant", "speaker", "tlcperson", "tlcrole", "tlcorganization",
    "interviewer", "interviewee", "member",
))  # fmt: skip
_NAMES = ("persname", "displayname", "fullname", "name", "abbreviation", "label")
_GIVEN, _BETWEEN, _FAMILY = (
    ("forename", "givenname", "firstname", "first"),
    ("namelink",),
    ("surname", "familyname", "lastname", "last"),
)
_PARTS = ("role", "rolename", "occupation")
# parts that say who asks and who answers; a chair, a member or a guest may do either
_EXPLICIT = {
    **dict.fromkeys(("interviewer", "interviewers", "questioner"), "interviewer"),
    **dict.fromkeys(("moderator", "host"), "interviewer"),
    **dict.fromkeys(("interviewee", "interviewees", "respondent", "informant"), "respondent"),
}
_CAMEL = re.compile(r"(?:[^\W\d_a-z][^\W\d_A-Z]+){2,}")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[^\W\d_a-z])")
_DASHED = re.compile(r"[^\W\d_]{2,}(?:[-_][^\W\d_]{2,})+")
_NOBODY = frozenset(("unknown", "unk", "none", "undefined", "unidentified", "anonymous", "nn"))
_MAX_SHORT = 4
_LISTED = 8


@dataclass(frozen=True)
class Person:
    """Somebody whom the header of a document lists."""

    name: str | None
    role: str | None = None


def find_people(root: etree._Element) -> dict[str, Person]:
    """Return the people that a document lists, by their ids."""
    people: dict[str, Person] = {}
    for element in root.iter(etree.Element):
        if is_person(element):
            person = Person(shown_name(element), _role_of(element))
            people.setdefault(id_of(element) or "", person)
    return people


def find_plain_people(root: etree._Element) -> dict[str, Person]:
    """Return the people by their ids, their roles only where they say who asks or answers."""
    return {
        key: replace(person, role=explicit_role(person.role))
        for key, person in find_people(root).items()
    }


def is_person(element: etree._Element) -> bool:
    """The element lists somebody, to whom others refer by an id."""
    return tag_of(element) in _PEOPLE and id_of(element) is not None


def references(value: str | None) -> tuple[str, ...]:
    """The ids that an attribute refers to, ``#a #b``; a name is one, spaces and all.

    An id for whoever is not known is left out: it stands for several.
    """
    if not value:
        return ()
    parts = value.split() if "#" in value else [value]
    keys = (clean(part.rsplit("#", 1)[-1]) for part in parts)
    return tuple(key for key in keys if key and key.casefold() not in _NOBODY)


def explicit_role(role: str | None) -> str | None:
    """The role in an interview, where the word for somebody's part says it without doubt."""
    return _EXPLICIT.get((role or "").strip().strip("#").casefold())


def shown_name(element: etree._Element) -> str | None:
    """The name that an element in a list of persons gives, in an attribute or inside."""
    said = attribute(element, "showas", "displayname", "name", "fullname")
    if said:
        return said
    for tag in _NAMES:
        for child in element.iter(etree.Element):
            if child is not element and tag_of(child) == tag and (text := _in_order(child)):
                return text
    parts = _in_order(element)
    return parts if parts and (len(element) == 0 or _parts(element, _FAMILY)) else None


def name_turns(
    spoken: Sequence[Spoken], people: Mapping[str, Person], *, name: str
) -> tuple[list[GivenTurn], list[str]]:
    """Return the turns with their speakers' names, and a warning where there are only ids.

    Whom the markup knows by one id is one speaker, shown as the transcript mostly calls him, else
    as the header does. A label of a letter or two, ``Q``, gives way to the header's name.

    Args:
        spoken: in order; a key is as ``references`` gives it, several parted by spaces.
        people: by id.
        name: of the file, for the warning.
    """
    labels: dict[str, Counter[str]] = {}
    for said in spoken:
        if said.voice.key:
            labels.setdefault(said.voice.key, Counter())
            if said.voice.label:
                labels[said.voice.key][said.voice.label] += 1
    shown: dict[str, str] = {}
    unnamed: list[str] = []
    for key, counts in labels.items():
        label = counts.most_common(1)[0][0] if counts else ""
        listed = _listed(key, people)
        shown[key] = (label if len(label) > _MAX_SHORT else None) or listed or label
        if not shown[key]:
            shown[key] = _readable(key)
            unnamed += [key] if " " not in key else []
    twice = {one for one, count in Counter(shown.values()).items() if count > 1}
    for key, one in shown.items():
        listed = _listed(key, people)
        if one in twice and listed and listed != one:
            shown[key] = f"{one} ({listed})"
    turns = [
        GivenTurn(
            speaker=shown[said.voice.key] if said.voice.key else said.voice.label,
            role=said.voice.role or people.get(said.voice.key or "", Person(None)).role,
            text=said.text,
            line=said.line,
            start_s=said.voice.start_s,
            end_s=said.voice.end_s,
        )
        for said in spoken
    ]
    return turns, _warn(unnamed, name=name)


def _warn(unnamed: Sequence[str], *, name: str) -> list[str]:
    if not unnamed:
        return []
    some = ", ".join(unnamed[:_LISTED]) + (", ..." if len(unnamed) > _LISTED else "")
    return [
        f"{name}: no names for {len(unnamed)} of the speakers ({some}), whose ids are shown; "
        "check them; the list of persons may be in another file"
    ]


def _listed(key: str, people: Mapping[str, Person]) -> str | None:
    """The name in the header; those of all who speak together."""
    if key in people:
        return people[key].name
    names = [people[part].name for part in key.split() if part in people]
    return " and ".join(one for one in names if one) or None


def _readable(key: str) -> str:
    """An id as a name, where it is made of words: ``FirstLast``, ``first-last``."""
    if _CAMEL.fullmatch(key):
        return _HUMP.sub(" ", key)
    if _DASHED.fullmatch(key) and key.islower():
        return re.sub("[-_]", " ", key).title()
    return key


def _in_order(element: etree._Element) -> str:
    """A name, given name first, whatever the order of its parts in the source."""
    if family := _parts(element, _FAMILY):
        return " ".join((*_parts(element, _GIVEN), *_parts(element, _BETWEEN), *family))
    return words_of(element)


def _parts(element: etree._Element, tags: Sequence[str]) -> list[str]:
    children = (child for child in element if tag_of(child) in tags)
    return [text for child in children if (text := words_of(child))]


def _role_of(element: etree._Element) -> str | None:
    """What the person's part is called; of several names, one that says who asks or answers."""
    inner = (words_of(one) for one in element.iter(etree.Element) if tag_of(one) in _PARTS)
    roles = [role for role in (attribute(element, *_PARTS), *inner) if role]
    return next((role for role in roles if explicit_role(role)), roles[0] if roles else None)
