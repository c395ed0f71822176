"""annotated.jsonl: written and read back, its schema, and what is said of a bad line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.write.jsonl import dump_line, read_interviews
from pipeline.write.schema import dump_schema, interview_schema


def test_an_interview_comes_back_as_it_was(interview: Interview, tmp_path: Path) -> None:
    path = tmp_path / "annotated.jsonl"
    path.write_text(dump_line(interview) * 2, encoding="utf8")
    assert list(read_interviews(path)) == [interview, interview]


def test_a_line_is_a_line_whatever_the_text_holds(interview: Interview, tmp_path: Path) -> None:
    odd = interview.model_copy(update={"title": "line\u2028separator\x85and\nfeed"})
    path = tmp_path / "annotated.jsonl"
    path.write_text(dump_line(odd), encoding="utf8", newline="\n")
    assert [found.title for found in read_interviews(path)] == [odd.title]


def test_absent_and_empty_layers_are_kept_apart(interview: Interview) -> None:
    line = json.loads(dump_line(interview.model_copy(update={"claims": None, "stances": ()})))
    assert (line["claims"], line["stances"]) == (None, [])


@pytest.mark.parametrize("line", ["{", '{"id": "x"}', "[]"])
def test_a_bad_line_is_named(line: str, interview: Interview, tmp_path: Path) -> None:
    path = tmp_path / "annotated.jsonl"
    path.write_text(dump_line(interview) + line, encoding="utf8")
    with pytest.raises(InputError, match=r"annotated.jsonl:2: no Interview record"):
        list(read_interviews(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_interviews(tmp_path / "annotated.jsonl"))


def test_what_is_written_fits_the_schema(interview: Interview) -> None:
    jsonschema.validate(
        json.loads(dump_line(interview)), interview_schema(), jsonschema.Draft202012Validator
    )


@pytest.mark.parametrize(
    "change", [{"extra": 1}, {"convention_confidence": 2.0}, {"turns": [{"id": "t"}]}]
)
def test_the_schema_refuses_what_is_no_interview(
    change: dict[str, object], interview: Interview
) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(dump_line(interview)), **change}, interview_schema())


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(dump_schema()))
