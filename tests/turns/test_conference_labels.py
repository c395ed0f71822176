"""Labels of conferences: a name with a long office, alone on its line, of many who ask but once."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

CHAIR = "Dr Ada North, Executive Director, House of the Northern Harbours"
GUEST = (
    "Vice Admiral (Retd) Ben Vale, Special Adviser to the Coordinating Minister for Harbours and "
    "Ice, Northland"
)
OTHER = "Cora van Orlo, Minister for Piers, Southland"
TALK = (
    (CHAIR, "I shall take two questions first. Colonel East."),
    (
        "Colonel Dan East, Research Fellow, Institute of Cold Water, Academy of Tides, Eastland",
        "Thank you, Chair. Why does the ship come to our pier? Who invited it?",
    ),
    (CHAIR, "That was brief. In the third row."),
    (
        "Eva West, Chief Correspondent, Harbour Courier; Young Voices of the Ice Programme",
        "My question goes to the Minister. Which pier is yours?",
    ),
    (CHAIR, "Admiral, would you begin?"),
    (GUEST, "Nobody invites a ship. We went by day, with a lamp, and were greeted."),
    (OTHER, "The pier with the crane is ours, and we paid for the crane with our own fish."),
    (CHAIR, "One more round. Admiral?"),
    (GUEST, "I have said what I had to say, and the rest is weather."),
    (OTHER, "It is a long winter, and we have seen longer ones."),
    (CHAIR, "Please join me in thanking our speakers."),
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_who_asks_once_has_a_label_as_those_have_who_come_again() -> None:
    interview = build("HARBOUR DIALOGUE", *(text for turn in TALK for text in turn))
    speakers = interview.speaker_by_id()
    assert [turn.text for turn in interview.turns] == [said for _, said in TALK]
    assert [speakers[turn.speaker_id].role[0] for turn in interview.turns] == list("iiiiirrirri")
    east = speakers[interview.turns[1].speaker_id]
    assert east.name == "Colonel Dan East"
    assert east.affiliation is not None
    assert east.affiliation.endswith("Eastland")


def test_a_name_and_an_office_within_a_talk_of_plain_names_is_no_label() -> None:
    lines: list[str] = []
    for number in range(4):
        lines += ("Ada North", f"What happened at the pier in year {number}?")
        lines += ("Ben Vale", f"It was painted {number} times, and nobody came to look at it.")
    lines += (
        "Dan East, Research Fellow, Institute of Cold Water, Academy of Tides, Eastland, a man",
    )
    lines += ("He wrote the report, and it is in the drawer.",)
    assert len(build(*lines).speakers) == 2


def test_a_bold_name_without_an_office_is_one_and_who_only_asks_asks_at_length() -> None:
    long = " ".join(["The comment is that the pier was ours before the ice came."] * 9)
    fang = "Major Fay Roe, Fellow, Academy of Tides, Eastland"
    talk = (
        *TALK[:4],
        (fang, f"{long} Who let them in?"),
        (CHAIR, "Admiral, would you begin?"),
        *TALK[5:7],
        (CHAIR, "I have a follow-up from Major Roe. Please."),
        (fang, "If nothing happened, why was there a bell?"),
        (GUEST, "Because the town has one."),
        (CHAIR, "One more, from a man whose card I cannot read."),
        ("Tor Bakke", "I speak for nobody but myself. Would you agree to ring it twice?"),
        (OTHER, "Twice is once too often in a winter like this."),
        (CHAIR, "Please join me in thanking our speakers."),
    )
    page = "".join(f"<p><strong>{label}</strong><br>{said}</p>" for label, said in talk)
    source = read_bytes(f"<html><body>{page}</body></html>".encode(), name="a.html")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    roles = {speaker.name: speaker.role[0] for speaker in interview.speakers}
    assert (roles["Major Fay Roe"], roles["Tor Bakke"]) == ("i", "i")
    assert (roles["Dr Ada North"], roles["Cora van Orlo"]) == ("i", "r")
