"""Questions set in capitals with no labels, and what else newspapers set in capitals."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

HEAD = "The Harbour Times\n\nBIG INTERVIEW\n\nThe minister spoke to the paper at the pier."
ROUNDS = (
    "MINISTER, WHY WAS THE SECOND PIER BUILT?",
    "Because the first one leaned. It was cheaper to begin again than to straighten it.",
    "THAT IS NOT WHAT THE ENGINEERS SAY.",
    "They say what they were asked to say.",
    "WHO ASKED THEM?",
    "I did, in a letter. The letter is in the archive, and nobody has read it.",
    "ADVERTISEMENT",
    "It is a short letter.",
    "WILL THE NEIGHBOURS PAY FOR THE THIRD?",
    "They will pay for the paint.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def told(interview: Interview) -> list[str]:
    speakers = interview.speaker_by_id()
    return [f"{speakers[t.speaker_id].role[0]} {t.text.split()[0]}" for t in interview.turns]


def test_paragraphs_in_capitals_are_who_asks_whether_they_end_as_questions_or_not() -> None:
    interview = build(HEAD, *ROUNDS)
    assert interview.convention == "capitals-question"
    assert told(interview) == [
        "i MINISTER,",
        "r Because",
        "i THAT",
        "r They",
        "i WHO",
        "r I",
        "i WILL",
        "r They",
    ]
    assert interview.turns[5].text.endswith("read it.\n\nIt is a short letter.")


def test_subheadings_in_capitals_between_labelled_turns_ask_nothing() -> None:
    talk = build(
        HEAD,
        "Host: Why was it built?",
        "Minister: Because the first one leaned.",
        "WHO PAYS FOR IT?",
        "Host: And who pays?",
        "Minister: The neighbours, for the paint.",
        "WHAT COMES NEXT?",
        "Host: And then?",
        "Minister: A third one.",
        "IS THERE ROOM?",
        "Host: Is there room?",
        "Minister: On the maps there is.",
    )
    assert talk.convention == "name-colon"
    assert told(talk) == ["i Why", "r Because", "i And", "r The", "i And", "r A", "i Is", "r On"]
