"""Word documents, by mammoth: its HTML, and the text of the file that is not speech."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping

import lxml.html
import mammoth
from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean
from pipeline.ingest.office import Package, read_tree
from pipeline.records import Dropped

EXPECTED = "a Word document (.docx)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEP = 4_000  # calls within calls, enough for a depth of 256 elements
_PARTS = {"header": "running head or foot", "footer": "running head or foot",
          "footnotes": "footnote", "endnotes": "footnote", "comments": "comment"}  # fmt: skip
_PART = re.compile(rf"word/({'|'.join(_PARTS)})\d*\.xml")
_NOTES = "//sup[a[contains(@id, 'note-ref-')]] | //li[contains(@id, 'note-')]"


def read(data: bytes, *, name: str) -> Content:
    """Return the turns of tables with a row a turn, else the paragraphs of a Word document.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much.
    """
    package = Package(data, name=name, expected=EXPECTED)
    parts = {
        part: package.parse(part)
        for part in package.parts
        if part.endswith((".xml", ".rels")) and not part.startswith("word/theme")
    }
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEEP)
    try:
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=lambda image: [])
        # a line a paragraph, for the numbers of the lines
        page = re.sub(r"</(?:p|h\d)>", "\\g<0>\n", result.value)
        root = lxml.html.fragment_fromstring(page, create_parent="div")
    except Exception as error:  # mammoth lets what it meets in a damaged part through
        raise InputError(
            f"{name}: cannot be read ({type(error).__name__}: {error}); expected {EXPECTED}; "
            "open it and save it again"
        ) from error
    finally:
        sys.setrecursionlimit(limit)
    for note in root.xpath(_NOTES):
        note.drop_tree()
    content = read_tree(root, package, about="docProps/core.xml")
    content.dropped += _no_speech(parts)
    return content


def _no_speech(parts: Mapping[str, etree._Element]) -> Iterator[Dropped]:
    for part, root in parts.items():
        found = _PART.fullmatch(part)
        reason = _PARTS[found[1]] if found else "deleted text"
        for element in root.iter(f"{_W}p" if found else f"{_W}delText"):
            pieces = element.iter(f"{_W}t") if found else (element,)
            if text := clean("".join(piece.text or "" for piece in pieces)):
                yield Dropped(text=text, reason=reason, line=1)
