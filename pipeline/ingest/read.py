"""Reading a transcript, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath

from pipeline.errors import InputError
from pipeline.ingest.content import Content
from pipeline.ingest.database_frames import strip_database_frame
from pipeline.ingest.dates import find_date
from pipeline.ingest.decode import decode
from pipeline.ingest.formats import FORMATS, Format, sniff, sniff_binary
from pipeline.ingest.header import split_header
from pipeline.ingest.part import part_paragraphs
from pipeline.records import Source

MAX_BYTES = 50_000_000


def read_source(path: Path, *, keys: Mapping[str, str] | None = None) -> Source:
    """Read one transcript file.

    Args:
        path: of the file.
        keys: of a structured format, field ("speaker", "text", ...) to key or column.

    Raises:
        InputError: the file is missing, unreadable, too large, empty, binary or malformed.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(_too_large(str(path), size))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); expected a transcript file"
        ) from error
    return read_bytes(data, name=str(path), keys=keys)


def read_bytes(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Source:
    """Read a transcript from its bytes; the suffix of ``name`` tells the format, else the content.

    Raises:
        InputError: the data are too large, empty, binary or malformed, or the suffix is unknown.
    """
    if len(data) > MAX_BYTES:
        raise InputError(_too_large(name, len(data)))
    if not data.strip():
        raise InputError(f"{name}: the file is empty; expected a transcript")
    suffix = PurePath(name).suffix.lower()
    known_suffix = suffix in FORMATS
    if suffix and not known_suffix and name != "-" and _names_a_format(suffix):
        raise InputError(
            f'{name}: format "{suffix}" is not known; expected one of {", ".join(FORMATS)}; '
            "save the transcript in one of these"
        )
    form, content, warnings = _read(data, suffix if known_suffix else None, name=name, keys=keys)
    if not content.paragraphs and not content.turns:
        raise InputError(f"{name}: no text found in it; expected a transcript")
    framed, paragraphs, frame = strip_database_frame(content.paragraphs)
    header, paragraphs = split_header(paragraphs)
    header = {**framed, **header}
    paragraphs, taken = part_paragraphs(paragraphs)
    metadata = {**header, **content.metadata}
    if "date" in metadata:
        told = (content.metadata.get("date", ""), header.get("date", ""))
        metadata["date"] = next(filter(None, map(find_date, told)), metadata["date"])
    return Source(
        name=name,
        format=form.name,
        sha256=hashlib.sha256(data).hexdigest(),
        metadata=metadata,
        paragraphs=tuple(paragraphs),
        turns=tuple(content.turns),
        dropped=(*content.dropped, *frame, *taken),
        warnings=(*warnings, *content.warnings),
    )


def _read(
    data: bytes, suffix: str | None, *, name: str, keys: Mapping[str, str] | None
) -> tuple[Format, Content, list[str]]:
    """Read by the suffix; but binary formats, and captions called plain text, as what they are."""
    actual = sniff_binary(data)
    if actual is not None and (suffix is None or FORMATS[suffix].binary):
        suffix = actual
    text = ""
    warnings: list[str] = []
    if suffix is None or not FORMATS[suffix].binary:
        text, warnings = decode(data, name=name)
        if suffix is None or FORMATS[suffix].name == "txt":
            suffix = sniff(text, plain=suffix is not None)
    form = FORMATS[suffix]
    if len(data) > form.max_bytes:
        raise InputError(_too_large(name, len(data), form.max_bytes))
    options = {"name": name, **({"keys": keys} if form.keyed else {})}
    return form, form.read(data if form.binary else text, **options), warnings


def _names_a_format(suffix: str) -> bool:
    """Tell ``.docx`` from the tail of a name with a full stop in it, such as ``2 p.m. talk``."""
    return 2 <= len(suffix) <= 6 and suffix[1:].isalnum() and not suffix[1:].isdigit()


def _too_large(name: str, size: int, limit: int | None = None) -> str:
    return (
        f"{name}: {size:,} bytes; expected at most {limit or MAX_BYTES:,}; "
        "split the file into one transcript each"
    )
