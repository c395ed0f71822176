"""Names that run into the speech, with nothing between."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "A .gov site belongs to an office. It is official.",
    "Greta Moor It is raining here, so forgive the roof. Admiral, does it rain where you are?",
    "Rear Admiral Stone It never does, Greta. We have a form for rain, and nobody has filled it in.",
    "The form has nine pages. The water is wider than the map, and page nine says so.",
    "Greta Moor Who sails the strait by night?",
    "Rear Admiral Stone They all do. What we see is lamps, and then we see fewer lamps than that.",
    "Greta Moor Do lamps go missing, or do the ships?",
    "Rear Admiral Stone Lamps do. There is a market for them on the islands, on every second Sunday.",
    "Greta Moor Have you bought any there?",
    "Rear Admiral Stone Eleven so far. They had our number on them, and I was given a discount.",
    "Greta Moor Who signs for a purchase like that?",
    "Rear Admiral Stone The treasurer signs. He keeps one on his desk, and it is the best of them.",
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
    assert interview.turns[1].text.startswith("It never does, Greta.")
    assert "wider than the map" in interview.turns[1].text


def test_a_sentence_of_somebody_above_the_talk_is_no_turn() -> None:
    interview = build("Rear Admiral Stone commands the harbour and its lamps.", *TALK[1:])
    assert len(interview.turns) == 10
    assert interview.turns[0].text.startswith("It is raining")


def test_names_that_sentences_are_of_are_no_labels() -> None:
    told = ["Rear Admiral Stone said so.", "Greta Moor believed it.", "Greta Moor asked why."]
    assert build(*TALK[:-1], *told, told[0]).convention != "running-name"


def test_one_name_alone_is_no_label() -> None:
    report = [f"Greta Moor House stands on pier {number}. It is old." for number in range(1, 8)]
    assert build(*report).convention != "running-name"
