"""PDF with a text layer: characters and their type by pdfminer.six, laid out by ``pages``.

pdfminer's own layout analysis is left out: it costs half of the time, and paragraphs are found
over all pages together.
"""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import apply_matrix_pt, decode_text, mult_matrix

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean
from pipeline.ingest.pages import Glyph, Page, find_rows, read_pages
from pipeline.notices import notice
from pipeline.records import Notice

MAX_PAGES, MAX_SECONDS, MAX_DRAWN, MAX_GLYPHS = 2_000, 120.0, 20_000, 200_000
MAX_STREAM, MAX_STREAMS = 100_000_000, 600_000_000
_FEW_LETTERS = 8
_STREAM = re.compile(rb"stream\r?\n")
_BOLD = re.compile(r"bold|black|heavy|demi|(?:^|[-,])[A-Z]*bd\b", re.I)
_ITALIC = re.compile(r"ital|oblique", re.I)
_FILE_NAME = re.compile(r"\.\w{2,5}$|^microsoft word|^untitled", re.I)
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_STROKED = 2  # text that is filled and outlined, as word processors make bold
_UNKNOWN = "\ufffd"


def read(data: bytes, *, name: str) -> Content:
    """Return the paragraphs of a PDF.

    Raises:
        InputError: it is encrypted, damaged, scanned, or too large to be a transcript.
    """
    if b"%PDF" not in data[:2048]:
        raise _refuse(name, 'does not start with "%PDF"')
    _refuse_bombs(data, name=name)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = list(_pages(document, name=name))
        titles = [clean(decode_text(info["Title"])) for info in document.info
                  if isinstance(info.get("Title"), bytes)]  # fmt: skip
    except InputError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise _refuse(name, "encrypted") from error
    except Exception as error:  # pdfminer lets what it meets in a damaged file through
        raise _refuse(name, f"damaged ({type(error).__name__}: {error})") from error
    warnings = _check_pages(pages, name=name)
    paragraphs, dropped = read_pages(pages)
    named = [title for title in titles if title and not _FILE_NAME.search(title)]
    metadata = {"title": named[-1]} if named else {}
    return Content(paragraphs, metadata, warnings=warnings, dropped=dropped)


def _refuse(name: str, what: str, advice: str = "print it to a new PDF") -> InputError:
    expected = "expected a PDF with a text layer and without a password"
    return InputError(f"{name}: {what}; {expected}; {advice}")


class _Device(PDFTextDevice):
    """Collects the upright characters of a page, up to a limit of drawing."""

    def __init__(self, manager: PDFResourceManager, *, name: str) -> None:
        super().__init__(manager)
        self.glyphs: list[Glyph] = []
        self.sideways: list[str] = []
        self.width, self.has_picture = 0.0, False
        self._name, self._drawn = name, 0
        self._end = time.monotonic() + MAX_SECONDS
        self._known: dict[tuple[int, int], tuple[str, float]] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a page."""
        self.glyphs, self.sideways, self.has_picture = [], [], False
        corners = (page.mediabox[:2], page.mediabox[2:])
        left, right = (apply_matrix_pt(ctm, corner)[0] for corner in corners)
        self.width = abs(right - left)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """Count a form or picture, to stop forms that draw forms."""
        self._drawn += 1
        self._check()

    def render_image(self, name: str, stream: Any) -> None:
        """Note a picture."""
        self.has_picture = True

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        """Draw nothing."""
        self._check()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Keep the characters of a string, each with its place, size and type."""
        self._check()
        font, size, rise = textstate.font, textstate.fontsize, textstate.rise
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)  # type: ignore[arg-type]
        scale = textstate.scaling * 0.01
        space = 0 if font.is_multibyte() else textstate.wordspace * scale
        height = round(abs(size) * hypot(c, d), 1)
        upright = a * size * scale > 0 and abs(b) <= 0.1 * abs(a) and not font.is_vertical()
        descriptor = getattr(font, "descriptor", {})
        flags, angle = descriptor.get("Flags"), descriptor.get("ItalicAngle")
        bold, italic = _look(str(getattr(font, "fontname", "")), flags, upright=angle == 0)
        bold = bold or textstate.render == _STROKED
        x, y = textstate.linematrix
        across, up = c * (y + rise) + e, d * (y + rise) + f
        for item in seq:
            if isinstance(item, int | float):
                x -= item * 0.001 * size * scale
                continue
            for code in font.decode(item) if isinstance(item, bytes) else ():
                text, width = self._character(font, code)
                step, left = width * size * scale, a * x + across
                if upright:
                    place = (left, left + a * step, b * x + up, height)
                    self.glyphs.append((*place, text, bold, italic))
                else:
                    self.sideways.append(text)
                x += step + textstate.charspace * scale + (space if code == 32 else 0)
        textstate.linematrix = (x, y)

    def _character(self, font: Any, code: int) -> tuple[str, float]:
        key = (id(font), code)
        if key not in self._known:
            try:
                text = font.to_unichr(code)
            except PDFUnicodeNotDefined:
                text = _UNKNOWN
            self._known[key] = (text, font.char_width(code))
        return self._known[key]

    def _check(self) -> None:
        late = time.monotonic() > self._end
        if late or self._drawn > MAX_DRAWN or len(self.glyphs) > MAX_GLYPHS:
            raise _refuse(self._name, f"draws too much, or for more than {MAX_SECONDS:.0f} seconds")


