"""The formats of ``formats.toml``, and which one a file's bytes are."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

from pipeline.errors import InputError
from pipeline.ingest.content import Content, load_table

MAX_BYTES = 50_000_000
_SAMPLE = 20_000
_FEWEST_ROWS = 4


@dataclass(frozen=True)
class Format:
    """One way of writing a transcript down, and the function that reads it; see the table."""

    name: str
    suffixes: str
    description: str
    reader: str
    library: str = ""
    binary: bool = False
    guarded: bool = False
    keyed: bool = False
    max_bytes: int = MAX_BYTES
    magic: str = ""
    member: str = ""
    signs: Sequence[tuple[str, int]] = ()

    def read(
        self, data: bytes, text: str, *, name: str, keys: Mapping[str, str] | None = None
    ) -> Content:
        """Read a file's bytes, or its text; the reader's module is imported when it is needed.

        Raises:
            InputError: the file is too large, too deep, or malformed.
        """
        check_size(len(data), name=name, limit=self.max_bytes)
        module, _, function = self.reader.partition(".")
        reader = getattr(import_module(f"pipeline.ingest.{module}"), function)
        options: dict[str, Any] = {"keys": keys} if self.keyed else {}
        try:
            content: Content = reader(data if self.binary else text, name=name, **options)
        except (RecursionError, MemoryError) as error:
            raise InputError(
                f"{name}: nested too deeply, or too large for the memory ({type(error).__name__}); "
                "expected a transcript; save its text as .txt"
            ) from error
        return content


_TABLE = [Format(name, **row) for name, row in load_table("formats").items()]
FORMATS: Mapping[str, Format] = MappingProxyType(
    {suffix: form for form in _TABLE for suffix in form.suffixes.split()}
)


def check_size(size: int, *, name: str, limit: int = MAX_BYTES) -> None:
    """Refuse a file of more bytes than the limit.

    Raises:
        InputError: it is larger.
    """
    if size > limit:
        raise InputError(
            f"{name}: {size:,} bytes; expected at most {limit:,}; "
            "split the file into one transcript each"
        )


def sniff_binary(data: bytes) -> Format | None:
    """Return the binary format that the first bytes belong to, if one is known."""
    marked = (form for form in _TABLE if form.magic and data.startswith(form.magic.encode()))
    if (found := next(marked, None)) or not data.startswith(b"PK\x03\x04"):
        return found
    try:
        members = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    return next((form for form in _TABLE if form.member in members), None)


def sniff(content: str) -> Format:
    """Return the format that a text looks like; plain text if it is like no other."""
    head = content[:_SAMPLE].lstrip()
    if head.startswith(("{", "[")) and (found := _sniff_json(content)):
        return found
    # every line has as many tabs as the others, but the last where it is cut off
    lines = head.split("\n")[: -1 if len(content) > _SAMPLE else None]
    tabs = [line.count("\t") for line in lines if line.strip()]
    if len(tabs) >= _FEWEST_ROWS and tabs[0] > 0 and set(tabs) == {tabs[0]}:
        return FORMATS[".tsv"]
    for form in _TABLE:
        if any(len(re.findall(sign, head)) >= least for sign, least in form.signs):
            return form
    return FORMATS[".txt"]


def _sniff_json(content: str) -> Format | None:
    """JSON, or JSON Lines if the first line is whole; JSON that is malformed if it has a key."""
    first = content.lstrip().split("\n", 1)[0]
    for text, suffix in ((content, ".json"), (first, ".jsonl")):
        try:
            if isinstance(json.loads(text), dict | list):
                return FORMATS[suffix]
        except RecursionError:
            return FORMATS[suffix]
        except ValueError:
            continue
    return FORMATS[".json"] if '":' in content[:200] else None
