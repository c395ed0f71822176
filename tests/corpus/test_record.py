"""One record with a list for each field, as in MediaSum, with metadata beside the turns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import SegmentSettings
from pipeline.corpus.add import add_transcript, name_reason
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


def test_the_metadata_of_a_record_are_read_and_roles_are_no_offices(
    corpus: Path, tmp_path: Path, settings: SegmentSettings
) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps([RECORD]), encoding="utf8")
    added = add_transcript(path, corpus=corpus, metadata={}, settings=settings)
    row, speakers = added.row, added.interview.speakers
    assert (row.title, row.date) == (RECORD["title"], RECORD["date"])
    assert (row.url, row.series) == (RECORD["url"], RECORD["program"])
    assert [one.name for one in speakers] == ["ANN NORTH", "Mr. BOB SOUTH", "CY WEST"]
    assert not any(one.affiliation for one in speakers)


@pytest.mark.parametrize(
    ("text", "reason"),
    [(">>", "speaker mark"), ("-", "speaker mark"), ("(laughs)", "stage direction")],
)
def test_signs_before_a_turn_are_called_speaker_marks(text: str, reason: str) -> None:
    assert name_reason(Dropped(text=text, reason="stage direction", line=1)) == reason
