"""Talks of which only the first turns have labels, or none but a byline and an advertisement."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ASKED = (
    "Minister, why did you close the harbour?",
    "Did the council ask you to?",
    "You were warned in the spring. What did you do then?",
    "Who paid for the second crane?",
    "Would you open it again?",
    "And what will you tell the ferrymen?",
    "Do you regret the lamp?",
)
ANSWERED = (
    "It rained for three weeks, the crane fell into the basin, and my office had nobody to send.",
    "No. The council wrote to me in June, when the pier had been empty for a month and the lamp out.",
    "I wrote two letters and a report. Both letters came back, and the report is in a drawer.",
    "We did, with what was left over from the first. I have the receipts, and they are short ones.",
    "Not before the ice is gone. My people count the ships every week, and there are four of them.",
    "That I was a ferryman too. They know it, and it has never made them any kinder to me.",
    "I do, a little. It burned for ninety years, and I had it put out on a Thursday.",
)
ROUNDS = tuple(text for pair in zip(ASKED, ANSWERED, strict=True) for text in pair)


def build(*paragraphs: str, name: str = "a.txt") -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name=name)
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def test_an_office_in_the_byline_is_not_all_who_speak() -> None:
    page = ("The Harbour That Nobody Opens", "by", "Ann Roe", "CORRESPONDENT")
    interview = build(*page, "She spoke to us over two mornings.", *ROUNDS)
    assert [turn.text for turn in interview.turns] == list(ROUNDS)


def test_an_office_below_the_byline_of_a_short_talk_heads_no_speech() -> None:
    interview = build("The Harbour", "By Ann Roe", "CORRESPONDENT", *ROUNDS[:6])
    assert [turn.text for turn in interview.turns] == list(ROUNDS[:6])


def test_who_speaks_again_below_the_byline_is_a_speaker() -> None:
    labels = ("CORRESPONDENT", "MINISTER") * 3
    lines = [text for pair in zip(labels, ROUNDS[:6], strict=True) for text in pair]
    interview = build("The Harbour", "By Ann Roe", *lines)
    assert [turn.text for turn in interview.turns] == list(ROUNDS[:6])
    assert len({turn.speaker_id for turn in interview.turns}) == 2


def test_names_in_bold_on_the_first_two_turns_hold_for_the_rest() -> None:
    first = (f"**Ann Roe:** {ROUNDS[0]}", f"**Bob Hale:** {ROUNDS[1]}")
    interview = build(*first, *ROUNDS[2:], name="a.md")
    assert [turn.text for turn in interview.turns] == list(ROUNDS)
    assert [speaker.name for speaker in interview.speakers] == ["Ann Roe", "Bob Hale"]


def test_who_is_called_before_a_colon_is_not_who_asks() -> None:
    called = "Minister Hale, the shut port: do you sleep at night, and where?"
    rounds = [*zip(ASKED, ANSWERED, strict=True), (called, "At home, and well.")]
    pairs = [text for q, a in rounds for text in (f"**{q}**", a)]
    interview = build(*pairs, name="a.md")
    assert len(interview.turns) == 16
    assert not any(speaker.name and "Hale" in speaker.name for speaker in interview.speakers)
    assert interview.turns[-2].text == called


def test_who_asks_and_answers_himself_in_a_speech_goes_on() -> None:
    speech = [
        text
        for pair in zip(
            ANSWERED,
            (
                "What did we learn from it?",
                "Who of us would have thought so?",
                "And is that all we can do?",
                "Why should anybody pay for our lamp?",
                "Where do our ships go in the winter?",
                "What would my father have said to us?",
                "Shall we put it out?",
            ),
            ANSWERED,
            ANSWERED[::-1],
            strict=True,
        )
        for text in pair
    ]
    interview = build(
        "**Ann Roe:** Minister, you have the floor.",
        f"**Bob Hale:** {ANSWERED[3]}",
        *(f"{number}, then. {text}" if number % 4 != 1 else text for number, text in
          enumerate(speech)),
        name="a.md",
    )  # fmt: skip
    assert len(interview.turns) == 2
