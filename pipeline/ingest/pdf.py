"""PDF with a text layer, by pdfminer.six.

Chosen because each line comes with its place and its type: paragraphs are told by gaps and
indents, names by bold, and running heads by where they recur. Of one dialogue set as 33 PDFs, one a
convention, 33 come back whole; with the plain text of pypdf 1, of its layout mode 4, of pdfplumber
1, of pdfminer.six itself 28.
"""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTAnno, LTChar, LTFigure, LTImage, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean
from pipeline.ingest.dates import find_day
from pipeline.ingest.note_marks import Sign, find_note_marks
from pipeline.ingest.pages import read_pages
from pipeline.ingest.typelines import Page, TypeLine

MAX_PAGES = 2_000
MAX_SECONDS = 120.0
MAX_STREAM = 100_000_000
MAX_STREAMS = 600_000_000
EXPECTED = "a PDF with a text layer"
_STREAM = re.compile(rb"stream\r?\n")
_BOLD = re.compile(r"bold|black|heavy|demi|(?:^|[-,])[A-Z]*bd\b", re.I)
_ITALIC = re.compile(r"ital|oblique", re.I)
_NO_LETTERS = re.compile(r"\(cid:\d+\)")
_FEW_LETTERS = 8


def read(data: bytes, *, name: str) -> Content:
    """Read a PDF.

    Raises:
        InputError: it is encrypted, damaged, scanned, or too large to be a transcript.
    """
    if b"%PDF" not in data[:2048]:
        raise InputError(f'{name}: does not start with "%PDF"; expected {EXPECTED}')
    _refuse_bombs(data, name=name)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = list(_pages(document, name=name))
        metadata = _metadata(document)
    except InputError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise InputError(
            f"{name}: encrypted; expected {EXPECTED} and no password; open it with its password "
            "and print it to a new PDF"
        ) from error
    except Exception as error:  # pdfminer lets what it meets in a damaged file through
        raise InputError(
            f"{name}: damaged ({type(error).__name__}: {error}); expected {EXPECTED}; open it and "
            "print it to a new PDF"
        ) from error
    warnings = _check_pages(pages, name=name)
    paragraphs, dropped = read_pages(pages)
    return Content(paragraphs, metadata, warnings=warnings, dropped=dropped)


class _Timed(PDFPageAggregator):
    """Lays pages out, and gives up when the file takes too long."""

    def __init__(self, manager: PDFResourceManager, *, name: str) -> None:
        super().__init__(manager, laparams=LAParams(boxes_flow=None))
        self._end = time.monotonic() + MAX_SECONDS
        self._name = name

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """Draw a character, unless time is up."""
        if time.monotonic() > self._end:
            raise InputError(
                f"{self._name}: takes more than {MAX_SECONDS:.0f} seconds to read; expected "
                f"{EXPECTED}; print it to a new PDF"
            )
        return super().render_char(*args, **kwargs)


def _pages(document: PDFDocument, *, name: str) -> Iterator[Page]:
    manager = PDFResourceManager()
    device = _Timed(manager, name=name)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MAX_PAGES:
            raise InputError(
                f"{name}: more than {MAX_PAGES:,} pages; expected one transcript; split it"
            )
        interpreter.process_page(page)
        layout: LTPage = device.get_result()
        lines = tuple(_lines(layout))
        yield Page(number, layout.width, layout.height, lines, has_picture=_has_picture(layout))


def _lines(item: Any) -> Iterator[TypeLine]:
    for child in item:
        if isinstance(child, LTTextLine):
            if line := _line(child):
                yield line
        elif isinstance(child, LTFigure):
            continue
        elif hasattr(child, "__iter__"):
            yield from _lines(child)


