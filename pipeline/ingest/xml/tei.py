"""TEI: the utterances and speeches of parliaments' corpora, hearings and oral history."""

from __future__ import annotations

from lxml import etree

from pipeline.ingest.content import Content
from pipeline.ingest.xml.parse import attribute, find_first, line_of, tag_of, words_of
from pipeline.ingest.xml.people import explicit_role, find_plain_people, name_turns, references
from pipeline.ingest.xml.walk import HEADER, Voice, walk

ROOTS = ("TEI", "teiCorpus", "TEI.2")
_TURNS = frozenset(("u", "sp"))
_HEADERS = frozenset(("teiheader", "standoff", "facsimile", "sourcedoc", "timeline", "xenodata"))
_ASIDES = {
    "note": "note",
    "vocal": "sound",
    "kinesic": "gesture",
    "incident": "incident",
    "event": "incident",
    "writing": "writing",
    "gap": "gap",
    "pause": "pause",
    "pb": "page break",
    "stage": "stage direction",
    "head": "heading",
    "fw": "running head or foot",
    "spangrp": "annotation",
    "figure": "picture",
}
_READ_OTHERWISE = {"corr": "sic", "reg": "orig", "expan": "abbr"}
_CREDITS = {
    **dict.fromkeys(("interviewer", "interviewed by", "interview by"), "interviewer"),
    **dict.fromkeys(("interviewee", "respondent", "informant"), "interviewee"),
}


def find_root(root: etree._Element) -> etree._Element | None:
    """The TEI document, where this is one or holds one."""
    return find_first(root, *ROOTS)


def read(root: etree._Element, *, name: str) -> Content:
    """Read what is said in ``<u>`` and ``<sp>``; without turns where nothing is.

    A speaker is shown by ``<note type="speaker">`` or ``<speaker>``, else by the list of persons.
    The role is left open but where the person is called interviewer or interviewee: a chair asks
    witnesses, and is asked by the house.

    Args:
        root: of the document.
        name: of the file, for messages.
    """
    spoken, dropped = walk(root, _Tei())
    turns, warnings = name_turns(spoken, find_plain_people(root), name=name)
    texts = sum(1 for _ in root.iter("{*}text"))
    if tag_of(root) == "teicorpus" and texts > 1:
        warnings.insert(
            0,
            f"{name}: a corpus of {texts} texts, read as one transcript; split it into a file each",
        )
    return Content([], _metadata(root), warnings, turns, dropped)


class _Tei:
    def voice(self, element: etree._Element) -> Voice | None:
        if tag_of(element) not in _TURNS:
            return None
        who = attribute(element, "who")
        for outer in element.iterancestors():
            if who:
                break
            if tag_of(outer) in _TURNS:
                return None
            who = attribute(outer, "who")
        parts = f"{attribute(element, 'role') or ''} {attribute(element, 'ana') or ''}".split()
        role = next((role for part in parts if (role := explicit_role(part))), None)
        return Voice(key=" ".join(references(who)) or None, role=role)

    def aside(self, element: etree._Element) -> str | None:
        tag = tag_of(element)
        if tag in _HEADERS:
            return HEADER
        if self.is_label(element):
            return None
        parent = element.getparent()
        if parent is not None and tag_of(parent) == "choice" and _has_better(parent, tag):
            return "other reading"
        return _ASIDES.get(tag)

    def is_label(self, element: etree._Element) -> bool:
        tag = tag_of(element)
        return tag == "speaker" or (tag == "note" and attribute(element, "type") == "speaker")


def _has_better(choice: etree._Element, tag: str) -> bool:
    """Beside what the source has stands what the editor reads there."""
    tags = {tag_of(child) for child in choice}
    return any(worse == tag and better in tags for better, worse in _READ_OTHERWISE.items())


def _metadata(root: etree._Element) -> dict[str, str]:
    header = find_first(root, "TEI", "TEI.2")
    header = find_first(root if header is None else header, "teiHeader")
    if header is None:
        return {}
    text = find_first(root, "text")
    spoken_in = attribute(text, "lang") if text is not None else None
    found = {
        "title": _title(header),
        "date": _date(header),
        "language": spoken_in or attribute(root, "lang") or "",
        "licence": next((words_of(e) for e in header.iter("{*}licence", "{*}license")), ""),
        **_credited(header),
    }
    return {key: value for key, value in found.items() if value}


def _title(header: etree._Element) -> str:
    """The main title and the title below it; the English ones where there are others too."""
    statement = find_first(header, "titleStmt")
    if statement is None:
        return ""
    titles: dict[str, str] = {}
    elements = sorted(statement.iterfind("{*}title"), key=lambda e: attribute(e, "lang") != "en")
    for element in elements:
        titles.setdefault(attribute(element, "type") or "main", words_of(element))
    main, sub = titles.get("main", ""), titles.get("sub", "")
    return ": ".join(part for part in (main.split(" [")[0], sub) if part)


def _date(header: etree._Element) -> str:
    """The day of the talk: of the setting, the recording or the source; not of the edition."""
    for place in ("setting", "recording", "creation", "sourceDesc"):
        for element in header.iter(f"{{*}}{place}"):
            for date in (element, *element.iter("{*}date")):
                if day := attribute(date, "when", "when-iso", "from", "value"):
                    return day
                if tag_of(date) == "date" and (text := words_of(date)):
                    return text
    return ""


def _credited(header: etree._Element) -> dict[str, str]:
    """Who is credited with asking or answering."""
    found: dict[str, str] = {}
    for statement in header.iter("{*}respStmt"):
        part, who = find_first(statement, "resp"), find_first(statement, "persName", "name")
        field = _CREDITS.get(words_of(part).casefold().rstrip(" :")) if part is not None else None
        if field and who is not None and words_of(who):
            found.setdefault(field, words_of(who))
    return found


def first_line(root: etree._Element) -> int:
    """The line on which the text below the header starts, for messages."""
    text = find_first(root, "text", "body")
    return line_of(root if text is None else text)
