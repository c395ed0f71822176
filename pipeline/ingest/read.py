"""Reading a transcript, whatever its format."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePath

from pipeline.errors import InputError, legible
from pipeline.ingest.content import Content
from pipeline.ingest.dates import find_date, find_day
from pipeline.ingest.decode import decode
from pipeline.ingest.formats import (
    FORMATS,
    MAX_BYTES,
    Format,
    check_size,
    sniff,
    sniff_binary,
)
from pipeline.ingest.frames import strip_frame
from pipeline.ingest.guard import MAX_UNGUARDED, guarded
from pipeline.ingest.header import split_header
from pipeline.ingest.times import take_times
from pipeline.notices import notice
from pipeline.records import Notice, Source


def read_source(path: Path, *, keys: Mapping[str, str] | None = None) -> Source:
    """Read one transcript file.

    Args:
        path: of the file.
        keys: of a structured format, field ("speaker", "text", ...) to key or column.

    Raises:
        InputError: the file is missing, unreadable, too large, empty, binary or malformed.
    """
    return read_bytes(read_file(path), name=legible(path), keys=keys)


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file; a pipe, a socket or a device is never waited for.

    Raises:
        InputError: it is missing, unreadable, too large, or no regular file.
    """
    name = legible(path)
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _irregular(name, status.st_mode)
            check_size(status.st_size, name=name)
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        if path.is_socket():
            raise _irregular(name, stat.S_IFSOCK) from error
        raise InputError(
            f"{name}: cannot be read ({error.strerror}); expected a transcript file"
        ) from error
    check_size(len(data), name=name)
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _irregular(name: str, mode: int) -> InputError:
    known = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
    what = known.get(stat.S_IFMT(mode), "a device")
    return InputError(f"{name}: {what}; expected a file; a program's output is read from - (stdin)")


def read_bytes(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Source:
    """Read a transcript from its bytes; the suffix of ``name`` or the content decides the format.

    Formats that programs lay out and large files are read in the guarded process.

    Raises:
        InputError: the data are too large, empty, binary of no known format, or malformed.
    """
    if is_plain(data, name=name):
        return parse(data, name=name, keys=keys)
    check_size(len(data), name=name)
    return guarded(parse, data, name=name, keys=keys)


def is_plain(data: bytes, *, name: str) -> bool:
    """Return whether a file is small, and of a format that is read line by line."""
    form = FORMATS.get(PurePath(name).suffix.lower())
    if len(data) > MAX_UNGUARDED or data.startswith(b"PK") or (form and form.guarded):
        return False
    actual = sniff_binary(data)
    return actual is None or not actual.guarded


def parse(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Source:
    """Read a transcript from its bytes in this process; raises as ``read_bytes``."""
    check_size(len(data), name=name)
    if not data.strip():
        raise InputError(f"{name}: the file is empty; expected a transcript")
    form, content, warnings = _read(data, PurePath(name).suffix.lower(), name=name, keys=keys)
    if not content.paragraphs and not content.turns:
        raise InputError(f"{name}: no text found in it; expected a transcript")
    framed, paragraphs, frame = strip_frame(content.paragraphs)
    header, paragraphs, head = split_header(paragraphs)
    paragraphs, times = take_times(paragraphs)
    turns, turn_times = take_times(content.turns)
    metadata = {**framed, **header, **content.metadata}
    if "date" in metadata:
        given = (content.metadata.get("date"), header.get("date"), framed.get("date"))
        read = (find_date(day) for day in given if day)
        metadata["date"] = next(filter(None, read), metadata["date"])
    elif day := find_day(metadata.get("title", "")):
        metadata["date"] = day
    return Source(
        name=name,
        format=form.name,
        sha256=hashlib.sha256(data).hexdigest(),
        metadata=metadata,
        paragraphs=tuple(paragraphs),
        turns=tuple(turns),
        dropped=(*content.dropped, *frame, *head, *times, *turn_times),
        warnings=(*warnings, *content.warnings),
    )


def _read(
    data: bytes, suffix: str, *, name: str, keys: Mapping[str, str] | None
) -> tuple[Format, Content, list[Notice]]:
    """Read by the suffix; binary formats, plain text and unknown suffixes by content."""
    form, actual = FORMATS.get(suffix), sniff_binary(data)
    if actual and (form is None or form.binary or form.name == "txt"):
        form = actual
    if form and form.binary:
        return form, form.read(data, "", name=name, keys=keys), []
    text, warnings = decode(data, name=name)
    if form is None or form.name == "txt":
        form = sniff(text)
        try:
            return form, form.read(data, text, name=name, keys=keys), warnings
        except InputError as error:
            warnings.append(notice("read-as-text", problem=str(error)))
            form = FORMATS[".txt"]
    return form, form.read(data, text, name=name, keys=keys), warnings
