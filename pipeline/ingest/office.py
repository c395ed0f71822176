"""Office documents and books, which are zip archives: their parts, and a tree to turns or text."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest.columns import read_rows
from pipeline.ingest.content import Content, clean
from pipeline.ingest.lines import reflow
from pipeline.ingest.markup import find_blocks
from pipeline.ingest.xml import parse_xml
from pipeline.records import Dropped

if TYPE_CHECKING:
    from openpyxl import Workbook

EXCEL = "an Excel workbook (.xlsx)"
MAX_UNPACKED, MAX_PART, MAX_PARTS = 200_000_000, 60_000_000, 10_000
_MOST = 0.5  # of the words
_DAMAGED = (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, zlib.error,
            NotImplementedError)  # fmt: skip


@contextmanager
def open_workbook(data: bytes, *, name: str, read_only: bool = False) -> Iterator[Workbook]:
    """Open a workbook with the values of its cells; formulas are never computed.

    Args:
        data: of the file.
        name: of the file, for messages.
        read_only: for reading row by row, which must end within the context.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much, as far as it is read.
    """
    from openpyxl import load_workbook

    Package(data, name=name, expected=EXCEL)  # refuses what is none
    try:
        with warnings.catch_warnings(action="ignore"):
            yield load_workbook(io.BytesIO(data), read_only=read_only, data_only=True)
    except Exception as error:  # openpyxl lets what it meets in a damaged part through
        raise InputError(
            f"{name}: cannot be read ({type(error).__name__}: {error}); expected {EXCEL}; "
            "open it and save it again"
        ) from error


class Package:
    """The parts of an archive, which never unpack to more than its directory declares.

    Args:
        data: of the file.
        name: of the file, for messages.
        expected: what the archive should be, such as "a Word document (.docx)".

    Raises:
        InputError: it is no archive, damaged, encrypted, or unpacks to too much; so do its
            functions.
    """

    def __init__(self, data: bytes, *, name: str, expected: str) -> None:
        self.name, self._expected = name, expected
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            old = data.startswith(b"\xd0\xcf\x11\xe0")
            what = "an old or encrypted office document" if old else f"damaged ({error})"
            raise self._refuse(what) from error
        self.parts = self._archive.namelist()
        infos = self._archive.infolist()
        total = sum(info.file_size for info in infos)
        texts = [info.file_size for info in infos if info.filename.endswith("ml")]
        if len(infos) > MAX_PARTS or total > MAX_UNPACKED or max(texts, default=0) > MAX_PART:
            what = f"unpacks to {total:,} bytes in {len(infos):,} parts, which is too much"
            raise self._refuse(what)
        if any(info.flag_bits & 1 for info in infos):
            raise self._refuse("encrypted")

    def read(self, part: str) -> bytes:
        """Return the bytes of a part."""
        try:
            return self._archive.read(part)
        except _DAMAGED as error:
            raise self._refuse(f"its part {part} cannot be read ({error})") from error

    def parse(self, part: str) -> etree._Element:
        """Return the root of a part."""
        return parse_xml(self.read(part), name=self.name, expected=self._expected)[0]

    def _refuse(self, what: str) -> InputError:
        return InputError(
            f"{self.name}: {what}; expected {self._expected}, whole and without a password; open "
            "it and save it again"
        )


def read_tree(root: etree._Element, package: Package, *, about: str) -> Content:
    """Return the turns of tables that hold most of the words, else the paragraphs.

    Args:
        root: of a tree with the element names of HTML.
        package: that it is from.
        about: the part with the title.
    """
    blocks = find_blocks(root)
    words = sum(len(line.plain().split()) for block in blocks for line in block)
    content = Content([])
    tables = list(root.iter("table"))
    outer = {one for table in tables for one in table.iterancestors("table")}
    used: list[etree._Element] = []
    for table in tables:
        if table in outer:
            continue  # its cells hold the tables that are read, and no turns of their own
        rows = [
            (row.sourceline or 1, [_text(cell) for cell in row.iterchildren("td", "th")])
            for row in table.iter("tr")
        ]
        found = read_rows(rows, name=package.name)
        if found:
            used.append(table)
            content.turns += found.turns
            content.dropped += found.dropped
    if sum(len(turn.text.split()) for turn in content.turns) <= _MOST * words:
        content = Content([p for line in reflow(blocks) if (p := line.paragraph())])
    for table in used if content.turns else ():
        table.clear(keep_tail=True)
    for line in reflow(find_blocks(root)) if content.turns else ():
        piece = Dropped(text=line.plain(), reason="outside the table", line=line.number)
        content.dropped.append(piece)
    title = package.parse(about).findtext(".//{*}title") if about in package.parts else ""
    if (title := clean(title or "")) and title.lower() != "word document":
        content.metadata["title"] = title
    return content


def _text(cell: etree._Element) -> str:
    return "\n\n".join(line.plain() for block in find_blocks(cell) for line in block)
