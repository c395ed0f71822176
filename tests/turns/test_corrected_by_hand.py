"""A machine's transcript that somebody has corrected: labels written in, notes between rules."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.labels import parse_label

ANSWER = "It rained for three weeks, the crane fell into the basin, and nobody came to raise it."
TURNS = (
    "Speaker 1 (00:03):\nWhy did the port close?",
    f"Speaker 2 (00:07):\n{ANSWER}",
    "Speaker 1 (00:31):\nAnd the other crane?",
    "Speaker 2 (00:36):\nIt stood until May, and then it fell as well.",
    "Speaker 1 (00:44):\nWho will raise them?",
    "Speaker 2 (00:49):\nWhoever can.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_label_written_in_before_what_is_said_starts_a_turn() -> None:
    added = ("Speaker 1 [was Speaker 2]: In the basin?", "Speaker 2 (00:30):\nWhere else.")
    interview = build(*TURNS[:2], *added, *TURNS[2:])
    assert [turn.text for turn in interview.turns[1:4]] == [ANSWER, "In the basin?", "Where else."]


def test_a_note_behind_a_time_is_part_of_the_label() -> None:
    added = ("Speaker 3 (00:29) [= a guest]:\nIn the basin?", "Speaker 2 (00:30):\nWhere else.")
    interview = build(*TURNS[:2], *added, *TURNS[2:])
    assert [turn.text for turn in interview.turns[1:4]] == [ANSWER, "In the basin?", "Where else."]


def test_a_name_that_labels_no_line_starts_none() -> None:
    said = "The harbour master: a man who never came."
    assert build(*TURNS[:2], said, *TURNS[2:]).turns[1].text == f"{ANSWER}\n\n{said}"


def test_a_list_of_names_above_labels_in_line_is_none() -> None:
    names = ("Ann Roe\n\nFellow of the Port", "Bob Hale\n\nMinister of Cranes") * 2
    talk = ("Ann Roe: Why?", f"Bob Hale: {ANSWER}", "Ann Roe: And then?", "Bob Hale: No.") * 2
    assert build(*names, *talk).convention == "name-colon"


@pytest.mark.parametrize(
    "note", ["---- from here not corrected ----", "*** checked against the tape up to here ***"]
)
def test_a_note_between_rules_is_not_said(note: str) -> None:
    assert build(*TURNS[:2], note, *TURNS[2:]).turns[1].text == ANSWER


@pytest.mark.parametrize("label", ["*** ANN ROE ***", "--- Minister of the North ---"])
def test_a_name_between_rules_is_a_label(label: str) -> None:
    interview = build(*[text.replace("Speaker 2 (00:07):", label)
                        .replace("Speaker 2 (00:36):", label)
                        .replace("Speaker 2 (00:49):", label) for text in TURNS])  # fmt: skip
    assert len(interview.turns) == 6


def test_what_a_file_says_of_itself_is_no_speaker() -> None:
    head = ("Exported from TALK_07.m4a on 22/05/2024 16:08\nIt may hold errors.",)
    assert len(build(*head, *TURNS).speakers) == 2


@pytest.mark.parametrize(
    ("label", "hint"),
    [
        ("Speaker 3 (02:31) [= the second interviewer]", "interviewer"),
        ("Ann Roe (co-interviewer)", "interviewer"),
        ("Ann Roe (radio host)", None),
        ("Ann Roe (the interviewer's aide)", None),
    ],
)
def test_who_asks_is_noted_in_brackets(label: str, hint: str | None) -> None:
    found = parse_label(label)
    assert found is not None
    assert found.hint == hint
