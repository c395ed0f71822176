"""Heads of transcripts: front matter, key lines, and the frames of databases."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.records import Source

BODY = "ANNA: Why?\n\nCARL: So.\n"


def read(text: str, name: str = "a.md") -> Source:
    return read_bytes(text.encode(), name=name)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("head", "warned"),
    [
        ("---\ntitle: 'Dark: a talk'\ndate: 2021-03-04\nguests: [Carl]\n---\n", False),
        ("---\ntitle: Dark: a talk\ndate: 2021-03-04\nguests:\n  - Carl\n---\n", True),
        ('+++\ntitle = "Dark: a talk"\ndate = 2021-03-04\nguest = "Carl"\n+++\n', False),
        ("+++\ntitle = Dark: a talk\ndate = 2021-03-04\nguest = Carl\n+++\n", True),
    ],
)
def test_front_matter_is_read_also_where_it_is_malformed(
    head: str, warned: bool, name: str
) -> None:
    source = read(head + BODY, name)
    assert source.metadata == {
        "title": "Dark: a talk", "date": "2021-03-04", "interviewee": "Carl"}  # fmt: skip
    assert [p.text for p in source.paragraphs] == ["ANNA: Why?", "CARL: So."]
    assert source.paragraphs[0].line == head.count("\n") + 1
    assert any(one.code == "front-matter" for one in source.warnings) is warned


def test_rules_around_speech_are_no_front_matter() -> None:
    for text in (f"---\n{BODY}---\nCARL: More.\n", f"---\n\n{BODY}"):
        assert any("CARL" in paragraph.text for paragraph in read(text).paragraphs)


def test_key_lines_are_taken_off_the_head() -> None:
    source = read(
        f"Dark\n\nDate: 4 March 2021\nInterviewer: Anna Host\n**Venue:** the pier\n\n{BODY}"
    )
    assert source.metadata == {
        "date": "2021-03-04", "interviewer": "Anna Host", "location": "the pier"}  # fmt: skip
    assert [p.text for p in source.paragraphs] == ["Dark", "ANNA: Why?", "CARL: So."]
    assert [piece.reason for piece in source.dropped] == ["header"] * 3


LEXIS = """1 of 1 DOCUMENT

March 4, 2021 Thursday

SHOW: THE PIER SHOW 8:00 PM EST

LENGTH: 1,853 words

ANNA: Why?

CARL: So.

LOAD-DATE: March 5, 2021
"""
FACTIVA = """HD Dark
WC 660 words
PD 4 March 2021
SN The Pier Show
LA English
CY (c) 2021 Nobody
LP ANNA: Why?
TD CARL: So.
NS gpol : Politics
AN Document PIERS00020210304e539000p1
"""


@pytest.mark.parametrize("print_", [LEXIS, FACTIVA])
def test_the_frame_of_a_database_is_taken_off(print_: str) -> None:
    source = read(print_, "a.txt")
    assert [p.text for p in source.paragraphs] == ["ANNA: Why?", "CARL: So."]
    assert source.metadata["date"] == "2021-03-04"
    assert "PIER SHOW" in source.metadata["series"].upper()
    assert {piece.reason for piece in source.dropped} == {"frame of a database"}


def test_front_matter_with_a_key_twice_is_told() -> None:
    text = b"---\ntitle: The old pier\ntitle: The new pier\ndate: 2024-01-02\n---\nHOST: Why?\n"
    (told,) = read_bytes(text, name="a.md").warnings
    assert (told.code, told.line) == ("front-matter", 3)
