"""XML of no known kind: the best of the ways to read turns in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.ingest.content import Content, clean
from pipeline.ingest.header import KEYS
from pipeline.ingest.tables import scale_times
from pipeline.ingest.xml.parse import id_of, tag_of, words_of
from pipeline.ingest.xml.people import find_people, is_person, name_turns
from pipeline.ingest.xml.walk import HEADER, Spoken, walk
from pipeline.ingest.xml.ways import Marks, find_ways
from pipeline.records import Dropped

_NO_FIELDS = (None, "transcript", "participants", "note")
_ENOUGH = 0.5


@dataclass
class _Reading:
    """What the document says, read in one way."""

    spoken: list[Spoken]
    dropped: list[Dropped]
    metadata: dict[str, str]

    @property
    def words(self) -> int:
        return sum(len(said.text.split()) for said in self.spoken)

    @property
    def speakers(self) -> int:
        return len({said.voice.key for said in self.spoken})


def read(root: etree._Element, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read the turns of a document whose elements name speakers in some way or other.

    Of several ways the first is taken that tells at least two speakers apart and finds at least
    half as many words as the best; else the first that finds them. Without turns where none does.

    Args:
        root: of the document.
        name: of the file, for messages.
        keys: the user's: field to the name of an attribute or element; they win.
    """
    elements = list(root.iter(etree.Element))  # held, so that each stays the same object
    readings = [_read_marked(way, elements) for way in find_ways(elements, keys or {})]
    most = max((reading.words for reading in readings), default=0)
    enough = [reading for reading in readings if reading.words >= max(1, _ENOUGH * most)]
    if not enough:
        return Content([])
    best = next((reading for reading in enough if reading.speakers > 1), enough[0])
    people = {key: one for key, one in find_people(root).items() if one.name}
    spoken = [_without_label(said) if said.voice.key in people else said for said in best.spoken]
    turns, warnings = name_turns(spoken, people, name=name)
    return Content([], best.metadata, warnings, scale_times(turns), best.dropped)


def _read_marked(marks: Marks, elements: Sequence[etree._Element]) -> _Reading:
    root = elements[0]
    fields = _head_fields(elements, marks)
    keys = {voice.key for voice in marks.voices.values()}
    people = (one for one in elements if is_person(one) and id_of(one) in keys)
    listed = [one for one in people if not _speaks(one, marks)]
    marks.asides.update(dict.fromkeys((*fields.values(), *listed), HEADER))
    metadata = {key: words_of(element) for key, element in fields.items()}
    for key, value in root.attrib.items():
        meant = KEYS.get(etree.QName(key).localname.lower())
        if meant not in _NO_FIELDS and clean(value):
            metadata.setdefault(str(meant), clean(value))
    return _Reading(*walk(root, marks), metadata)


def _head_fields(elements: Sequence[etree._Element], marks: Marks) -> dict[str, etree._Element]:
    """The fields of the document's head, and the first element outside all turns that is each."""
    fields: dict[str, etree._Element] = {}
    for element in elements:
        key = KEYS.get(tag_of(element).replace("_", " "))
        if key in _NO_FIELDS or key in fields or len(element) or not words_of(element):
            continue
        around = (element, *element.iterancestors())
        if not any(one in marks.voices or one in marks.asides for one in around):
            fields[str(key)] = element
    return fields


def _speaks(element: etree._Element, marks: Marks) -> bool:
    """The element is, is in, or holds a turn, or what one is labelled with."""
    around = (*element.iterancestors(), *element.iter(etree.Element))
    return any(one in marks.voices or one in marks.asides for one in around)


def _without_label(said: Spoken) -> Spoken:
    return replace(said, voice=replace(said.voice, label=None))
