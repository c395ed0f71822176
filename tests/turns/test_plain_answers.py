"""Answers of a talk without labels that say plainly that they are some."""

from __future__ import annotations

import pytest

from pipeline.turns.conventions.plain_answers import mend_row

ASKED = "Who paid for the oil in the lamps of the northern pier?"
TOLD = "The town did, and it was told that it had paid for a crane."
LONG = (
    "I can see why it looks so from the pier, and my own brother, who sells rope there, has said "
    "it to me. In the old days a lamp was a matter for the keeper. Today the children of the upper "
    "town light it on their way home, and nobody has to ask. That is not so bad, is it?"
)


@pytest.mark.parametrize(
    "put", ["A fine story, but it lights no lamp.", "Our readers say that you sold the wick."]
)
@pytest.mark.parametrize("answer", ["No. The wick is mine.", "They did. It was a long winter."])
def test_what_is_affirmed_or_denied_within_an_answer_was_put_by_another(
    put: str, answer: str
) -> None:
    texts, row = [ASKED, TOLD, put, answer], [True, False, False, False]
    assert mend_row(texts, row) == [True, False, True, False]


@pytest.mark.parametrize(
    "said",
    [
        "I was asked then whether the town would pay again.",
        "We have lit the lamps each year since the old pier fell.",
        " ".join(["The keeper cuts the wick with the knife that he has for bread."] * 6),
    ],
)
def test_who_speaks_of_himself_or_at_length_affirms_it_himself(said: str) -> None:
    texts, row = [ASKED, TOLD, said, "No. That is done with."], [True, False, False, False]
    assert mend_row(texts, row) == row


def test_the_first_paragraph_of_an_answer_is_no_question() -> None:
    row = [True, False, False]
    assert mend_row([ASKED, TOLD, "No. It was the crane."], row) == row


@pytest.mark.parametrize("answer", ["That isn't right. The town has paid since July.", LONG])
def test_what_denies_the_question_above_or_speaks_of_itself_at_length_answers(answer: str) -> None:
    texts = ["The town says that the lamps were never lit.", answer, TOLD]
    assert mend_row(texts, [True, True, False]) == [True, False, False]


def test_a_second_paragraph_of_a_question_asks() -> None:
    texts = ["The pier is dark. Does it not make you angry?", "And if it was the ice: how often?"]
    assert mend_row([*texts, TOLD], [True, True, False]) == [True, True, False]
