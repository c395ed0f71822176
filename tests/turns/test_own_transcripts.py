"""Transcripts that people make of their own talks: pronouns as labels."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ROUNDS = (
    "ME: Why was the pier closed?",
    "HER: The crane fell into the basin, and nobody could raise it.",
    "[00:01:10] ME: Nobody at all?",
    "HER: One man could, but he was in the other port that week.",
    "ME: And now it is open.",
    "HER: On Mondays, when the tide allows it.",
)


def build(*paragraphs: str, name: str = "a.md") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [f"{speakers[t.speaker_id].role[0]} {t.text.split()[0]}" for t in interview.turns]


TOLD = ["i Why", "r The", "i Nobody", "r One", "i And", "r On"]


@pytest.mark.parametrize(
    ("me", "her"), [("ME", "HER"), ("Me", "Him"), ("ME", "SHE"), ("I", "THEY"), ("me", "him")]
)
def test_who_says_me_asks_and_the_other_pronoun_answers(me: str, her: str) -> None:
    rounds = [one.replace("ME:", f"{me}:").replace("HER:", f"{her}:") for one in ROUNDS]
    if me.islower():
        rounds[2] = rounds[2].removeprefix("[00:01:10] ")
    assert told(build(*rounds)) == TOLD


def test_a_waiter_takes_no_part() -> None:
    talk = build(*ROUNDS[:2], "WAITER: Who has the tea?", *ROUNDS[2:])
    assert told(talk) == [*TOLD[:2], "o Who", *TOLD[2:]]


@pytest.mark.parametrize("opening", ["Her: a woman of the port.", "You: never. Them: always."])
def test_a_pronoun_alone_is_no_label(opening: str) -> None:
    talk = build(
        "Host: Who raised it?", "Minister: Two people did.", opening, "Host: Two?", "Minister: Two."
    )
    assert talk.turns[1].text == f"Two people did.\n\n{opening}"


def test_me_may_be_the_initials_of_who_answers() -> None:
    rounds = [one.replace("ME:", "Host:").replace("HER:", "ME:") for one in ROUNDS]
    assert told(build(*rounds)) == TOLD
