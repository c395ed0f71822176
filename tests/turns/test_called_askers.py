"""Whom a moderator calls from the hall, and who opens a session for another to lead it."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

OPENS = (
    ("Announcer", "Ladies and gentlemen, please welcome the warden of the house, Carl West."),
    (
        "Carl West",
        "Good morning. The ice is on the piers, and the coffee is at the back. Our session is on "
        "who paid for the lamps, and Ann North will lead us through it. Ann, over to you.",
    ),
)
TALK = (
    ("Ann North", "Thank you. Minister, who paid for the lamps on the northern pier?"),
    ("Ben East", "The town did, and it was told that it had paid for a crane."),
    ("Ann North", "Dora Sund, you sold the oil. Is that how you remember it?"),
    ("Dora Sund", "I sold it to a man with a cap, who said that he was the town."),
    ("Ann North", "And did he have a receipt?"),
    ("Ben East", "He had one, and it was for a crane, as I was saying."),
)
FIRST = (
    "Fay Holt",
    "Thank you. Fay Holt from the upper harbour. My question would be about the wick. Who cuts it?",
)
SECOND = ("Gus Lind", "I'd just like to ask whether the lower harbour has no lamps, or no oil.")
ENDS = (
    ("Ann North", "Dora, the wick."),
    ("Dora Sund", "The keeper cuts it, on Mondays, with the knife that he has for bread."),
    ("Ann North", "Thank you all. Please join me in thanking the panel."),
)


def roles(*turns: tuple[str, str]) -> dict[str | None, str]:
    text = "\n\n".join(f"{name}: {said}" for name, said in turns)
    interview: Interview = build_interview(
        read_bytes(text.encode(), name="a.txt"),
        interview_id="k",
        settings=load_settings().segment,
    )
    return {speaker.name: speaker.role for speaker in interview.speakers}


def test_who_would_just_like_to_ask_from_the_hall_asks() -> None:
    call = "Let us have the hall. The lady in the third row, and then the gentleman by the door."
    found = roles(*TALK, ("Ann North", call), FIRST, SECOND, *ENDS)
    assert (found["Fay Holt"], found["Gus Lind"]) == ("interviewer", "interviewer")
    assert (found["Ben East"], found["Dora Sund"]) == ("respondent", "respondent")


def test_who_is_called_by_name_and_ends_on_a_question_asks_at_length() -> None:
    asked = (
        "Thank you, and thank you to the Minister for a speech that had the word lamp in it so "
        "often. We on the island see them from the side, since our boats go round the lower "
        "pier, and we have counted eleven where you said nine. I do not want to make much of two lamps "
        "in a winter like this one. Whose are they?"
    )
    call = ("Ann North", "Gus Lind, of the island. I see your hand, it has been up for a while.")
    assert roles(*TALK, call, ("Gus Lind", asked), *ENDS[1:])["Gus Lind"] == "interviewer"
    told = asked.replace("Whose are they?", "They are the keeper's.")
    assert roles(*TALK, call, ("Gus Lind", told), *ENDS[1:])["Gus Lind"] == "respondent"


def test_who_hands_over_behind_an_usher_takes_no_part() -> None:
    found = roles(*OPENS, *TALK, *ENDS)
    assert (found["Announcer"], found["Carl West"]) == ("other", "other")
    assert found["Ann North"] == "interviewer"
