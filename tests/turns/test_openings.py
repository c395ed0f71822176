"""The unlabelled statement that opens a press conference."""

from __future__ import annotations

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview
from pipeline.turns import build_interview

ASKED = (
    "Q. Minister, who pays for the northern piers?",
    "We do, and we have paid for them since the flood, because nobody else would have come to the "
    "harbour with a crane and the money for it.",
    "Q. And the ships?",
    "They come in on Monday, all nine of them, and they stay until the ice is gone.",
)
NAMED = (
    "SPOKESPERSON: The gentleman in front, please.",
    "QUESTION: Minister, who pays for the northern piers?",
    "MINISTER: We do, and we have paid for them since the flood, because nobody else would have "
    "come to the harbour with a crane and the money for it.",
    "QUESTION: And the ships?",
    "MINISTER: They come in on Monday, all nine of them, and they stay until the ice is gone.",
)
STATEMENT = (
    "Good afternoon, everybody.",
    "We had a long day in the harbour, and we agreed on the piers.",
    "With that, I am happy to take your questions.",
)


def build(*paragraphs: str) -> Interview:
    source = read_bytes("\n\n".join(paragraphs).encode(), name="a.txt")
    return build_interview(source, interview_id="k", settings=load_settings().segment)


@pytest.mark.parametrize("talk", [ASKED, NAMED])
def test_a_statement_without_a_name_is_that_of_who_answers(talk: tuple[str, ...]) -> None:
    interview = build("Remarks by the Minister after the meeting", *STATEMENT, "Q&A", *talk)
    roles = {speaker.id: speaker.role for speaker in interview.speakers}
    first, answer = interview.turns[0], interview.turns[-1]
    assert first.text == "\n\n".join(STATEMENT)
    assert first.speaker_id == answer.speaker_id
    assert roles[first.speaker_id] == "respondent"


def test_thanks_end_a_statement_where_the_press_asks_next() -> None:
    said = ("Good morning.", "The piers stand, and I am glad of it. Thank you.")
    assert build(*said, *ASKED).turns[0].text == "\n\n".join(said)


@pytest.mark.parametrize(
    "above",
    [
        ("The Minister met the press on Monday.", "She agreed to answer a few questions."),
        ("Welcome to the Port Review.", "The Minister answered all questions that were sent."),
        ("Good afternoon, the Minister said, and went away.", "She came back at five."),
    ],
)
def test_an_introduction_is_nobodys(above: tuple[str, ...]) -> None:
    assert build(*above, *ASKED).turns[0].text.startswith("Minister, who pays")


def test_the_opening_of_a_panel_may_be_anybodys() -> None:
    words = "the piers are old and the cranes are older, and nobody has the money for either."
    panel = [f"{who}: I think that {words}" for who in ("ADVISER", "ENVOY", "ANALYST") * 2]
    talk = [line for answer in panel for line in ("MODERATOR: And you?", answer)]
    assert build(*STATEMENT, *talk).turns[0].text == "And you?"


BRIEFING = (
    "Spokesperson: The gentleman in front, please.",
    "Question: Who pays for the northern piers?",
    "Spokesperson: We do, and we have paid for them since the flood, because nobody else would "
    "have come to the harbour with a crane and the money for it.",
    "Question: And the ships?",
    "Spokesperson: They come in on Monday, all nine of them, and they stay.",
)


def test_a_briefing_under_headings_is_of_who_answers_the_questions_below() -> None:
    said = ("All right. Good afternoon, everybody.", "The piers are safe.", "The ice is gone.")
    above = (said[0], "**Piers", said[1], "**Visit to the Harbour", said[2])
    interview = build("A transcript of the briefing.", *above, "**Questions and Answers", *BRIEFING)
    assert interview.turns[0].text.startswith("\n\n".join(said))
    assert "**" not in interview.turns[0].text


def test_a_welcome_to_readers_above_a_heading_is_nobodys() -> None:
    talk = ("Q: Who pays?", "A: We do, and we have paid since the flood.", "Q: Why?", "A: Ice.")
    interview = build("Hello, readers.", "The piers are a worry to us all.", "Q&A", *talk)
    assert interview.turns[0].text == "Who pays?"


