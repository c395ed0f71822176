"""Transcripts that people make of their own talks: pronouns as labels, notes to themselves."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview
from pipeline.turns.furniture import is_stage_direction

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


@pytest.mark.parametrize(
    "note",
    [
        "→ use this near the top",
        "*** OFF RECORD 00:13:05 - 00:17:48, SEE NOTEBOOK 3 ***",
        "Audio: talk_02.m4a (58:41) - in the shared folder",
    ],
)
def test_notes_to_oneself_are_nobodys_speech(note: str) -> None:
    talk = build(note, *ROUNDS[:2], *([] if note[0] == "A" else [note]), *ROUNDS[2:])
    assert told(talk) == TOLD
    assert note not in "\n".join(turn.text for turn in talk.turns)


def test_who_speaks_of_a_file_is_heard() -> None:
    talk = build("Host: plan.pdf is on our pages.", "Minister: I wrote it.", "Host: Why?",
                 "Minister: For the archive.")  # fmt: skip
    assert talk.turns[0].text == "plan.pdf is on our pages."


def test_a_name_between_rules_is_no_note() -> None:
    assert is_stage_direction("--- HERE THE TAPE WAS OFF UNTIL 10:40 ---")
    assert not is_stage_direction("--- THE MINISTER OF PORTS ---")


@pytest.mark.parametrize("heading", ["## TO DO", "### Action points", "## Field notes"])
def test_own_notes_stand_below_the_talk(heading: str) -> None:
    talk = build(*ROUNDS, heading, "Crane: date of the fall, check", "Ask the port: who paid?")
    assert told(talk) == TOLD
    assert talk.turns[-1].text == "On Mondays, when the tide allows it."


def test_a_talk_ends_where_the_recording_does() -> None:
    notes = "Notes of the same evening: she was tired, and she asked to see the text again."
    talk = build(*ROUNDS, "[END OF RECORDING – 41:07]", notes)
    assert talk.turns[-1].text == "On Mondays, when the tide allows it."
