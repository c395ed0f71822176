"""Word: the interview as a document, with each judged sentence's labels in a comment.

Comments can be corrected in place, or answered by a comment of one's own in the same notation
("component: premise", one a line); the last one counts. Comments without such a line are remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.exports.notation import COLOURS, FIELDS, Given, Sentence, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import inert
from pipeline.records import Interview
from pipeline.tables.identity import speaker_name
from pipeline.tables.lookup import Lookup

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

AUTHOR = "Westward"
UNIT = re.compile(r"\[unit (\S+)\]")
FIELD = re.compile(rf"^[ \t]*({'|'.join(FIELDS)})[ \t]*:(.*)$", re.IGNORECASE | re.MULTILINE)
GUIDE = (
    "Each comment holds the labels of a sentence. Correct them in the comment, or answer it with a "
    "line such as component: premise. component: claim, premise, none. kind: fact, value, policy. "
    "west: favor, against, neutral, none. target: words of the sentence, or IMPLICIT: WHO. "
    "reported: HOLDER: favor; HOLDER: against, or none. Leave the text and the line [unit ...] as "
    "they are."
)


def write(source: Source, path: Path) -> None:
    """Write a document an interview into a folder."""
    for interview in source.interviews():
        _document(interview).save(str(path / f"{interview.id}.docx"))


def _document(interview: Interview) -> Document:
    import docx

    document, lookup = docx.Document(), Lookup(interview)
    document.core_properties.author = AUTHOR
    document.core_properties.identifier = interview.sha256
    document.add_heading(inert(interview.title), 1)
    document.add_paragraph(" · ".join(filter(None, (interview.id, interview.date))))
    document.add_paragraph().add_run(GUIDE).italic = True
    judged = {one.unit.id: one for one in sentences(lookup)}
    for turn in interview.turns:
        paragraph, end = document.add_paragraph(), 0
        name = inert(speaker_name(lookup.speakers[turn.speaker_id]))
        paragraph.add_run(f"{name}: ").bold = True
        for unit in lookup.units_of(turn):
            paragraph.add_run(inert(turn.text[end : unit.start]))
            run, end = paragraph.add_run(inert(unit.text)), unit.end
            if one := judged.get(unit.id):
                _comment(document, run, one)
        paragraph.add_run(inert(turn.text[end:]))
    return document


def _comment(document: Document, run: Run, one: Sentence) -> None:
    from docx.shared import RGBColor

    lines = [f"{name}: {text}" for name, text in one.fields.items()]
    text = "\n".join((*lines, f"({one.judged})", f"[unit {one.unit.id}]"))
    document.add_comment(run, text, author=AUTHOR, initials=AUTHOR[0])
    if colour := COLOURS.get(one.fields["west"]):
        run.font.color.rgb = RGBColor.from_string(colour)


def read(path: Path) -> Iterator[Given]:
    """Yield what the comments of a document state, one a unit.

    Raises:
        InputError: a comment states labels, and is on no sentence with a comment of Westward's.
        LookupError: none of the comments is Westward's.
    """
    import docx

    with path.open("rb") as stream:
        document = docx.Document(stream)
    anchors, sha256 = _anchors(document), document.core_properties.identifier or None
    units: dict[str, Given] = {}
    places: dict[int, str] = {}
    for comment in sorted(document.comments, key=lambda one: not UNIT.search(one.text)):
        start, text = anchors.get(comment.comment_id, (-1, ""))
        fields = {name.lower(): words for name, words in FIELD.findall(comment.text)}
        where = f'{path}: comment by {comment.author} on "{text[:40]}"'
        if found := UNIT.search(comment.text):
            units[found[1]] = Given(where, fields, found[1], sha256=sha256, text=text)
            places |= dict.fromkeys(range(start, start + len(text)), found[1])
        elif fields and start not in places:
            raise InputError(
                f"{where}: states labels, and is on no sentence that has a comment of Westward's; "
                "expected an answer to such a comment; move it and import the file again"
            )
        elif fields:
            own = units[places[start]]
            units[places[start]] = replace(own, where=where, fields={**own.fields, **fields})
    if not units:
        raise LookupError("no comment with a line [unit ...]")
    yield from units.values()


def _anchors(document: Document) -> dict[int, tuple[int, str]]:
    """Return where in the document each comment starts, and the words it is on, by its id."""
    from docx.oxml.ns import qn

    start, end, text, *breaks = map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:t", "w:br",
                                         "w:cr", "w:tab"))  # fmt: skip
    words: list[str] = []
    length, spans = 0, dict[int, tuple[int, int]]()
    for element in document.element.body.iter(start, end, text, *breaks):
        number = int(element.get(qn("w:id"), -1))
        if element.tag == start:
            spans[number] = length, length
        elif element.tag == end:
            first, _ = spans.get(number, (length, length))
            spans[number] = first, length
        else:
            words.append((element.text or "") if element.tag == text else "\n")
            length += len(words[-1])
    whole = "".join(words)
    return {number: (first, whole[first:last]) for number, (first, last) in spans.items()}
