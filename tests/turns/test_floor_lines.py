"""Who asks from the floor of a society, and is no more than a member of it."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "Greta Moor",
    "This is the house of the harbour, and its clock is slow. Shall we begin by it?",
    "Nils Pond",
    "Let us, since the tide goes by another one and will be in the hall before noon.",
    "Greta Moor",
    "Then let us go to the questions. Say who you are, please, and be brief about it.",
)
REST = (
    "Nils Pond",
    "The youngest of us does, on Mondays, with a key that the oldest has mislaid again.",
    "Greta Moor",
    "Thank you so much. The room is yours now, and the coffee is behind it.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_member_who_asks_is_one_of_the_floor() -> None:
    asked = "I have paid my fee for nine years without a word. Who winds the clock, and when?"
    interview = build(*TALK, "Member", asked, *REST)
    asker = interview.speaker_by_id()[interview.turns[3].speaker_id]
    assert (asker.name, asker.role, interview.turns[3].text) == ("Member", "interviewer", asked)


def test_a_line_above_what_does_not_ask_is_no_member() -> None:
    interview = build(*TALK, "Member", "The house is open to all who have a key to it.", *REST)
    assert "Member" not in [speaker.name for speaker in interview.speakers]
