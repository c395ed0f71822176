"""The list of who takes part, whose lines are no turns."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "NORTH: Good afternoon. Why did the crane fall?",
    "SOUTHEY: It rained for three weeks, and nobody who could have raised it was in town.",
    "NORTH: And who will raise it now?",
    "EASTBY: Whoever can. We have asked two firms, and one of them has answered.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_the_parts_names_and_offices_of_those_who_speak_are_no_turns() -> None:
    interview = build(
        "**Host:**", "ANNA NORTH", "Senior Fellow, Harbours", "The Port Institution",
        "**Guests:**", "PAUL SOUTHEY", "Director of Piers", "The Port Institution",
        "CARL EASTBY", "Former Head of Cranes, Ministry of Ports", *TALK,
    )  # fmt: skip
    assert [turn.text.split()[0] for turn in interview.turns] == ["Good", "It", "And", "Whoever"]


def test_what_is_said_below_a_part_alone_on_its_line_is_a_turn() -> None:
    interview = build(
        "**Host:**", "Welcome to the harbour. Why did the crane fall?",
        "**Guest:**", "It rained for three weeks.",
        "**Host:**", "Who will raise it now?",
        "**Guest:**", "Whoever can.",
    )  # fmt: skip
    assert [turn.text.split()[0] for turn in interview.turns] == ["Welcome", "It", "Who", "Whoever"]
