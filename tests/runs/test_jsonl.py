"""JSON Lines: written and read back, the schema of an interview, and what is said of a bad line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import BaseModel

from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.runs.jsonl import (
    dump_line,
    dump_schema,
    interview_schema,
    load_object,
    parse_lines,
    read_interviews,
    read_lines,
)


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


class Named(BaseModel):
    """A record for the tests."""

    name: str


def parse(path: Path) -> list[tuple[int, object]]:
    return list(parse_lines(path, load_object, record="row", expected="objects; correct it"))


def test_lines_have_their_numbers_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n\n  \n{"a": "\xe2\x80\xa8"}')
    assert parse(path) == [(1, {"a": 1}), (4, {"a": "\u2028"})]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"a": 1', "not JSON .* at column 8"),
        (b"[1]", "found list"),
        (b"null", "found NoneType"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": ' + b"[" * 200_000, "nested too deep"),
    ],
    ids=["cut off", "a list", "null", "another encoding", "deep"],
)
def test_a_bad_line_is_named_and_those_after_it_are_read(
    line: bytes, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"a": 1}\n' + line + b'\n{"a": 3}\n')
    found = parse(path)
    assert (found[0], found[2]) == ((1, {"a": 1}), (3, {"a": 3}))
    with pytest.raises(InputError, match=f"rows.jsonl:2: no row: {fault}.*; expected objects"):
        list(read_lines(path, load_object, record="row", expected="objects"))


def test_a_record_that_lacks_a_field_is_named_by_the_field(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("{}", encoding="utf8")
    with pytest.raises(InputError, match=r"rows\.jsonl:1: no row: name: Field required"):
        list(read_lines(path, Named.model_validate_json, record="row", expected="objects"))


def test_a_record_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    record = Named(name="a\u2028b\nc 🙂")
    path.write_bytes(dump_line(record).encode("utf8") * 2)
    lines = read_lines(path, Named.model_validate_json, record="row", expected="objects")
    assert list(lines) == [(1, record), (2, record)]


def test_a_key_with_two_values_is_refused() -> None:
    with pytest.raises(ValueError, match=r'"text" twice in one object, "One\." and "Two\."'):
        load_object('{"a": {"text": "One.", "text": "Two."}}')


def test_a_key_that_is_twice_with_one_value_is_no_fault() -> None:
    assert load_object('{"a": 1, "a": 1}') == {"a": 1}
