"""Dates as people write them: what is read, what is ambiguous, what the calendar does not have."""

from __future__ import annotations

import io

import openpyxl
import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.dates import find_date, find_day, is_ambiguous


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2022", "2022"),
        ("2022-03", "2022-03"),
        ("2022-03-14T10:00:00Z", "2022-03-14"),
        ("2022/3/14", "2022-03-14"),
        ("Monday, 14 March 2022", "2022-03-14"),
        ("March 14th, 2022", "2022-03-14"),
        ("March 2022", "2022-03"),
        ("Mar. 2022", "2022-03"),
        ("Sept 2022", "2022-09"),
        ("03/2022", "2022-03"),
        ("14/03/2022", "2022-03-14"),
        ("03/14/2022", "2022-03-14"),
        ("14.3.2022", "2022-03-14"),
        ("3/3/2022", "2022-03-03"),
    ],
)
def test_what_a_date_field_says_is_iso(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    "text",
    ["", "Spring 2022", "3/4/2022", "2022-02-30", "30 February 2022", "February 30, 2022",
     "31/02/2022", "2022-13", "2022-23", "13/2022", "0000", "14/03/22", "recently"],
)  # fmt: skip
def test_what_is_no_date_or_more_than_one_is_none(text: str) -> None:
    assert find_date(text) is None


def test_only_two_readings_make_a_date_ambiguous() -> None:
    assert is_ambiguous("3/4/2022")
    assert not any(map(is_ambiguous, ("14/03/2022", "3/3/2022", "Spring 2022", "31/02/2022")))


def test_a_title_is_dated_by_a_day_alone() -> None:
    assert find_day("The dredgers of May 2021") is None
    assert find_day("A talk on 4 May 2021") == "2021-05-04"


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in (["Date", "14/03/2022"], [], ["Speaker", "Text"], ["Ann", "Why?"], ["Bob", "Rain."]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"A title\nDate: 14/03/2022\n\nAnn: Why?\n\nBob: Rain.\n"),
        ("a.md", b"---\ndate: 14/03/2022\n---\n\nAnn: Why?\n\nBob: Rain.\n"),
        ("a.json", b'{"date": "14/03/2022", "turns": [{"speaker": "Ann", "text": "Why so?"}]}'),
        ("a.jsonl", b'{"date": "14/03/2022"}\n{"speaker": "Ann", "text": "Why so?"}\n'),
        ("a.xlsx", _xlsx()),
        (
            "a.html",
            b"<html><head><meta name='date' content='14/03/2022'></head>"
            b"<body><p>Ann: Why?</p><p>Bob: Rain.</p></body></html>",
        ),
    ],
)
def test_every_format_dates_alike(name: str, data: bytes) -> None:
    assert read_bytes(data, name=name).metadata["date"] == "2022-03-14"