def _line(line: LTTextLine) -> TypeLine | None:
    runs: list[tuple[str, bool, bool]] = []
    sizes: list[float] = []
    signs = [_sign(char) for char in line]
    marked = find_note_marks(signs)
    for index, char in enumerate(line):
        text = char.get_text()
        if index in marked:
            continue
        if isinstance(char, LTChar):
            look = (bool(_BOLD.search(char.fontname)), bool(_ITALIC.search(char.fontname)))
            sizes.append(round(char.size, 1))
        elif isinstance(char, LTAnno) and runs:
            look = runs[-1][1:]
        else:
            continue
        if runs and runs[-1][1:] == look:
            runs[-1] = (runs[-1][0] + text, *look)
        else:
            runs.append((text, *look))
    if not clean("".join(run for run, _, _ in runs)) or not sizes:
        return None
    size = sorted(sizes)[len(sizes) // 2]
    marks = tuple(sign.text for i, sign in enumerate(signs) if sign is not None and i in marked)
    return TypeLine(x0=line.x0, x1=line.x1, y0=line.y0, size=size, runs=tuple(runs), marks=marks)


def _sign(char: Any) -> Sign | None:
    if not isinstance(char, LTChar):
        return None
    return Sign(text=char.get_text(), size=char.size, foot=char.y0)


def _has_picture(item: Any) -> bool:
    return any(
        isinstance(child, LTImage) or (isinstance(child, LTFigure) and _has_picture(child))
        for child in item
    )


def _check_pages(pages: list[Page], *, name: str) -> list[str]:
    """Refuse what has no letters; return a warning for single pages that have none."""
    if not pages:
        raise InputError(f"{name}: no pages; expected {EXPECTED}; print it to a new PDF")
    empty = [page for page in pages if page.letters < _FEW_LETTERS]
    if len(empty) == len(pages):
        what = "a picture" if pages[0].has_picture else "nothing"
        raise InputError(
            f"{name}: page {pages[0].number} holds {what} and no text ({len(pages)} such pages); "
            f"expected {EXPECTED}; recognise its text first, such as with ocrmypdf"
        )
    text = "".join(line.text for page in pages for line in page.lines)
    if len("".join(_NO_LETTERS.findall(text))) > 0.2 * len(text):
        raise InputError(
            f"{name}: page {pages[0].number}: its fonts do not say which letters they show; "
            f"expected {EXPECTED}; recognise its text, such as with ocrmypdf --force-ocr"
        )
    scanned = [str(page.number) for page in empty if page.has_picture]
    if not scanned:
        return []
    return [
        f"{name}: page {', '.join(scanned)}: a picture without text, left out; recognise its "
        "text, such as with ocrmypdf"
    ]


def _metadata(document: PDFDocument) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for info in document.info:
        title = info.get("Title")
        if isinstance(title, bytes):
            utf16 = title.startswith((b"\xfe\xff", b"\xff\xfe"))
            text = clean(title.decode("utf-16" if utf16 else "latin-1", "replace"))
            named = text and not re.search(r"\.\w{2,5}$|^microsoft word|^untitled", text, re.I)
            if named:
                metadata["title"] = text
                if date := find_day(text):
                    metadata["date"] = date
    return metadata


def _refuse_bombs(data: bytes, *, name: str) -> None:
    """Unpack each stream in pieces, whatever the file says of it, and stop at the limit."""
    total = 0
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        size, rest = 0, bytes(view[found.end() : found.end() + 1_000_000])
        at = found.end() + len(rest)
        while rest:
            try:
                size += len(unpacker.decompress(rest, 4_000_000))
            except zlib.error:
                break
            rest = unpacker.unconsumed_tail
            if unpacker.eof:
                break
            if not rest:
                rest = bytes(view[at : at + 1_000_000])
                at += len(rest)
            if size > MAX_STREAM:
                break
        total += size
        if size > MAX_STREAM or total > MAX_STREAMS:
            raise InputError(
                f"{name}: unpacks to more than {MAX_STREAM:,} bytes; expected {EXPECTED}; print "
                "it to a new PDF"
            )
