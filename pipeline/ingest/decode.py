"""Bytes to text: the encoding, and whether the bytes are text."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import InputError
from pipeline.notices import notice
from pipeline.records import Notice

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = ((b"PK\x03\x04", "a zip archive"), (b"\xd0\xcf\x11\xe0", "an old Word document"),
          (b"\x1f\x8b", "a gzip archive"), (b"\x89PNG", "an image"), (b"\xff\xd8", "an image"),
          (b"%PDF", "a PDF"))  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_SINGLE_BYTE = ("cp1252", "mac_roman")
_USUAL = "“”‘’–—…é"  # what is not ASCII in English prose
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32)})
_SAMPLE = 200_000


def decode(data: bytes, *, name: str, declared: str | None = None) -> tuple[str, list[Notice]]:
    """Return the text, line ends as ``\\n``, and warnings about the encoding.

    Args:
        data: of the file.
        name: of the file, for messages.
        declared: the file's declared encoding; tried where it is not UTF-8.

    Raises:
        InputError: the bytes are not text.
    """
    encoding = find_encoding(data, name=name, declared=declared)
    usual = encoding in ("utf-8", *(marked for _, marked in _BOMS))
    warnings = [] if usual else [notice("not-utf8", name, encoding=encoding)]
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n"), warnings


def find_encoding(data: bytes, *, name: str, declared: str | None = None) -> str:
    """Return Python's name of an encoding in which the bytes are valid; UTF-8 if they are.

    Args:
        data, name, declared: as of ``decode``.

    Raises:
        InputError: the bytes are not text.
    """
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if not marked:
        _refuse_binary(data, name=name)
    try:
        data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked:
            raise InputError(
                f"{name}: starts with the mark of {marked} but is not valid at byte "
                f"{error.start:,}; expected UTF-8 text; save the file again as UTF-8"
            ) from error
        encoding = declared or _guess(data)
        try:
            data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            return "latin-1"
        return encoding
    return marked or "utf-8"


def _guess(data: bytes) -> str:
    """The encoding that a web page declares, else the one with more of the usual characters."""
    found = _META_CHARSET.search(data[:4096])
    said = found[1].decode("ascii").lower() if found else "utf-8"
    if said not in ("utf-8", "utf8", "iso-8859-1", "latin-1", "latin1"):
        return said
    sample = data[:_SAMPLE]
    usual = {one: sum(map(sample.decode(one, "replace").count, _USUAL)) for one in _SINGLE_BYTE}
    return "cp1252" if found else max(_SINGLE_BYTE, key=lambda one: usual[one])


def _refuse_binary(data: bytes, *, name: str) -> None:
    sample = data[:_SAMPLE]
    control = len(sample) - len(sample.translate(None, _CONTROLS))
    what = next((what for magic, what in _MAGIC if data.startswith(magic)), "")
    if what or b"\x00" in data or control > len(sample) // 100:
        raise InputError(
            f"{name}: {what or f'binary data, {control:,} control characters'}; expected text, or "
            "a format that is known by its suffix; save the transcript as .docx or .txt"
        )
