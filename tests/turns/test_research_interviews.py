"""Transcripts of research interviews: labels that grow short, and sheets of facts above."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.conventions.base import Document
from pipeline.turns.conventions.bold_name import BOLD_NAME
from pipeline.turns.labels import parse_label

LONG = (
    "**Interviewer:** Why was the pier closed?",
    "**Participant 4:** The crane fell into the basin, and nobody could raise it.",
    "**Interviewer:** Nobody at all?",
    "**Participant 4:** One man could, but he was in the other port that week.",
)
SHORT = (
    "**I:** And now it is open.",
    "P4: On Mondays, when the tide allows it.",
    "**I:** Does that suit you?",
    "P4: It suits the gulls.",
    "Participant 4: And it suits me, on Mondays.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [f"{speakers[t.speaker_id].role[0]} {t.text.split()[0]}" for t in interview.turns]


TOLD = ["i Why", "r The", "i Nobody", "r One", "i And", "r On", "i Does", "r It"]


def test_labels_that_grow_short_and_lose_their_type_are_the_same_two_people() -> None:
    interview = build(*LONG, *SHORT)
    assert told(interview) == TOLD
    assert len(interview.speakers) == 2
    assert interview.turns[-1].text == "It suits the gulls.\n\nAnd it suits me, on Mondays."


@pytest.mark.parametrize("short", ["I", "Int", "IV", "INT"])
def test_short_words_for_who_asks(short: str) -> None:
    rounds = (*LONG, *(one.replace("**I:**", f"{short}:") for one in SHORT))
    interview = build(*(one.replace("**", "") for one in rounds))
    assert told(interview) == TOLD
    assert len(interview.speakers) == 2


def test_an_unset_name_that_is_nobodys_label_marks_no_turn() -> None:
    rounds = (*LONG, "Mayor: that is the word they used, as if I had been one.", *SHORT)
    source = read_bytes("\n\n".join(rounds).encode(), name="a.md")
    marks = BOLD_NAME.find(Document(source.paragraphs))
    assert [mark.index for mark in marks] == [0, 1, 2, 3, 5, 6, 7, 8, 9]


def test_a_title_in_bold_with_a_colon_is_nobodys_label() -> None:
    interview = build("# **Appendix D: Interview with Participant 4**", *LONG, *SHORT)
    assert told(interview) == TOLD


def test_a_sheet_of_facts_above_the_talk_is_nobodys_speech() -> None:
    sheet = (
        "**Place**", "A café by the harbour", "**Duration**", "41 min (on a phone)",
        "**Participant**", "P4, clerk, 15 years in office", "**Interviewer**", "Student no. 41",
        "**Transcribed by**", "Me, in May",
    )  # fmt: skip
    assert told(build("# A talk", *sheet, *LONG, *SHORT)) == TOLD


def test_names_of_parts_that_head_turns_are_no_sheet() -> None:
    interview = build(
        "**Interviewer**", "Where is the place?",
        "**Respondent**", "By the harbour, and it has no name.",
        "**Interviewer**", "And how long did you stay there?",
        "**Respondent**", "For a week.",
    )  # fmt: skip
    assert told(interview) == ["i Where", "r By", "i And", "r For"]


@pytest.mark.parametrize(
    ("stamp", "seconds"),
    [("#00:01:02-7#", 62.7), ("[00:01:02]", 62), ("[1:02]", 62), ("(00:01:02)", 62)],
)
def test_a_time_behind_a_paragraph_is_when_it_ends_and_no_word_of_it(
    stamp: str, seconds: float
) -> None:
    note = f"(The tide comes in) {stamp}"
    interview = build(*(f"{one} {stamp}" for one in LONG[:3]), note, *LONG[3:], *SHORT)
    assert told(interview) == TOLD
    assert [turn.text[-1] for turn in interview.turns[:4]] == ["?", ".", "?", "."]
    assert [turn.end_s for turn in interview.turns[:3]] == [seconds] * 3


@pytest.mark.parametrize("said", ["It is in the second verse (3:16)", "We won, by 2:1", "Call #3#"])
def test_figures_that_end_an_answer_are_said(said: str) -> None:
    interview = build(*LONG[:3], f"**Participant 4:** {said}")
    assert interview.turns[-1].text == said


TABLE = """\
speaker,text
INT,Why was the pier closed?
R14,"The crane fell into the basin, and nobody could raise it."
INT2,"Sorry, can I come in there, was that before the flood?"
R14,"Before it, on a Monday, and the gulls have sat on it ever since."
INT2,"Okay, thank you."
INT,Nobody at all?
R14,"One man could, but he was in the other port that week."
"""


def test_who_is_numbered_beside_the_interviewer_asks_too() -> None:
    source = read_bytes(TABLE.encode(), name="a.csv")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert {one.name: one.role[0] for one in interview.speakers} == {
        "INT": "i",
        "INT2": "i",
        "R14": "r",
    }


@pytest.mark.parametrize("label", ["G20", "Room 2", "B2B"])
def test_a_number_makes_nobody_ask(label: str) -> None:
    read = parse_label(label)
    assert read is None or read.hint is None
