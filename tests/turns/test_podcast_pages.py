"""Talks that newspapers print of their podcasts: who asks is set in bold, and nobody is named."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ANSWER = "It rained for three weeks, and nobody who could have raised the crane was in town."
TALK = (
    "**Why did the harbour close in the spring?**",
    ANSWER,
    "**And then did the other crane fall as well?**",
    "It stood until May, and then the ice took it.",
    "**Who raised the first one in the end?**",
    "The navy did, for money.",
)
STATED = (
    "**The dredgers were never paid for that.**",
    "They were paid in rope.",
    "**Rope buys no bread in this town.**",
    "It bought them a boat, and the boat bought bread.",
    "**The council tells the story in another way.**",
    "The council tells many.",
    "**And it has kept its seats.**",
    "All but one.",
)


def build(*paragraphs: str, name: str = "a.md") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def said(interview: Interview) -> list[str]:
    roles = {speaker.id: speaker.role[0] for speaker in interview.speakers}
    return [f"{roles[turn.speaker_id]} {turn.text[:20].strip()}" for turn in interview.turns]


GREETING = "**Minister, welcome to the show.**"
THANKS = "Thank you for having me."


def test_the_host_greets_before_he_asks() -> None:
    above = "**Here is a thing that I have thought about since the rain.**"
    turns = said(build("*An edited transcript.*", above, GREETING, THANKS, *TALK))
    assert turns[:3] == [
        "i Here is a thing that",
        "r Thank you for having",
        "i Why did the harbour",
    ]
    assert len(turns) == 8


@pytest.mark.parametrize(
    "above",
    [
        ("**The port closed in the spring, and the crane fell.**", "The minister told us why."),
        ("**We welcome letters from the readers of our harbour pages.**", "Write by Friday."),
        ("**Harbours and cranes, a talk**", "The minister has been in office for a year."),
    ],
)
def test_a_page_s_head_in_bold_greets_nobody(above: tuple[str, ...]) -> None:
    assert said(build(*above, *TALK))[0] == "i Why did the harbour"


def test_who_asks_in_bold_may_state_more_often_than_ask() -> None:
    interview = build(*TALK, *STATED)
    assert interview.convention == "bold-question"
    assert [turn[0] for turn in said(interview)] == ["i", "r"] * 7


def test_subheadings_in_bold_are_still_no_turns() -> None:
    heads = ("The rope", "The council", "The ports of the north", "The long bill of the rain")
    story = [line for head in heads for line in (f"**{head} and all that came of it**", ANSWER)]
    assert build(*TALK[:2], *story, name="a.md").convention != "bold-question"


def test_a_clip_that_is_played_is_neither_asked_nor_answered() -> None:
    clip = "**Archived clip of Ann Roe:** We raised the crane with our own hands."
    turns = said(build(*TALK[:2], "**Let me play you a clip.**", clip, *TALK[2:]))
    assert turns[2:5] == [
        "i Let me play you a cl",
        "o We raised the crane",
        "i And then did the oth",
    ]


def test_a_clip_of_something_in_an_answer_is_no_voice() -> None:
    turns = said(build(*TALK[:2], "I saw a clip of the crane: it was short.", *TALK[2:]))
    assert "o" not in {turn[0] for turn in turns}
