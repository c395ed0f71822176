"""brat: a text and its standoff annotations an interview, with the configuration of the folder.

Offsets are code points of the text file. A span over a line break is written in pieces, one a line,
as the format asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from pipeline.exports.notation import Fields, Sentence, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import Document, document_of, squeezed
from pipeline.records import Entity
from pipeline.tables.lookup import Lookup

UNDECIDED = "unit"
ATTRIBUTES = ("kind", "west")


def write(source: Source, path: Path) -> None:
    """Write a ``.txt`` and an ``.ann`` an interview, and ``annotation.conf``, into a folder."""
    for interview in source.interviews():
        document = document_of(interview)
        judged = sentences(Lookup(interview))
        found: list[Sentence | Entity] = [*judged, *(interview.entities or ())]
        lines = (
            f"{line}\n"
            for number, one in enumerate(found, start=1)
            for line in _lines(number, one, document)
        )
        for suffix, text in ((".txt", document.text), (".ann", "".join(lines))):
            (path / f"{interview.id}{suffix}").write_text(text, encoding="utf8", newline="\n")
    configuration = files("pipeline.exports").joinpath("brat.conf").read_bytes()
    (path / "annotation.conf").write_bytes(configuration)


def _lines(number: int, one: Sentence | Entity, document: Document) -> Iterator[str]:
    """Yield a text-bound annotation, its attributes, and a note."""
    record = one if isinstance(one, Entity) else one.unit
    fields: Fields = {} if isinstance(one, Entity) else one.fields
    if isinstance(one, Entity):
        label, note = one.label or one.via, ", ".join(one.actors)
    else:
        label = fields["component"] or UNDECIDED
        note = f"target: {fields['target']} reported: {fields['reported']}"
    pieces = list(_pieces(document.text, *document.span(record)))
    spans = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(document.text[start:end] for start, end in pieces)
    yield f"T{number}\t{label} {spans}\t{words}"
    for place, name in enumerate(ATTRIBUTES):
        if fields.get(name):
            yield f"A{len(ATTRIBUTES) * number + place}\t{name} T{number} {fields[name]}"
    yield f"#{number}\tAnnotatorNotes T{number}\t{record.id} {squeezed(note)}"


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a span between line breaks that are not blank."""
    for line in text[start:end].splitlines(keepends=True):
        if words := line.strip():
            first = start + line.index(words)
            yield first, first + len(words)
        start += len(line)
