"""Questions that a panellist answers himself, beside a host."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview
from pipeline.turns.questions import ends_asking

TALK = """\
MODERATOR: Welcome to the harbour panel. Cora, the crane fell.

CORA WEST: It did. Who dropped it? The ice dropped it.

MODERATOR: Ben, is the ice to blame?

BEN EAST: The ice, and the ministry. I said so in the spring, when the first hook went, and again
when the second one did, and nobody wrote it down. Now they say that they never knew.

MODERATOR: Does it freeze again? Cora?

CORA WEST: LAST

MODERATOR: Thank you both.
"""


def roles_of(text: str) -> dict[str, str]:
    source = read_bytes(text.encode(), name="a.txt")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    return {speaker.name or speaker.id: speaker.role[0] for speaker in interview.speakers}


def test_who_answers_his_own_questions_does_not_ask() -> None:
    assert roles_of(TALK.replace("LAST", "No. Why would it? It works."))["CORA WEST"] == "r"


def test_who_leaves_a_question_to_others_may_ask() -> None:
    assert roles_of(TALK.replace("LAST", "I doubt it. Ben, what do you say?"))["CORA WEST"] == "i"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Is it open?", True),
        ("Is it open? Thank you.", True),
        ("Is it open? Thank you, Minister. Please.", True),
        ("Tell us about the crane.", True),
        ("My question is about the crane.", True),
        ("Is it open? It is.", False),
        ("It is open.", False),
    ],
)
def test_a_question_is_left_to_others_where_only_courtesies_follow(text: str, left: bool) -> None:
    assert ends_asking(text) is left
