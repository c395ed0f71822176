"""Hansard as Australia's parliament saves it: who speaks stands linked within the paragraphs."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.ingest.content import Content, clean, mend
from pipeline.ingest.xml.parse import attribute, find_first, line_of, tag_of, words_of
from pipeline.ingest.xml.people import Person, name_turns
from pipeline.ingest.xml.walk import LABEL, Spoken, Voice
from pipeline.records import Dropped

_ROOT = "hansard"
_TEXT = "talk.text"
_SPEAKS = re.compile(r"^(?:Member|Office)")
_HECKLES = re.compile(r"^General")
_ROLES = {"MemberQuestion": "interviewer", "MemberAnswer": "respondent"}
# the seat, the office and the time behind a name: "(Seat—Minister for Ports) (14:11):"
_SEAT = re.compile(r"^\s*(?:\([^()]{0,160}\)\s*)*:?\s*")


def find_root(root: etree._Element) -> etree._Element | None:
    """The document, where speeches in it link their speakers."""
    texts = root.iter(f"{{*}}{_TEXT}") if tag_of(root) == _ROOT else iter(())
    return root if any(_link(text) is not None for text in texts) else None


def read(root: etree._Element, *, name: str) -> Content:
    """Read each talk's paragraphs: a link opens the speech of another, who goes on till the next.

    Who only puts questions has that role, and who only answers them; of others it is left open.
    That members interject, without their words, is a stage direction.

    Args:
        root: of the document.
        name: of the file, for messages.
    """
    spoken: list[Spoken] = []
    dropped: list[Dropped] = []
    kinds: dict[str | None, set[str]] = {}
    for talk in root.iter(f"{{*}}{_TEXT}"):
        voice = Voice(key=_talker(talk))
        for paragraph in talk.iter("{*}p"):
            text, line = clean(mend("".join(paragraph.itertext()))), line_of(paragraph)
            if not text or any(_is(one, _HECKLES) for one in _around(paragraph, talk)):
                dropped += [Dropped(text=text, reason="stage direction", line=line)] * bool(text)
                continue
            if (link := _link(paragraph)) is not None:
                label = words_of(link)
                voice = Voice(key=attribute(link, "href"), label=label.rstrip(": "))
                kinds.setdefault(voice.key, set()).add(link.get("type") or "")
                seat = _SEAT.match(rest := text.removeprefix(label))
                text = rest[seat.end() :] if seat else rest
                said = f"{label}{rest[: len(rest) - len(text)]}"
                dropped.append(Dropped(text=clean(said), reason=LABEL, line=line))
            if spoken and spoken[-1].voice.key == voice.key is not None and link is None:
                spoken[-1].paragraphs.append([text])
            elif text:
                spoken.append(Spoken(voice, line, [[text]]))
    turns, warnings = name_turns(spoken, _people(root, kinds), name=name)
    return Content([], _metadata(root), warnings, turns, dropped)


def _around(paragraph: etree._Element, talk: etree._Element) -> list[etree._Element]:
    """The links that a paragraph stands in, or holds."""
    outer = [one for one in paragraph.iterancestors() if talk in one.iterancestors()]
    return [one for one in (*outer, *paragraph.iter("{*}a")) if tag_of(one) == "a"]


def _is(link: etree._Element, kind: re.Pattern[str]) -> bool:
    return bool(kind.match(link.get("type") or ""))


def _link(element: etree._Element) -> etree._Element | None:
    """The link to who starts to speak."""
    return next((one for one in element.iter("{*}a") if _is(one, _SPEAKS)), None)


def _talker(talk: etree._Element) -> str | None:
    """The id of whoever the head above a speech names."""
    above = talk.getparent()
    known = find_first(above, "name.id") if above is not None else None
    return words_of(known) or None if known is not None else None


def _people(root: etree._Element, kinds: dict[str | None, set[str]]) -> dict[str, Person]:
    """Who speaks by name, and by what he does where he does one thing only."""
    names: dict[str, str] = {}
    for talker in root.iter("{*}talker"):
        known, called = find_first(talker, "name.id"), find_first(talker, "name")
        if known is not None and called is not None:
            family, _, given = words_of(called).partition(", ")
            names.setdefault(words_of(known), f"{given.partition(',')[0]} {family}".strip())
    roles = {key: {_ROLES[kind] for kind in found & set(_ROLES)} for key, found in kinds.items()}
    return {
        key: Person(names.get(key), found.pop() if len(found) == 1 else None)
        for key in {*names, *(key for key in roles if key)}
        for found in [roles.get(key, set())]
    }


def _metadata(root: etree._Element) -> dict[str, str]:
    date, title = find_first(root, "date"), find_first(root, "title")
    found = {"date": date, "title": title}
    return {key: words_of(one) for key, one in found.items() if one is not None and words_of(one)}