def press(first: str, *askers: str) -> Interview:
    answer = "We have announced it for the summer, and it will be as it was announced."
    rest = [line for asker in askers for line in (f"{asker}: And why?", f"Minister Orlo: {answer}")]
    return build(
        "Press conference of the Minister",
        "Updated on Monday",
        "The Prime Minister of the islands will come to the capital in June.",
        f"Daily Telegram: {first}",
        f"Minister Orlo: {answer}",
        *rest,
    )


def test_an_announcement_to_which_the_press_comes_back_is_of_who_answers() -> None:
    askers = ("Morning Gazette", "Harbour Radio", "Daily Telegram", "Morning Gazette")
    first = "You just announced a visit. What is it for?"
    turn = press(first, *askers).turns[0]
    assert turn.text == "The Prime Minister of the islands will come to the capital in June."
    assert press("What is it for?", *askers).turns[0].text == "What is it for?"


def test_one_interviewer_who_knows_of_an_announcement_heard_of_it_elsewhere() -> None:
    first = "You just announced a visit. What is it for?"
    assert press(first, "Daily Telegram", "Daily Telegram").turns[0].text == first


def test_a_statement_by_topics_ends_where_the_questions_have_their_heading() -> None:
    interview = build(
        "The following is a transcript of the briefing by Ann North, Spokesperson.",
        "Good afternoon, everyone. The lift is frozen as well. [laughter]",
        "** 1. The northern piers",
        "I will start with the piers, where the ice is said to be as thick as a door.",
        "**The crane",
        "As for the crane, it has been seen at sea. I stop here. Edith?",
        "** Questions and Answers",
        *(one.replace("MINISTER", "SPOKESPERSON") for one in NAMED[1:]),
    )
    first = interview.turns[0]
    assert first.text.startswith("Good afternoon, everyone.")
    assert first.text.endswith("Edith?")
    assert "northern piers" not in first.text
    assert "**" not in first.text
    assert first.speaker_id == interview.turns[2].speaker_id


ANNOUNCED = (
    "At the invitation of the Board, the Master of the Ice will visit the harbour from May 4 to 6.",
    "I would like to inform the media that the pier will be opened on Friday. Friends from the "
    "press are welcome.",
)
ASKED_BY_HOUSES = tuple(
    turn
    for house in ("Harbour Times", "Coast Radio", "Evening Gazette")
    for turn in (
        f"{house}: How long will the Master stay, and does the Board share his view of the ice?",
        f"Ann North: I refer you to the Board, which {house} knows well. The ice is thick, and it "
        "has been thick since the flood.",
    )
)


def test_announcements_below_the_title_of_a_press_conference_are_the_spokespersons() -> None:
    title = "Harbour Spokesperson Ann North’s Regular Press Conference on May 2, 2025"
    interview = build(title, *ANNOUNCED, *ASKED_BY_HOUSES)
    first = interview.turns[0]
    assert first.text == "\n\n".join(ANNOUNCED)
    assert interview.speaker_by_id()[first.speaker_id].name == "Ann North"


def test_whoever_asks_first_and_never_again_is_heard() -> None:
    interview = build("On the ice", "The Master will visit the harbour.", *ASKED_BY_HOUSES)
    assert interview.turns[0].text.startswith("How long will the Master stay")


def test_what_is_told_of_a_press_conference_stays_above_it() -> None:
    title = "Ann North’s Press Conference on May 2, 2025"
    told = "On Friday Ann North held a press conference on the pier."
    interview = build(title, told, *ASKED_BY_HOUSES)
    assert interview.turns[0].text.startswith("How long will the Master stay")


def test_remarks_upon_arrival_are_of_who_is_asked_next() -> None:
    title = "Harbour Council: Remarks by the Minister upon arrival at the pier"
    said = ("Good morning to everybody,", "The piers will be long today. We start with the lamps.")
    interview = build(title, *said, *ASKED)
    assert interview.turns[0].text == "\n\n".join(said)
    assert interview.turns[0].speaker_id == interview.turns[2].speaker_id
    told = build(title, "The Minister came to the pier on Monday, and stayed.", *ASKED)
    assert told.turns[0].text == ASKED[0].removeprefix("Q. ")
