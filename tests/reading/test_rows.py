"""Rows and the answers that they are part of."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pipeline.reading.rows import Answer, Row, judged_rows, link_rows
from tests.stages.interviews import interview_of


def test_units_of_an_answer_share_it_and_asides_are_left_out() -> None:
    turns = [
        ("host", "question", ["Why?"]),
        ("guest", "answer", ["It rained.", "The bridge fell."]),
        ("host", "question", ["And then?"]),
        ("guest", "answer", ["We left."]),
    ]
    rows = [row for _, row in judged_rows(interview_of(turns))]
    first = Answer("Why?", ("It rained.", "The bridge fell."))
    assert [(row.answer, row.index) for row in rows] == [
        (first, 0),
        (first, 1),
        (Answer("And then?", ("We left.",)), 0),
    ]
    assert [(row.context_before, row.context_after) for row in rows] == [
        ("", "The bridge fell."),
        ("It rained.", ""),
        ("", ""),
    ]


def test_the_stages_of_an_interview_share_its_rows() -> None:
    interview = interview_of([("host", "question", ["Why?"]), ("guest", "answer", ["It rained."])])
    later = interview.model_copy(update={"claims": ()})
    assert judged_rows(later) is judged_rows(interview)
    assert judged_rows(interview.model_copy(update={"date": "2024"}))[0][1].date == "2024"


def test_rows_that_follow_each_other_are_one_answer() -> None:
    rows = [Row("B.", "A.", "C.", "Why?"), Row("C.", "B.", "D.", "Why?")]
    linked = link_rows(rows, ["d1", "d1"])
    assert [row.place for row in linked] == [
        (Answer("Why?", ("A.", "B.", "C.", "D.")), 1),
        (Answer("Why?", ("A.", "B.", "C.", "D.")), 2),
    ]


def test_a_gap_of_one_sentence_is_filled() -> None:
    rows = [Row("A.", "", "B.", "Why?"), Row("C.", "B.", "", "Why?")]
    assert [row.place for row in link_rows(rows, ["d1", "d1"])] == [
        (Answer("Why?", ("A.", "B.", "C.")), 0),
        (Answer("Why?", ("A.", "B.", "C.")), 2),
    ]


@pytest.mark.parametrize(
    ("second", "doc"),
    [
        (Row("X.", "W.", "", "Why?"), "d1"),
        (Row("B.", "A.", "", "And then?"), "d1"),
        (Row("B.", "A.", "", "Why?"), "d2"),
    ],
    ids=["gap", "question", "document"],
)
def test_rows_apart_are_answers_apart(second: Row, doc: str) -> None:
    first, other = link_rows([Row("A.", "", "B.", "Why?"), second], ["d1", doc])
    assert first.place == (Answer("Why?", ("A.", "B.")), 0)
    assert other.answer is not first.answer


def test_a_row_without_an_answer_is_read_between_its_neighbours() -> None:
    assert Row("B.", "A.", "C.", "Why?").place == (Answer("Why?", ("A.", "B.", "C.")), 1)
    assert Row("B.").place == (Answer("", ("B.",)), 0)


def test_a_row_has_no_field_for_the_speaker() -> None:
    assert {field.name for field in fields(Row)} == {
        "text", "context_before", "context_after", "question", "target", "date", "answer", "index",
    }  # fmt: skip
