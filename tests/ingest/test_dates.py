"""Dates as people write them: what is read, what is ambiguous, what the calendar does not have."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.dates import find_date, find_day, is_ambiguous, read_date


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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016-09-26", "2016-09-26"), ("9/26/16", "2016-09-26"), ("26.9.2016", "2016-09-26"),
        ("26. 9. 2016", "2016-09-26"), ("26 September 2016", "2016-09-26"),
        ("Sept. 26, 2016", "2016-09-26"), ("Monday, September 26th, 2016", "2016-09-26"),
        ("26-Sep-16", "2016-09-26"), ("Sep-16", "2016-09"), ("September 2016", "2016-09"),
        ("2016 Sep 26", "2016-09-26"), ("42639", "2016-09-26"), ("42639.5", "2016-09-26"),
        ("2016-09-26 00:00:00", "2016-09-26"), ("2016-09-26T10:00:00Z", "2016-09-26"),
        ("9/26/2016 2:05 PM", "2016-09-26"), ("2016", "2016"), ("2016-09", "2016-09"),
        ("2016/9", "2016-09"), ("09.2016", "2016-09"), ("4/4/16", "2016-04-04"),
        ("12/31/99", "1999-12-31"), ("29 Feb 2016", "2016-02-29"),
    ],
)  # fmt: skip
def test_a_stated_date_may_have_any_usual_form(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/04/2016", "4 March 2016 or 3 April 2016; write 2016-03-04 or 2016-04-03"),
        ("3.4.16", "4 March 2016 or 3 April 2016"),
        ("16-09-11", "16 September 2011 or 11 September 2016; write 2011-09-16 or 2016-09-11"),
    ],
)
def test_an_ambiguous_date_is_refused_with_its_readings(text: str, readings: str) -> None:
    with pytest.raises(ValueError, match=readings):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2016-13", "2015-02-29", "Ma 2016", "26/13/2016", "2016-09-26 to 2016-09-28",
     "about 2016", "Spring 2016", "1/2/345", "0000", "26 Sepember 2016", "ma 3 2016"],
)  # fmt: skip
def test_a_stated_date_is_nothing_but_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY"):
        read_date(text)
