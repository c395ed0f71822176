"""JSON Lines: one JSON object a line, in UTF-8.

``jsonlines`` splits, decodes and counts the lines; an error names the file, the line, what is wrong
with it, and what is expected. annotated.jsonl has one complete Interview record a line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import jsonlines
from pydantic import BaseModel, ValidationError

from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.runs.files import open_file

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHOWN = 60
Item = TypeVar("Item")


class RepeatedKeyError(ValueError):
    """An object has a key twice, with two values: a reader of JSON would drop the first."""

    def __init__(self, key: str, first: object, second: object) -> None:
        values = " and ".join(_excerpt(one) for one in (first, second))
        super().__init__(f'"{key}" twice in one object, {values}')
        self.key, self.first = key, first


def load_json(text: str | bytes) -> Any:
    """Return what JSON of others holds.

    Raises:
        RepeatedKeyError: a key has two values in one object.
        ValueError: it is not JSON.
        RecursionError: it is nested too deep.
    """
    return json.loads(text, object_pairs_hook=_as_object)


def _as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    for key, value in pairs if len(found) < len(pairs) else ():
        if value != found[key]:
            raise RepeatedKeyError(key, value, found[key])
    return found


def _excerpt(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def load_object(line: str) -> dict[str, Any]:
    """Return the object of a line.

    Raises:
        ValueError: the line is not JSON, another value than an object, or has a key twice.
    """
    try:
        value = load_json(line.rstrip())
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(value, dict):
        raise ValueError(f"found {type(value).__name__}")
    return value


def read_lines(
    path: Path, loads: Callable[[str], Item], *, record: str, expected: str
) -> Iterator[tuple[int, Item]]:
    """Yield the lines of a file that are not blank, with their numbers.

    Args:
        path: of the file.
        loads: makes an item of a line; raises ValueError where it cannot.
        record: what a line is, for messages.
        expected: what the file and its lines should be, and what to do if they are not.

    Raises:
        InputError: the file cannot be read, or a line is bad; names the line.
    """
    for number, item in parse_lines(path, loads, record=record, expected=expected):
        if isinstance(item, InputError):
            raise item
        yield number, item


def parse_lines(
    path: Path, loads: Callable[[str], Item], *, record: str, expected: str
) -> Iterator[tuple[int, Item | InputError]]:
    """Yield lines as ``read_lines``; a bad line as its error, and then the following lines.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        stream = open_file(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); expected {expected}"
        ) from error
    with stream:
        for number, item in _parse(stream, loads):
            if isinstance(item, jsonlines.InvalidLineError):
                fault = InputError(
                    f"{path}:{number}: no {record}: {_fault(item.__cause__ or item)}; "
                    f"expected {expected}"
                )
                fault.__cause__ = item
                yield number, fault
            else:
                yield number, item


def _parse(
    stream: IO[bytes], loads: Callable[[str], Item]
) -> Iterator[tuple[int, Item | jsonlines.InvalidLineError]]:
    number = 0

    def count_lines() -> Iterator[bytes]:
        nonlocal number
        for line in stream:
            number += 1
            yield line

    reader = jsonlines.Reader(count_lines(), loads=cast(Any, loads))
    while True:
        try:
            item = cast(Item, reader.read(skip_empty=True))
        except jsonlines.InvalidLineError as error:
            yield error.lineno, error
        except EOFError:
            return
        else:
            yield number, item


def _fault(error: BaseException) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else str(first["msg"])
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at column {error.colno})"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 ({error.reason})"
    return str(error)


def dump_line(record: BaseModel, *, exclude: set[str] | None = None) -> str:
    """Return a record as one line of JSON, with its line feed.

    Absent values are written as null: a layer of an interview that is null was not computed, one
    that is ``[]`` was computed and is empty.
    """
    return record.model_dump_json(exclude=exclude) + "\n"


def read_interviews(path: Path) -> Iterator[Interview]:
    """Read the interviews of a JSONL file one by one.

    Raises:
        InputError: the file is missing, or a line is no Interview record; names the line.
    """
    lines = read_lines(
        path,
        _load_interview,
        record="Interview record",
        expected="the annotated.jsonl of a run, one JSON object a line, as `westward schema` "
        "describes it; annotate the transcript again with `westward run`",
    )
    return (interview for _, interview in lines)


def _load_interview(line: str) -> Interview:
    interview = Interview.model_validate_json(line)
    interview.check_references()
    return interview


def interview_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of annotated.jsonl."""
    schema = Interview.model_json_schema(mode="serialization")
    return {"$schema": DIALECT, **schema}


def dump_schema() -> str:
    """Return the schema as indented JSON, with its line feed."""
    return json.dumps(interview_schema(), indent=2, ensure_ascii=False) + "\n"
