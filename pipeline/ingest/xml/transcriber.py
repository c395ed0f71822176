"""Transcriber's files: turns with their times, and two who speak at once."""

from __future__ import annotations

from lxml import etree

from pipeline.ingest.content import Content
from pipeline.ingest.fields import seconds
from pipeline.ingest.xml.parse import attribute, find_first, line_of, tag_of
from pipeline.ingest.xml.people import find_people, name_turns
from pipeline.ingest.xml.walk import OUTSIDE, Spoken, Voice
from pipeline.records import Dropped

_ASIDES = {"event": "event", "comment": "note", "background": "background noise"}


def find_root(root: etree._Element) -> etree._Element | None:
    """The document, where it is Transcriber's."""
    return root if tag_of(root) == "trans" else None


def read(root: etree._Element, *, name: str) -> Content:
    """Read the ``<Turn>``s; where several speak at once, each has a turn of his own.

    Args:
        root: of the document.
        name: of the file, for messages.
    """
    spoken: list[Spoken] = []
    dropped: list[Dropped] = []
    for element in root.iter(etree.Element):
        if tag_of(element) == "turn":
            spoken += _turn(element)
        reason, text = _ASIDES.get(tag_of(element)), attribute(element, "desc", "type")
        if reason and text and text != "other":
            dropped.append(Dropped(text=text, reason=reason, line=line_of(element)))
        elif tag_of(element) == "topic" and text:
            dropped.append(Dropped(text=text, reason="topic", line=line_of(element)))
        elif tag_of(element) == "section":
            dropped += _between(element)
    turns, warnings = name_turns(spoken, find_people(root), name=name)
    episode = find_first(root, "Episode")
    found = {
        "series": attribute(episode, "program") if episode is not None else None,
        "date": attribute(episode, "air_date") if episode is not None else None,
        "language": attribute(root, "lang"),
    }
    metadata = {key: value for key, value in found.items() if value}
    return Content([], metadata, warnings, turns, dropped)


def _turn(turn: etree._Element) -> list[Spoken]:
    """What each speaker says in a turn; ``<Who nb="2"/>`` goes on with the second one named."""
    names = (attribute(turn, "speaker") or "").split()
    start, end = (seconds(attribute(turn, field)) for field in ("startTime", "endTime"))
    voices = [Voice(key=one, start_s=start, end_s=end) for one in names or [""]]
    voices = [voice if voice.key else Voice(start_s=start, end_s=end) for voice in voices]
    said = [Spoken(voices[0], line_of(turn))]
    said[-1].paragraphs[-1].append(turn.text or "")
    for child in turn.iter(etree.Element):
        if child is turn:
            continue
        number = attribute(child, "nb") if tag_of(child) == "who" else None
        if number and number.isdigit() and 0 < int(number) <= len(voices):
            said.append(Spoken(voices[int(number) - 1], line_of(child)))
        said[-1].paragraphs[-1] += [" ", child.text or "", " ", child.tail or ""]
    return [one for one in said if one.text]


def _between(section: etree._Element) -> list[Dropped]:
    """The text of a section that is in no turn."""
    pieces = [(section.text, section), *((child.tail, child) for child in section)]
    return [
        Dropped(text=text.strip(), reason=OUTSIDE, line=line_of(element))
        for text, element in pieces
        if text and text.strip()
    ]
