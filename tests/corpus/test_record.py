"""One record with a list a field, as MediaSum has it: what stands beside the turns is taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.add import Added, add_transcript, name_reason
from pipeline.records import Dropped

RECORD = {
    "program": "Talk of the Day",
    "date": "2008-09-09",
    "url": "https://example.org/talk",
    "title": "A Pact in Question",
    "utt": [
        "Welcome. Does the pact hold?",
        "It holds.",
        "And in winter?",
        "It must.",
        "Night falls.",
    ],
    "speaker": ["ANN NORTH, HOST", "Mr. BOB SOUTH", "NORTH", "Mr. SOUTH", "CY WEST, BYLINE"],
}


@pytest.fixture
def added(corpus: Path, tmp_path: Path, settings: SegmentSettings) -> Added:
    """The record, added to the corpus."""
    path = tmp_path / "talk.json"
    path.write_text(json.dumps([RECORD]), encoding="utf8")
    return add_transcript(path, corpus=corpus, metadata={}, settings=settings)


def test_title_date_and_address_beside_the_turns_are_taken(added: Added) -> None:
    row = added.row
    assert (row.title, row.date) == (RECORD["title"], RECORD["date"])
    assert (row.url, row.series) == (RECORD["url"], RECORD["program"])


def test_a_part_in_the_talk_is_no_office(added: Added) -> None:
    speakers = added.interview.speakers
    assert [(one.name, one.affiliation) for one in speakers] == [
        ("ANN NORTH", None),
        ("Mr. BOB SOUTH", None),
        ("CY WEST", None),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [(">>", "speaker mark"), ("-", "speaker mark"), ("(laughs)", "stage direction")],
)
def test_signs_before_a_turn_are_called_speaker_marks(text: str, reason: str) -> None:
    assert name_reason(Dropped(text=text, reason="stage direction", line=1)) == reason
