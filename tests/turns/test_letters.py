"""Letters that two scholars write to each other."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

LETTERS = (
    (
        "Ann Roe",
        "Bob Hale",
        "I have read your paper on the pier, and I do not know whose pier it is. Is it ours?",
    ),
    (
        "Bob Hale",
        "Ann Roe",
        "It is nobody's, and that was the point of it: the harbour sold it in the winter.",
    ),
    (
        "Ann Roe",
        "Bob Hale",
        "Then who mends it, and who sits on it? I saw nine gulls there on Monday. Were they paid?",
    ),
    (
        "Bob Hale",
        "Ann Roe",
        "The gulls are paid in herring. It is the one bill that the harbour has never sent back.",
    ),
)
HEADS = ["{0} to {1}", "Letter from {0} to {1}", "{0} → {1}", "{0} to {1}, Port, 4 May 2025"]


def _read(text: str) -> Interview:
    source = read_bytes(text.encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def _letters(head: str) -> str:
    return "\n\n".join(
        f"{head.format(writer, reader)}\n\nDear {reader.split()[0]},\n\n{words}\n\nYours,"
        for writer, reader, words in LETTERS
    )


@pytest.mark.parametrize("head", HEADS)
def test_both_who_write_letters_answer(head: str) -> None:
    interview = _read(_letters(head))
    assert interview.convention == "letters"
    assert [(s.name, s.role) for s in interview.speakers] == [
        ("Ann Roe", "respondent"),
        ("Bob Hale", "respondent"),
    ]
    assert [turn.text.split("\n\n")[0] for turn in interview.turns] == [
        "Dear Bob,",
        "Dear Ann,",
    ] * 2


def test_a_greeting_alone_tells_who_writes() -> None:
    text = "\n\n".join(
        f"Dear {reader.split()[0]},\n\n{words}\n\nYours," for _, reader, words in LETTERS
    )
    interview = _read(text)
    assert interview.convention == "greeted-letters"
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    assert [names[turn.speaker_id] for turn in interview.turns] == ["Ann", "Bob"] * 2


def test_who_writes_a_line_to_be_answered_at_length_asks() -> None:
    long = " ".join(words for _, _, words in LETTERS)
    text = "\n\n".join(
        f"{writer} to {reader}\n\n{'Who pays for it?' if writer == 'Ann Roe' else long}"
        for writer, reader, _ in LETTERS
    )
    assert [(s.name, s.role) for s in _read(text).speakers] == [
        ("Ann Roe", "interviewer"),
        ("Bob Hale", "respondent"),
    ]


def test_a_name_before_a_place_heads_no_letter() -> None:
    talk = "Ann Roe: Why?\n\nBob Hale: It rained for a week.\n\n"
    text = f"From Port to Norland\n\n{talk}Road to Norland\n\n{talk}Pier to Norland\n\n{talk}"
    assert _read(text).convention == "name-colon"


@pytest.mark.parametrize(
    "heading", ["Notes on contributors", "Disclosure statement", "Cite this article"]
)
def test_what_a_journal_prints_below_is_no_letter(heading: str) -> None:
    below = f"{heading}\n\nAnn Roe is the keeper of the pier at Port."
    last = _read(f"{_letters(HEADS[0])}\n\n{below}").turns[-1]
    assert last.text.endswith("Yours,")
