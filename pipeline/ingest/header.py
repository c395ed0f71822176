"""``Key: value`` lines at the head of a transcript, and front matter, YAML or TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.ingest.content import clean
from pipeline.ingest.mail_header import find_mail_header
from pipeline.records import Paragraph

KEYS = {
    "title": "title",
    "headline": "title",
    "date": "date",
    "published": "date",
    "published on": "date",
    "publication date": "date",
    "recorded": "date",
    "date of interview": "date",
    "interview date": "date",
    "series": "series",
    "programme": "series",
    "program": "series",
    "show": "series",
    "podcast": "series",
    "url": "url",
    "source_url": "url",
    "link": "url",
    "source": "source",
    "author": "author",
    "interviewer": "interviewer",
    "interviewers": "interviewer",
    "interviewed by": "interviewer",
    "host": "interviewer",
    "moderator": "interviewer",
    "interviewee": "interviewee",
    "interviewees": "interviewee",
    "guest": "interviewee",
    "guests": "interviewee",
    "affiliation": "affiliation",
    "country": "country",
    "language": "language",
    "lang": "language",
    "licence": "licence",
    "license": "licence",
    "description": "description",
    "location": "location",
    "place": "location",
    "venue": "location",
    "duration": "duration",
    "participants": "participants",
    "speakers": "participants",
    "topic": "topic",
    "subject": "topic",
    "transcript": "transcript",
    "transcribed by": "transcript",
    "format": "form",
    "note": "note",
}
_LINE = re.compile(r"^\W{0,2}([A-Za-z][A-Za-z_ ]{2,20})\s*:\W{0,2}\s+(\S.*)$")
_SPOKEN_KEYS = frozenset({"interviewer", "interviewee", "note", "topic"})
_MAX_LEAD = 3
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_TOML_FENCE = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.S | re.M)
_TOML_LINE = re.compile(r"at line (\d+)")


def split_front_matter(text: str, *, name: str) -> tuple[dict[str, str], str, int]:
    """Take front matter off the text; return metadata, the rest, and the lines taken off.

    Raises:
        InputError: there is front matter, but it is not valid YAML, or between "+++" not valid
            TOML.
    """
    found = _FENCE.match(text) or _TOML_FENCE.match(text)
    if not found:
        return {}, text, 0
    read = _read_toml if text.startswith("+") else _read_yaml
    values = read(found.group(1), name=name)
    if not isinstance(values, dict):
        return {}, text, 0
    return _plain(values), text[found.end() :], text[: found.end()].count("\n")


def _read_toml(text: str, *, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = _TOML_LINE.search(str(error))
        line = int(told.group(1)) + 1 if told else 1
        raise InputError(
            f"{name}:{line}: the front matter cannot be read ({error}); expected "
            '\'key = "value"\' lines between two "+++"; put texts into quotation marks'
        ) from error


def _read_yaml(text: str, *, name: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise InputError(
            f"{name}:{line}: the front matter cannot be read ({problem}); expected "
            '"key: value" lines between two "---"; quote values that hold a colon'
        ) from error


def _plain(values: dict[Any, Any]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for key, value in values.items():
        if value is None or isinstance(value, dict):
            continue
        if isinstance(value, list):
            value = ", ".join(str(item) for item in value)
        if isinstance(value, date | datetime):
            value = value.isoformat()
        name = KEYS.get(str(key).lower().replace("-", "_"), str(key))
        if text := clean(str(value)):
            metadata.setdefault(name, text)
    return metadata


def split_header(paragraphs: Sequence[Paragraph]) -> tuple[dict[str, str], list[Paragraph]]:
    """Take ``Key: value`` lines off the head of a transcript, after a title at most.

    A line is taken only if its key is known. The keys that may also name a speaker are taken only
    if another key is there too and the value is no sentence, since "Interviewer: Welcome." is
    speech. The header of an e-mail is taken whole.
    """
    mail, header = find_mail_header([paragraph.text for paragraph in paragraphs])
    if mail:
        return mail, [*paragraphs[: header.start], *paragraphs[header.stop :]]
    metadata: dict[str, str] = {}
    taken: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        found = _LINE.match(paragraph.text)
        key = KEYS.get(found.group(1).strip().lower()) if found else None
        if key is None or found is None:
            if taken or index >= _MAX_LEAD:
                break
            continue
        value = found.group(2).strip("*_ ")
        if key in _SPOKEN_KEYS and (value[-1:] in ".?!…" or len(value.split()) > 12):
            break
        taken.append(index)
        metadata.setdefault(key, value)
    if not set(metadata) - _SPOKEN_KEYS:
        return {}, list(paragraphs)
    return metadata, [p for index, p in enumerate(paragraphs) if index not in set(taken)]
