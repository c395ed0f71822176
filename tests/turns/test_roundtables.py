"""Roundtables in print: a question as a heading, and each expert's name and answer below."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

HEADINGS = ("Who pays for the pier?", "And the crane?", "One sentence each: what comes next?")
ANSWERS = (
    (("Ann Roe", "The coast pays, as it always did."), ("Bob Hale", "Nobody pays for it.")),
    (("Anna North", "It was a gift."), ("Ann Roe", "It was a loan, and it is not repaid.")),
    (("Bob Hale", "A rope."), ("Anna North", "A crane."), ("Ann Roe", "A longer rope, I hope.")),
)


def build(headings: tuple[str, ...], label: str) -> Interview:
    text = "# A pier and its crane\n\nThree keepers of harbours sat around one table in May."
    for heading, answers in zip(headings, ANSWERS, strict=True):
        text += f"\n\n## {heading}"
        text += "".join(f"\n\n{label.format(name)}{words}" for name, words in answers)
    source = read_bytes(text.encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def roles(interview: Interview) -> str:
    speakers = interview.speaker_by_id()
    return " ".join(speakers[turn.speaker_id].role[0] for turn in interview.turns)


@pytest.mark.parametrize("label", ["**{}** ", "**{}:** ", "{}: ", "### {}\n\n"])
def test_short_headings_that_ask_are_questions(label: str) -> None:
    interview = build(HEADINGS, label)
    assert roles(interview) == "i r r i r r i r r r"
    assert [turn.text for turn in interview.turns if turn.kind == "question"] == list(HEADINGS)


def test_headings_of_which_not_all_ask_are_subheadings() -> None:
    assert roles(build((HEADINGS[0], "The crane", HEADINGS[2]), "**{}:** ")) == "r r r r r r r"
