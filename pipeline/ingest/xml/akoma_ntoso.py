"""Akoma Ntoso: the speeches, questions and answers of debates and committees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from pipeline.ingest.content import Content
from pipeline.ingest.xml.parse import attribute, find_first, tag_of, words_of
from pipeline.ingest.xml.people import find_plain_people, name_turns, references
from pipeline.ingest.xml.walk import HEADER, Spoken, Voice, walk

ROOT = "akomaNtoso"
_ROLES = {"question": "interviewer", "answer": "respondent"}
_TURNS = frozenset(("speech", *_ROLES))
_ASIDES = {
    "scene": "stage direction",
    "narrative": "stage direction",
    "summary": "stage direction",
    "remark": "stage direction",
    "heading": "heading",
    "subheading": "heading",
    "num": "number",
    "authorialnote": "note",
    "recordedtime": "time",
}


def find_root(root: etree._Element) -> etree._Element | None:
    """The document, where this is one of Akoma Ntoso or holds one."""
    return find_first(root, ROOT)


def read(root: etree._Element, *, name: str) -> Content:
    """Read what is said in ``<speech>``, ``<question>`` and ``<answer>``; no turns where none is.

    A speaker is shown by ``<from>``, else by the list of references. Who only puts questions, or
    only answers them, has that role; of others it is left open.

    Args:
        root: of the document.
        name: of the file, for messages.
    """
    spoken, dropped = walk(root, _Debate())
    turns, warnings = name_turns(_settle_roles(spoken), find_plain_people(root), name=name)
    return Content([], _metadata(root), warnings, turns, dropped)


class _Debate:
    def voice(self, element: etree._Element) -> Voice | None:
        tag = tag_of(element)
        if tag not in _TURNS:
            return None
        who = references(attribute(element, "by") or attribute(element, "as"))
        return Voice(key=" ".join(who) or None, role=_ROLES.get(tag))

    def aside(self, element: etree._Element) -> str | None:
        tag = tag_of(element)
        return HEADER if tag == "meta" else _ASIDES.get(tag)

    def is_label(self, element: etree._Element) -> bool:
        return tag_of(element) == "from"


def _settle_roles(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Take the role from whoever both asks and answers in the document."""
    roles: dict[str | None, set[str]] = {}
    for said in spoken:
        if said.voice.role:
            roles.setdefault(said.voice.key or said.voice.label, set()).add(said.voice.role)
    both = {key for key, known in roles.items() if len(known) > 1}
    return [
        replace(said, voice=replace(said.voice, role=None))
        if (said.voice.key or said.voice.label) in both
        else said
        for said in spoken
    ]


def _metadata(root: etree._Element) -> dict[str, str]:
    title = find_first(root, "docTitle", "heading")
    work = find_first(root, "FRBRWork")
    dates = [*(work.iter("{*}FRBRdate") if work is not None else ()), *root.iter("{*}docDate")]
    language = find_first(root, "FRBRlanguage")
    found = {
        "title": words_of(title) if title is not None else "",
        "date": next((day for date in dates if (day := attribute(date, "date"))), ""),
        "language": (attribute(language, "language") if language is not None else "") or "",
    }
    return {key: value for key, value in found.items() if value}
