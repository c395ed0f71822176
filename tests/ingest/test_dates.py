"""Dates as people write them: what is read, what is ambiguous, what the calendar does not have."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.dates import find_date, find_day, is_ambiguous


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022", "2022"), ("2022-03", "2022-03"), ("2022-03-14T10:00:00Z", "2022-03-14"),
        ("2022/3/14", "2022-03-14"), ("Monday, 14 March 2022", "2022-03-14"),
        ("March 14th, 2022", "2022-03-14"), ("Sept 2022", "2022-09"), ("14/03/2022", "2022-03-14"),
        ("03/14/2022", "2022-03-14"), ("14.3.2022", "2022-03-14"), ("3/3/2022", "2022-03-03"),
    ],
)  # fmt: skip
def test_what_a_date_field_says_is_iso(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    "text",
    ["", "Spring 2022", "3/4/2022", "2022-02-30", "30 February 2022", "February 30, 2022",
     "31/02/2022", "2022-13", "2022-23", "13/2022", "0000", "14/03/22", "recently"],
)  # fmt: skip
def test_what_is_no_date_or_more_than_one_is_none(text: str) -> None:
    assert find_date(text) is None


def test_only_two_readings_are_ambiguous_and_only_a_day_dates_a_title() -> None:
    assert is_ambiguous("3/4/2022")
    assert not any(map(is_ambiguous, ("14/03/2022", "3/3/2022", "Spring 2022", "31/02/2022")))
    assert [find_day(f"Piers, {day}") for day in ("May 2021", "4 May 2021")] == [None, "2021-05-04"]


@pytest.mark.parametrize("head", ["Date: 14/03/2022", "---\ndate: 14/03/2022\n---"])
def test_the_date_of_a_document_is_iso(head: str) -> None:
    source = read_bytes(f"{head}\n\nAnn: Why?\n\nBob: Rain.\n".encode(), name="a.md")
    assert source.metadata["date"] == "2022-03-14"
