"""annotated.jsonl: one complete Interview record a line, written and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.records import Interview


def dump_line(interview: Interview) -> str:
    """Return the interview as one line of JSON, with its line feed.

    Absent values are written as null: a layer that is null was not computed, one that is
    ``[]`` was computed and is empty.
    """
    return interview.model_dump_json() + "\n"


def read_interviews(path: Path) -> Iterator[Interview]:
    """Read the interviews of a JSONL file one by one.

    Raises:
        InputError: the file is missing, or a line is no Interview record; says which line.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); expected the annotated.jsonl of a run"
        ) from error
    with stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield Interview.model_validate_json(line)
            except ValidationError as error:
                raise InputError(f"{path}:{number}: {_first_fault(error)}") from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"]) or "the line"
    return (
        f"no Interview record: {place}: {fault['msg']}; expected one JSON object a line, as "
        "`westward schema` describes it; annotate the transcript again with `westward run`"
    )
