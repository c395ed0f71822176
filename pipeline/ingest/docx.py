"""Word documents, by python-docx for the package and its styles; text in document order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.styles.style import BaseStyle
from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest.archive import open_archive, parse_xml, read_member
from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.dates import find_day
from pipeline.ingest.reflow import reflow
from pipeline.ingest.tables import mostly_turns, read_rows
from pipeline.records import Dropped

EXPECTED = "a Word document (.docx)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK,
                      f"{_W}pPr", f"{_W}rPr", f"{_W}sdtPr"))  # fmt: skip
_OFF = frozenset(("0", "false", "off", "none"))


def read(data: bytes, *, name: str) -> Content:
    """Read a Word document; a table with a row a turn gives the turns.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much.
    """
    archive = open_archive(data, name=name, expected=EXPECTED)
    if "word/document.xml" in archive.namelist():
        xml = read_member(archive, "word/document.xml", name=name, expected=EXPECTED)
        parse_xml(xml, name=name, expected=EXPECTED)
    try:
        document = docx.Document(io.BytesIO(data))
        return _read(document, name=name)
    except InputError:
        raise
    except Exception as error:  # python-docx lets what it meets in a damaged part through
        raise InputError(
            f"{name}: cannot be read ({type(error).__name__}: {error}); expected {EXPECTED}; "
            "open it and save it anew"
        ) from error


def _read(document: WordDocument, *, name: str) -> Content:
    walker = _Walker(document)
    blocks = list(walker.blocks(document.element.body))
    paragraphs = [p for line in reflow(blocks) if (p := line.paragraph())]
    content = Content(paragraphs, _metadata(document), dropped=list(_furniture(document)))
    for rows in walker.tables:
        turns = read_rows(rows, name=name)
        if turns and mostly_turns(turns, paragraphs):
            content.turns = turns
    return content


def _metadata(document: WordDocument) -> dict[str, str]:
    core = document.core_properties
    title = clean(core.title or "")
    metadata = {} if title.lower() in ("", "word document") else {"title": title}
    if date := find_day(title):
        metadata["date"] = date
    return metadata


def _furniture(document: WordDocument) -> Iterator[Dropped]:
    for section in document.sections:
        for part in (section.header, section.footer):
            for paragraph in part.paragraphs:
                if text := clean(paragraph.text):
                    yield Dropped(text=text, reason="running head or foot", line=1)


class _Walker:
    """Walks the body in document order; a paragraph is a block, a line break ends a line."""

    def __init__(self, document: WordDocument) -> None:
        self._styles: dict[str, BaseStyle] = {s.style_id: s for s in document.styles}
        self._number = 0
        self._page = 1
        self.tables: list[list[list[str]]] = []

    def blocks(self, body: Any) -> Iterator[list[Line]]:
        """Yield each paragraph's lines; number and page are those of the paragraph."""
        for element in body:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag not in _SKIPPED and isinstance(element.tag, str):
                yield from self.blocks(element)

    def _table(self, table: Any) -> Iterator[list[Line]]:
        rows: list[list[str]] = []
        for row in table.iter(f"{_W}tr"):
            cells = []
            for cell in row.iterchildren(f"{_W}tc"):
                blocks = list(self.blocks(cell))
                yield from blocks
                texts = [line.plain() for block in blocks for line in block]
                cells.append("\n\n".join(text for text in texts if text))
            rows.append(cells)
        self.tables.append(rows)

    def _paragraph(self, element: Any) -> Iterator[list[Line]]:
        self._number += 1
        style = element.find(f"{_W}pPr/{_W}pStyle")
        chain = list(self._chain(style.get(f"{_W}val") if style is not None else None))
        heading = next((level for s in chain if (level := _heading(s))), 0)
        lines = [Line(self._number, heading=heading, page=self._page)]
        inner: list[Any] = []
        self._runs(element, lines, chain, inner)
        if kept := [line for line in lines if line.plain()]:
            yield kept
        for box in inner:
            yield from self.blocks(box)

    def _runs(self, element: Any, lines: list[Line], chain: list[Any], inner: list[Any]) -> None:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{_W}txbxContent":
                inner.append(child)
            elif tag == f"{_W}r":
                self._run(child, lines, chain, inner)
            else:
                self._runs(child, lines, chain, inner)

    def _run(self, run: Any, lines: list[Line], chain: list[Any], inner: list[Any]) -> None:
        properties = run.find(f"{_W}rPr")
        own = properties.find(f"{_W}rStyle") if properties is not None else None
        styles = [*self._chain(own.get(f"{_W}val") if own is not None else None), *chain]
        bold = _is_set(properties, "b", styles)
        italic = _is_set(properties, "i", styles)
        for child in run:
            tag = child.tag
            if tag == f"{_W}t":
                lines[-1].add(child.text or "", bold=bold, italic=italic)
            elif tag == f"{_W}tab":
                lines[-1].add("\t", bold=bold, italic=italic)
            elif tag == f"{_W}noBreakHyphen":
                lines[-1].add("-", bold=bold, italic=italic)
            elif tag == f"{_W}lastRenderedPageBreak":
                self._page += 1
            elif tag in (f"{_W}br", f"{_W}cr"):
                last = lines[-1]
                lines.append(Line(last.number, heading=last.heading, page=self._page))
            elif isinstance(tag, str) and tag not in _SKIPPED:
                self._runs(child, lines, chain, inner)

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style: Any = self._styles[style_id]
            yield style
            base = style.element.find(f"{_W}basedOn")
            style_id = base.get(f"{_W}val") if base is not None else None


def _heading(style: Any) -> int:
    words = (style.name or "").lower().split()
    if words[:1] == ["title"]:
        return 1
    if len(words) == 2 and words[0] == "heading" and words[1].isdigit():
        return min(6, max(1, int(words[1])))
    return 0


def _is_set(properties: etree._Element | None, kind: str, styles: list[Any]) -> bool:
    """Bold or italic, by the run itself or else by the nearest style that says."""
    places = [properties, *(style.element.find(f"{_W}rPr") for style in styles)]
    for place in places:
        found = place.find(f"{_W}{kind}") if place is not None else None
        if found is not None:
            return (found.get(f"{_W}val") or "true").lower() not in _OFF
    return False
