"""A reporter's piece inside a broadcast, which the host announces and he signs off."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

CALL = "Carl West has our report."
PIECE = (
    ("CARL WEST", "Where the rails end, beyond the last pier, the carts begin."),
    ("DORA SUND, Carter", "I have carried wheat. I have carried a piano, and it was the heavier."),
    ("CARL WEST", "In January the harbour was sold to the town, for its price in rope. {end}"),
)
TALK = (
    ("ANN NORTH", "Two views now. Welcome to you both. Envoy, is the sale of the harbour over?"),
    ("BEN HALE", "Thank you, Ann. It is over in the way in which a winter is over."),
    ("ANN NORTH", "Mr. Vane, does the town have a case?"),
    ("GUS VANE", "It has a rope, which is not the same as a case. It lost the pier in a storm."),
    ("ANN NORTH", "Envoy, a last word. Who will sweep the pier?"),
    ("BEN HALE", "Those who sweep it now, with the brooms that they have."),
    ("ANN NORTH", "Ben Hale and Gus Vane, thank you both."),
)
SIGNED = 'For the "Harbour Hour," I\'m Carl West in Oldhaven, Northland.'


def roles(*, call: str = CALL, end: str = SIGNED, asked: str = "") -> dict[str | None, str]:
    opening = ("ANN NORTH", f'Welcome to the "Harbour Hour." Nobody swept the pier. {call}')
    first, *piece = PIECE
    turns = (opening, (first[0], f"{first[1]} {asked}".strip()), *piece, *TALK)
    text = "\n\n".join(f"{name}: {said.format(end=end)}" for name, said in turns)
    interview = build_interview(
        read_bytes(text.encode(), name="a.txt"),
        interview_id="k",
        settings=load_settings().segment,
    )
    return {speaker.name: speaker.role for speaker in interview.speakers}


def test_a_reporter_is_the_programme_s_and_who_is_heard_in_his_piece_is_on_tape() -> None:
    assert roles() == {
        "ANN NORTH": "interviewer",
        "CARL WEST": "interviewer",
        "DORA SUND": "other",
        "BEN HALE": "respondent",
        "GUS VANE": "respondent",
    }


def test_whom_a_reporter_asks_in_his_piece_answers() -> None:
    assert roles(asked="What do you carry?")["DORA SUND"] == "respondent"


@pytest.mark.parametrize(
    ("call", "end"),
    [("Carl West, welcome.", SIGNED), (CALL, "I'm sure in a year it will be sold again.")],
)
def test_a_piece_is_announced_and_signed_off(call: str, end: str) -> None:
    assert roles(call=call, end=end)["DORA SUND"] == "respondent"
