"""Names that run into the speech, with nothing between."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "A .gov site belongs to an office. It is official.",
    "Greta Moor Hi, everyone, and welcome back to the second day. Admiral, are you with us?",
    "Rear Admiral Stone Greta, good morning. I am, with coffee, and so is most of the harbour.",
    "I would say one thing up front. The water is wider than the map, and nobody believes it.",
    "Greta Moor Let's talk about the strait. Who sails it at night?",
    "Rear Admiral Stone They all do. What we see is lamps, and then we see fewer lamps than that.",
    "Greta Moor As a reporter I like lamps. Was anyone ever fined?",
    "Rear Admiral Stone One was. I am allowed to talk about that one, and it is a short story.",
    "Greta Moor I'd like to hear it. What did he do?",
    "Rear Admiral Stone He put out his lamp. We put on ours, and there he was, with a net.",
    "Greta Moor And then? I have a few questions here from those who watch.",
    "Rear Admiral Stone And then we lent him a lamp. It was the cheapest way to end the night.",
    "PRINT   |   E-MAIL",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_names_that_open_most_paragraphs_label_them() -> None:
    interview = build(*TALK)
    speakers = interview.speaker_by_id()
    assert interview.convention == "running-name"
    assert [speakers[turn.speaker_id].name for turn in interview.turns] == [
        "Greta Moor",
        "Rear Admiral Stone",
    ] * 5
    assert [speaker.role for speaker in interview.speakers] == ["interviewer", "respondent"]
    assert interview.turns[1].text.startswith("Greta, good morning.")
    assert "wider than the map" in interview.turns[1].text


def test_a_sentence_of_somebody_above_the_talk_is_no_turn() -> None:
    interview = build("Rear Admiral Stone commands the harbour and its lamps.", *TALK[1:])
    assert len(interview.turns) == 10
    assert interview.turns[0].text.startswith("Hi, everyone")


def test_names_that_sentences_are_of_are_no_labels() -> None:
    told = ["Rear Admiral Stone said so.", "Greta Moor believed it.", "Greta Moor asked why."]
    assert build(*TALK[:-1], *told, told[0]).convention != "running-name"


def test_one_name_alone_is_no_label() -> None:
    report = [f"Greta Moor House stands on pier {number}. It is old." for number in range(1, 8)]
    assert build(*report).convention != "running-name"
