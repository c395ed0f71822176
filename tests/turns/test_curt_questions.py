"""Talks without labels: questions of a word, with a subject before them, or that say why."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

TALK = (
    "Can a lighthouse be rented by the week? I wonder because your office seems to be in one.",
    "It can, by those who do not mind the lamp. The others ask for curtains, and they are told "
    "by the caretaker that curtains are what the ships have always been afraid of.",
    "How long does a tenant stay?",
    "My predecessor stayed for six years. He was careful, and in the end they gave him a medal for "
    "it, which he wears when it rains, because he says that it belongs to the sea.",
    "Norway?",
    "They have rented two of them, one for each coast. I was there for the second one, and I can "
    "tell you that the view was better than the one that we had been given the day before.",
    "Lamps: who counts those that are out?",
    "There are eleven of them, and I would not call that a negotiation. We count them at night, "
    "the other side counts them in the morning, and nobody has ever asked for the difference.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_a_word_a_subject_and_a_reason_may_ask() -> None:
    interview = build("The Port Review", "‘The view was better’", *TALK)
    assert [turn.text for turn in interview.turns] == list(TALK)
    assert [turn.kind for turn in interview.turns] == ["question", "answer"] * 4
    assert [speaker.name for speaker in interview.speakers] == ["Q", "A"]


def test_what_opens_the_text_and_asks_nobody_is_no_question() -> None:
    lead = "Can a lighthouse be rented by the week? Its keeper has tried it for us, and answers."
    interview = build("The Port Review", lead, *TALK[2:])
    assert interview.turns[0].text == TALK[2]
