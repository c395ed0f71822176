"""Annotated rows are read, or refused with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.annotations import (
    PEOPLE,
    choose_source,
    read_claim_rows,
    read_stance_rows,
)

GOOD = {"doc": "d", "text": "NATO must stay.", "component": "claim", "kind": "policy"}
ABOUT = {"doc": "d", "text": "NATO must stay.", "west": "favor", "target": "NATO"}


def without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def test_a_row_without_a_split_is_for_training(write_rows: Any) -> None:
    (row,) = read_claim_rows([write_rows([GOOD])])
    labels = {"component": "claim", "kind": "policy"}
    assert (row.split, row.labels, row.doc) == ("train", labels, "d")


def test_argunsc_rows_are_read_by_their_own_keys(write_rows: Any) -> None:
    row = {"dataset": "argunsc", "doc_id": "m1", "text": "It rained.", "label": "premise"}
    (found,) = read_claim_rows([write_rows([row])])
    assert (found.doc, found.labels) == ("m1", {"component": "premise"})


def test_the_kind_of_what_is_no_claim_is_dropped(write_rows: Any) -> None:
    (row,) = read_claim_rows([write_rows([{**GOOD, "component": "premise"}])])
    assert row.labels == {"component": "premise"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (without(GOOD, "text"), '"text" holds nothing'),
        ({**GOOD, "text": 3}, '"text" holds 3'),
        (without(GOOD, "component"), 'keys "component" and "label" are missing'),
        ({**GOOD, "component": "thesis"}, "'thesis'; expected one of claim, premise, none"),
        ({**GOOD, "kind": "taste"}, "'taste'; expected one of fact, value, policy"),
        (without(GOOD, "doc"), '"doc", "doc_id" and "id" are missing'),
        ({**GOOD, "split": 1}, '"split" is 1'),
        ([GOOD], "no annotated row: found list; expected one JSON object"),
    ],
)
def test_a_bad_claim_row_is_named_by_file_and_line(write_rows: Any, row: Any, message: str) -> None:
    path = write_rows([GOOD, row])
    with pytest.raises(InputError) as raised:
        read_claim_rows([path])
    assert str(raised.value).startswith(f"{path}:2: ")
    assert message in str(raised.value)


def test_a_line_that_is_no_json_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('\n{"doc": }\n', encoding="utf8")
    with pytest.raises(
        InputError, match=r"rows\.jsonl:2: no annotated row: not JSON .* at column 9"
    ):
        read_claim_rows([path])


def test_an_empty_file_is_an_error(write_rows: Any) -> None:
    with pytest.raises(InputError, match="no rows"):
        read_claim_rows([write_rows([])])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_claim_rows([tmp_path / "nowhere.jsonl"])


def test_the_target_is_found_in_the_text(write_rows: Any) -> None:
    (row,) = read_stance_rows([write_rows([{**ABOUT, "text": "I trust NATO."}])])
    assert row.row.target == (8, 12)
    assert row.labels == {"stance": "favor", "polarity": "favor"}


def test_a_target_that_is_not_in_the_text_is_an_error(write_rows: Any) -> None:
    with pytest.raises(InputError, match=r":1: target \"the EU\" is not in the text"):
        read_stance_rows([write_rows([{**ABOUT, "target": "the EU"}])])


def test_rows_toward_anybody_teach_polarity_only(write_rows: Any) -> None:
    row = {"id": "n1", "text": "He was kind.", "label": "favor", "west": "", "target": "He",
           "target_start": 0, "target_end": 2}  # fmt: skip
    (found,) = read_stance_rows([write_rows([row])])
    assert (found.labels, found.row.target) == ({"polarity": "favor"}, (0, 2))


def test_a_target_outside_the_text_is_an_error(write_rows: Any) -> None:
    row = {"id": "n1", "text": "He.", "label": "favor", "target_start": 0, "target_end": 9}
    with pytest.raises(InputError, match="target 0 to 9 is outside the text of 3 characters"):
        read_stance_rows([write_rows([row])])


def test_a_source_is_trained_on_and_people_are_held_out(write_rows: Any) -> None:
    """A sentence that people labelled is not trained on, whatever file its other label is in."""
    machine = [{**GOOD, "text": text, "source": "llm:a@b#c"} for text in ("One.", "Two.")]
    people = [{**GOOD, "text": "Two.", "source": "human:anna"}, {**GOOD, "text": "Three."}]
    paths = [write_rows(machine, "machine.jsonl"), write_rows(people, "people.jsonl")]
    rows = read_claim_rows(paths)
    found = choose_source(rows, "llm:")
    assert [(row.file, row.row.text, row.split) for row in found] == [
        (paths[0], "One.", "train"), (paths[1], "Two.", PEOPLE),
    ]  # fmt: skip
    assert choose_source(rows, "") == rows
    with pytest.raises(
        InputError, match="no row of it; sources found: \\(none\\), human:anna, llm:"
    ):
        choose_source(rows, "gpt")


def test_a_question_that_was_not_coded_is_no_row(write_rows: Any) -> None:
    path = write_rows([GOOD, {**GOOD, "text": "It may.", "component": None, "west": None}])
    assert len(read_claim_rows([path])) == 1
