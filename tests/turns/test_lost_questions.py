"""Questions in bold of which one or two stand in plain paragraphs."""

from __future__ import annotations

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.turns import build_interview

ROUNDS = (
    ("What happened to the northern pier?", "It was shut in March. The office had the key."),
    ("How does the council see it?", "The council has met eleven times, and it was cold."),
    ("Who pays for the new crane?", "The ministry pays a third. The rest is in a letter."),
    ("What comes next?", "The ice, I suppose. Then the ferries, if there are any left."),
)
MORE = "I would add that the lamp was never lit again, and that the ships went south for it."
LOST = "But you have said yourself that nobody asked you for the key."
ANSWER = "That is true, and I said it to the council as well. Nobody wanted to hear it from me."


def turns(*between: str) -> list[str]:
    """What is said, where plain paragraphs stand in the second answer."""
    rounds = [[f"**{question}**", answer, MORE] for question, answer in ROUNDS]
    rounds[1] += between
    content = "\n\n".join(text for one in rounds for text in one).encode()
    source = read_bytes(content, name="a.md")
    interview = build_interview(source, interview_id="k", settings=load_settings().segment)
    assert interview.convention == "bold-question"
    return [turn.text for turn in interview.turns]


def test_a_plain_paragraph_that_must_ask_is_a_question_and_what_follows_answers_it() -> None:
    said = turns(LOST, ANSWER)
    assert len(said) == 10
    assert said[4:6] == [LOST, ANSWER]


def test_the_last_paragraph_of_an_answer_asks_nobody() -> None:
    assert turns(LOST)[3].endswith(LOST)


def test_plain_paragraphs_of_an_answer_stay_in_it() -> None:
    plain = ("It is a short pier.", "Why was it built? Because the fish were here.", ANSWER)
    assert turns(*plain)[3].endswith("\n\n".join(plain))
