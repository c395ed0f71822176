"""The counts that the terminal shows."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.records import Interview
from pipeline.write.summary import summarise


def test_counts_are_those_of_the_records(interview: Interview) -> None:
    assert asdict(summarise(interview)) == {
        "interview_id": "x",
        "turns": 6,
        "units": 10,
        "claims": 4,
        "premises": 2,
        "entities": 1,
        "favor": 2,
        "against": 1,
        "neutral": 1,
        "abstained": 1,
        "attributed": 1,
    }
