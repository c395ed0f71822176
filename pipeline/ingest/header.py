"""Metadata at the head of a transcript: YAML or TOML front matter and ``Key: value`` lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import yaml

from pipeline.config import load_toml
from pipeline.ingest.content import clean, load_table
from pipeline.ingest.yaml import load_documents
from pipeline.notices import notice
from pipeline.records import Dropped, Notice, Paragraph

_DATA = load_table("header")
KEYS: Mapping[str, str] = {name: key for key, known in _DATA["keys"].items() for name in known}
_SPOKEN_KEYS = frozenset(_DATA["spoken"])
_LINE = re.compile(r"\W{0,2}([A-Za-z][A-Za-z_ ]{1,24}?)\s*:\W{0,2}\s+(\S.*)")
_FENCE = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?\n)(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_PAIR = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*[:=](?:\s+|$)(.*)")
_MAX_LEAD = 3  # paragraphs before the first key
_MAX_FRONT_MATTER = 2_000_000  # characters: it may hold the talk
_MAX_VALUE = 5_000  # characters of metadata
_MAX_VALUE_WORDS = 12


@dataclass(frozen=True)
class FrontMatter:
    """A text's front matter as written, the text below it, and how many lines it took."""

    body: str
    source: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    lines: int = 0
    warnings: list[Notice] = field(default_factory=list)


def split_front_matter(text: str, *, name: str) -> FrontMatter:
    """Return the front matter of a text, read line by line with a warning if it is malformed."""
    found = _FENCE.match(text, 0, _MAX_FRONT_MATTER)
    if not found:
        return FrontMatter(text)
    warnings: list[Notice] = []
    values: Any
    try:
        values = (load_toml if found[1] == "+++" else _load_yaml)(found[2])
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        values = _read_pairs(found[2].split("\n"))
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or error
        line = mark.line + 2 if mark else 2
        warnings = [notice("front-matter", name, line, problem=str(problem))]
    if not isinstance(values, dict) or not _is_front_matter(values):
        return FrontMatter(text)
    lines = text.count("\n", 0, found.end())
    return FrontMatter(text[found.end() :], found[2], _plain(values), lines, warnings)


def _load_yaml(text: str) -> Any:
    return next(iter(load_documents(text)), None)


def _is_front_matter(values: Mapping[Any, Any]) -> bool:
    """It has a known key, or no value that may be speech."""
    longest = max((len(str(value).split()) for value in values.values()), default=99)
    return longest <= _MAX_VALUE_WORDS or any(str(key).lower() in KEYS for key in values)


def _read_pairs(lines: Iterable[str]) -> dict[str, str]:
    """Read ``key: value`` or ``key = value`` lines; lines below a key belong to its value."""
    values: dict[str, str] = {}
    key = ""
    for line in lines:
        if found := _PAIR.fullmatch(line.rstrip()):
            key, value = found.groups()
            values.setdefault(key, value.strip("'\"[]|> "))
        elif key and line.startswith(("- ", " ", "\t")):
            item = ", " if values[key] and line.lstrip().startswith("- ") else " "
            values[key] = (values[key] + item + line.strip("- \t'\"")).strip()
    return values


def _plain(values: Mapping[Any, Any]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for key, value in values.items():
        if isinstance(value, list):
            value = None if any(map(_is_nested, value)) else ", ".join(map(str, value))
        if isinstance(value, date | datetime):
            value = value.isoformat()
        name = KEYS.get(str(key).lower().replace("-", "_"), str(key))
        if value is not None and not _is_nested(value) and (text := clean(str(value))):
            metadata.setdefault(name, text)
    return {name: text for name, text in metadata.items() if len(text) <= _MAX_VALUE}


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def split_header(
    paragraphs: Sequence[Paragraph],
) -> tuple[dict[str, str], list[Paragraph], list[Dropped]]:
    """Remove ``Key: value`` lines from the head of a transcript, after a title at most.

    A line is taken only if its key is known. The keys that may also name a speaker are taken only
    if another key is there too and the value is no sentence, since "Interviewer: Welcome." is
    speech.
    """
    metadata: dict[str, str] = {}
    taken: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        found = _LINE.fullmatch(paragraph.text)
        key = KEYS.get(found[1].strip().lower()) if found else None
        value = found[2].strip("*_ ") if found else ""
        if key in _SPOKEN_KEYS and (
            value.endswith((".", "?", "!", "…")) or len(value.split()) > _MAX_VALUE_WORDS
        ):
            break
        if key:
            taken.append(index)
            metadata.setdefault(key, value)
        elif taken or index >= _MAX_LEAD:
            break
    if not set(metadata) - _SPOKEN_KEYS:
        return {}, list(paragraphs), []
    gone = [paragraphs[index] for index in taken]
    dropped = [Dropped(text=p.text, reason="header", line=p.line, page=p.page) for p in gone]
    return metadata, [p for index, p in enumerate(paragraphs) if index not in taken], dropped
