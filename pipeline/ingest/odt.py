"""OpenDocument text, by lxml over the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from pipeline.ingest.archive import open_archive, parse_xml, read_member
from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.reflow import reflow
from pipeline.ingest.tables import mostly_turns, read_rows

EXPECTED = "an OpenDocument text (.odt)"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible-formatting:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset((f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes",
                      f"{_TEXT}table-of-content", f"{_OFFICE}forms"))  # fmt: skip
_MAX_DEPTH = 200


@dataclass(frozen=True)
class _Look:
    bold: bool | None = None
    italic: bool | None = None
    parent: str | None = None
    title: bool = False


def read(data: bytes, *, name: str) -> Content:
    """Read an OpenDocument text; a table with a row a turn gives the turns.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much.
    """
    archive = open_archive(data, name=name, expected=EXPECTED)
    xml = read_member(archive, "content.xml", name=name, expected=EXPECTED)
    root = parse_xml(xml, name=name, expected=EXPECTED)
    looks = _looks(root)
    metadata: dict[str, str] = {}
    if "styles.xml" in archive.namelist():
        more = read_member(archive, "styles.xml", name=name, expected=EXPECTED)
        looks = {**_looks(parse_xml(more, name=name, expected=EXPECTED)), **looks}
    if "meta.xml" in archive.namelist():
        about = read_member(archive, "meta.xml", name=name, expected=EXPECTED)
        title = parse_xml(about, name=name, expected=EXPECTED).findtext(f".//{_DC}title")
        metadata = {"title": clean(title)} if title and clean(title) else {}
    walker = _Walker(looks)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    blocks = list(walker.blocks(body)) if body is not None else []
    paragraphs = [p for line in reflow(blocks) if (p := line.paragraph())]
    content = Content(paragraphs, metadata)
    for rows in walker.tables:
        turns = read_rows(rows, name=name)
        if turns and mostly_turns(turns, paragraphs):
            content.turns = turns
    return content


def _looks(root: etree._Element) -> dict[str, _Look]:
    looks = {}
    for style in root.iter(f"{_STYLE}style"):
        weight = posture = None
        for properties in style.iterchildren(f"{_STYLE}text-properties"):
            weight, posture = (
                properties.get(f"{_FO}font-weight"),
                properties.get(f"{_FO}font-style"),
            )
        name = style.get(f"{_STYLE}name") or ""
        looks[name] = _Look(
            bold=None
            if weight is None
            else weight == "bold" or (weight.isdigit() and weight >= "6"),
            italic=None if posture is None else posture in ("italic", "oblique"),
            parent=style.get(f"{_STYLE}parent-style-name"),
            title=name == "Title",
        )
    return looks


class _Walker:
    """Walks the body in document order; a paragraph is a block, a line break ends a line."""

    def __init__(self, looks: Mapping[str, _Look]) -> None:
        self._known = looks
        self._number = 0
        self.tables: list[list[list[str]]] = []

    def blocks(self, element: Any, *, depth: int = 0) -> Iterator[list[Line]]:
        """Yield each paragraph's lines, numbered by paragraph."""
        if depth > _MAX_DEPTH:
            return
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from self._paragraph(child)
            elif tag == f"{_TABLE}table":
                yield from self._table(child, depth=depth)
            else:
                yield from self.blocks(child, depth=depth + 1)

    def _table(self, table: Any, *, depth: int) -> Iterator[list[Line]]:
        rows: list[list[str]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells = []
            for cell in row.iterchildren(f"{_TABLE}table-cell"):
                blocks = list(self.blocks(cell, depth=depth + 1))
                yield from blocks
                texts = [line.plain() for block in blocks for line in block]
                cells.append("\n\n".join(text for text in texts if text))
            rows.append(cells)
        self.tables.append(rows)

    def _paragraph(self, element: Any) -> Iterator[list[Line]]:
        self._number += 1
        look = self._look(element.get(f"{_TEXT}style-name"), _Look())
        heading = 0
        if element.tag == f"{_TEXT}h":
            level = element.get(f"{_TEXT}outline-level") or "1"
            heading = min(6, max(1, int(level))) if level.isdigit() else 1
        elif look.title:
            heading = 1
        lines = [Line(self._number, heading=heading)]
        self._inline(element, lines, look, depth=0)
        if kept := [line for line in lines if line.plain()]:
            yield kept

    def _inline(self, element: Any, lines: list[Line], look: _Look, *, depth: int) -> None:
        def add(text: str | None) -> None:
            lines[-1].add(text or "", bold=bool(look.bold), italic=bool(look.italic))

        add(element.text)
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}line-break":
                lines.append(Line(lines[-1].number, heading=lines[-1].heading))
            elif tag in (f"{_TEXT}s", f"{_TEXT}tab"):
                add("\t" if tag == f"{_TEXT}tab" else " ")
            elif isinstance(tag, str) and tag not in _SKIPPED and depth < _MAX_DEPTH:
                inner = self._look(child.get(f"{_TEXT}style-name"), look)
                self._inline(child, lines, inner, depth=depth + 1)
            add(child.tail)

    def _look(self, name: str | None, outer: _Look) -> _Look:
        found = _Look()
        seen: set[str] = set()
        while name in self._known and name is not None and name not in seen:
            seen.add(name)
            style = self._known[name]
            found = replace(
                found,
                bold=style.bold if found.bold is None else found.bold,
                italic=style.italic if found.italic is None else found.italic,
                title=found.title or style.title,
            )
            name = style.parent
        return replace(
            found,
            bold=outer.bold if found.bold is None else found.bold,
            italic=outer.italic if found.italic is None else found.italic,
        )