@cache
def _look(name: str, flags: object, *, upright: bool) -> tuple[bool, bool]:
    """Tell whether a font is bold, and italic, by its name and its flags.

    The flags of Courier say that it is italic; where its angle is nought, it is upright.
    """
    known = flags if isinstance(flags, int) else 0
    bold = bool(_BOLD.search(name) or known & _BOLD_FLAG)
    return bold, bool(_ITALIC.search(name) or (known & _ITALIC_FLAG and not upright))


def _pages(document: PDFDocument, *, name: str) -> Iterator[Page]:
    manager = PDFResourceManager()
    device = _Device(manager, name=name)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MAX_PAGES:
            raise _refuse(name, f"more than {MAX_PAGES:,} pages", "split it")
        interpreter.process_page(page)
        rows = find_rows(device.glyphs, device.width)
        yield Page(number, rows, clean("".join(device.sideways)), device.has_picture)


def _check_pages(pages: Sequence[Page], *, name: str) -> list[Notice]:
    """Reject a text without letters; return a warning for single pages without any."""
    text = "".join(row.text for page in pages for row in page.rows)
    advice = "recognise its text first, such as with ocrmypdf"
    if text.count(_UNKNOWN) > 0.2 * len(text):
        raise _refuse(name, "its fonts do not say which letters they show", f"{advice} --force-ocr")
    empty = [page for page in pages if sum(len(row.text) for row in page.rows) < _FEW_LETTERS]
    if len(empty) == len(pages):
        what = "a picture" if any(page.has_picture for page in pages) else "nothing"
        raise _refuse(name, f"page 1 holds {what} and no text ({len(pages)} such pages)", advice)
    scanned = [page.number for page in empty if page.has_picture]
    return [notice("pictures", name, pages=scanned)] if scanned else []


def _refuse_bombs(data: bytes, *, name: str) -> None:
    """Unpack each stream in pieces, whatever size the file states, and stop at the limit."""
    total = 0
    for found in _STREAM.finditer(data):
        at, size, unpacker = found.end(), 0, zlib.decompressobj()
        with suppress(zlib.error):
            while at < len(data) and size <= MAX_STREAM and not unpacker.eof:
                piece = data[at : at + 1_000_000]
                size += len(unpacker.decompress(piece, 4_000_000))
                at += len(piece) - len(unpacker.unconsumed_tail)
        total += size
        if size > MAX_STREAM or total > MAX_STREAMS:
            raise _refuse(name, f"unpacks to more than {MAX_STREAM:,} bytes")
