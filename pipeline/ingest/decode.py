"""Bytes to text: which encoding, and is it text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF", "name it .pdf"),
    (b"PK\x03\x04", "a zip archive, but no Word document that can be read", "save it anew"),
    (b"\xd0\xcf\x11\xe0", "an old Word document", "save it as plain text or HTML"),
    (b"{\\rtf", "rich text (RTF)", "name it .rtf"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "an image", "transcribe it first"),
    (b"\xff\xd8\xff", "an image", "transcribe it first"),
)
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_SINGLE_BYTE = ("cp1252", "latin_1", "mac_roman")
_SAMPLE = 200_000


def decode(data: bytes, *, name: str) -> tuple[str, list[str]]:
    """Return the text, line ends as ``\\n``, and warnings about the encoding.

    Raises:
        InputError: the bytes are no text.
    """
    _refuse_binary(data, name=name)
    text, warnings = _decode(data, name=name)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decode(data: bytes, *, name: str) -> tuple[str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{name}: starts with the mark of {encoding} but is not valid at byte "
                    f"{error.start:,}; expected UTF-8 text; save the file again as UTF-8"
                ) from error
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        encoding = _guess(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        encoding, text = "latin-1", data.decode("latin-1")
    warning = f"{name}: not UTF-8; read as {encoding}; check quotation marks and accents"
    return text, [warning]


def _guess(data: bytes) -> str:
    declared = _META_CHARSET.search(data[:4096])
    if declared and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        name = declared.group(1).decode("ascii").lower()
        return "cp1252" if name in ("iso-8859-1", "latin-1", "latin1") else name
    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_SINGLE_BYTE)).best()
    return "cp1252" if best is None or best.encoding == "latin_1" else best.encoding


def _refuse_binary(data: bytes, *, name: str) -> None:
    expected = "expected text, Markdown or HTML"
    for magic, what, advice in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name}: {what}; {expected}; {advice}")
    if data.startswith(tuple(bom for bom, _ in _BOMS)):
        return
    sample = data[:_SAMPLE]
    control = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample))
    if b"\x00" in data or control > len(sample) // 100:
        raise InputError(
            f"{name}: binary data ({control:,} control characters in the first "
            f"{len(sample):,} bytes); {expected}; check that this is the transcript"
        )
