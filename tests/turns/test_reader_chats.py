"""Chats in which readers ask, each below a name, and the answers have no label."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ASKED = (
    ("rope_seller", "Why was the pier closed?"),
    ("R Tideman", "Sir how old was the crane, some say ninety years"),
    ("Gull of the north", "The basin : is it deep enough for a second one?"),
    ("night_ferry7", "Which port is next on your list?"),
    ("rope_seller", "Last one. Who paid for the divers?"),
)
REST = (
    "We have written all of it down in the book that hangs beside the gate, and whoever wants to "
    "know more may read it there, since nobody else does."
)
ANSWERED = tuple(
    f"{answer} {REST}"
    for answer in (
        "Hi. The crane fell into the basin, and nobody could raise it.",
        "It was older than the man who drove it, and it had been mended with his belt.",
        "It is deep enough for three, if they fall one after the other.",
        "The one whose crane is older than ours.",
        "The city did, as it does.",
    )
)


def build(text: str, name: str) -> Interview:
    source = read_bytes(text.encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[tuple[str, str, str]]:
    who = {speaker.id: speaker for speaker in interview.speakers}
    return [
        (who[turn.speaker_id].name, who[turn.speaker_id].role[0], turn.text)
        for turn in interview.turns
    ]


def test_nicknames_before_a_colon_ask_and_what_stands_below_answers() -> None:
    pairs = zip(ASKED, ANSWERED, strict=True)
    lines = [line for (who, why), so in pairs for line in (f"{who} : {why}", so, "We know it.")]
    interview = build("\n\n".join(["Chat with the harbour master", *lines]), "a.txt")
    assert interview.convention == "reader-chat"
    assert told(interview) == [
        one
        for (who, why), so in zip(ASKED, ANSWERED, strict=True)
        for one in ((who, "i", why), ("A", "r", f"{so}\n\nWe know it."))
    ]


def test_a_dash_and_a_name_behind_bold_questions_say_who_answers() -> None:
    names = ("Ann Roe", "Bob Hale", "Ann Roe", "", "Bob Hale")
    page = "".join(
        f"<p><strong>From {who}: {why}{name and f' – {name}'}</strong></p><p>{so}</p>"
        for (who, why), so, name in zip(ASKED, ANSWERED, names, strict=True)
    )
    interview = build(page, "a.html")
    assert interview.convention == "reader-chat"
    assert told(interview) == [
        one
        for (who, why), so, name in zip(ASKED, ANSWERED, names, strict=True)
        for one in ((who, "i", why), (name or "A", "r", so))
    ]


def test_a_talk_whose_both_sides_have_labels_is_no_chat_of_readers() -> None:
    speakers = ("Ann", "Bob", "Cleo", "Bob", "Dan", "Bob", "Eve", "Bob")
    said = [text for (_, why), so in zip(ASKED, ANSWERED, strict=True) for text in (why, so)]
    lines = [f"{who} : {text}" for who, text in zip(speakers, said, strict=False)]
    assert build("\n\n".join(lines), "a.txt").convention != "reader-chat"
