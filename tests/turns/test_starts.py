"""What stands above a talk, and who asks from the floor in it."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "**Orlo:** Good morning. Is the harbour open?",
    "**Tamm:** It is, on all days but Monday.",
    "**Orlo:** And who asks for more?",
    "**Tamm:** The coast does, and the islands do as well.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.md")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def roles_of(interview: Interview) -> dict[str, str]:
    return {speaker.name or "": speaker.role for speaker in interview.speakers}


def test_words_in_bold_above_the_line_that_says_transcript_are_no_speakers() -> None:
    above = ("**Video**", "harbour.org/en/library", "**Guest**", "All is as it was said there.")
    interview = build(*above, "**Transcript**", *TALK, *TALK)
    assert len(interview.turns) == 8
    assert set(roles_of(interview)) == {"Orlo", "Tamm"}


@pytest.mark.parametrize(
    "line",
    [
        "This is a rush transcript of the harbour hour. It may be updated.",
        "THIS IS A RUSH TRANSCRIPT. THIS COPY MAY BE UPDATED.",
        "The following is a transcript from the harbour hour:",
    ],
)
def test_a_caption_above_the_line_that_says_what_follows_is_no_turn(line: str) -> None:
    talk = [text.replace("*", "") for text in (*TALK, *TALK)]
    interview = build("Close", "Tamm: I never closed it", "The minister on the coast.", line, *talk)
    assert len(interview.turns) == 8


def test_a_line_that_says_transcript_below_a_talk_starts_none() -> None:
    assert len(build(*TALK, "Transcript", *TALK[:1]).turns) == 5


def test_the_part_above_a_name_and_an_office_is_no_speaker() -> None:
    cast = ("Bruno Tamm", "Minister of the Coast", "**Moderator**", "Thyra Orlo", "Editor, Gazette")
    assert len(build(*cast, *TALK).turns) == 4


@pytest.mark.parametrize("word", ["Question", "Audience Member"])
def test_who_asks_from_the_floor_may_have_a_name_in_brackets(word: str) -> None:
    floor = (
        f"**{word} (Carla Unt, Coast College, Upper Harbour):** Who pays for it?",
        "**Tamm:** The Union pays.",
        "**Unt:** That is no answer.",
        "**Tamm:** It is the one that I have.",
    )
    assert roles_of(build(*TALK, *floor))["Carla Unt"] == "interviewer"


@pytest.mark.parametrize(
    "label",
    [
        "Question (through interpreter)",
        "Question (Daily Telegram)",
        "Question (in Polish, off mic)",
    ],
)
def test_a_note_behind_question_names_nobody(label: str) -> None:
    floor = (f"**{label}:** Who pays for it?", "**Tamm:** The Union pays.")
    assert "Question" in roles_of(build(*TALK, *floor, *TALK))


def test_a_name_and_a_house_behind_a_moderator_leave_one_moderator() -> None:
    talk = (
        "**Moderator (Carla Unt, Coast College):** Who pays for it?",
        "**Tamm:** The Union pays.",
        "**Moderator:** And the harbour?",
        "**Tamm:** The harbour waits.",
    )
    assert set(roles_of(build(*talk))) == {"Moderator", "Tamm"}


@pytest.mark.parametrize("label", ["Supplementary question", "Follow-up question", "Follow-up"])
def test_who_asks_once_more_asks(label: str) -> None:
    more = (f"**{label}:** But not on Mondays.", "**Tamm:** No.")
    assert roles_of(build(*TALK, *more))[label] == "interviewer"


def test_an_answer_may_speak_of_another_question() -> None:
    text = "Another question: who would have paid in spring?"
    assert build(*TALK, text).turns[-1].text.endswith(text)


def test_an_announcement_neither_asks_nor_answers() -> None:
    said = "**Announcement:** Ladies and gentlemen, please take your seats."
    assert roles_of(build(said, *TALK))["Announcement"] == "other"


def test_a_list_of_contents_above_the_line_that_says_interview_names_no_speaker() -> None:
    contents = (
        "**TABLE OF CONTENTS**",
        "Riga, Latvia; Port Office 1996–1999 Cranes: The first one",
    )
    interview = build(*contents, "The second crane", "**INTERVIEW**", *TALK, *TALK)
    assert len(interview.turns) == 8
    assert set(roles_of(interview)) == {"Orlo", "Tamm"}


def test_a_heading_interview_with_much_above_it_starts_nothing() -> None:
    assert len(build(*TALK, "**Interview**", *TALK).turns) == 8
