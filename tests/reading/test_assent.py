"""Units that only say yes take up what was asked. All sentences are our own."""

from __future__ import annotations

import pytest

from pipeline.reading.assent import asked_content, is_assent, row_agreed_to
from pipeline.reading.rows import Row


@pytest.mark.parametrize(
    "text",
    ["Yes.", "Yes, exactly.", "Absolutely!", "That’s right.", "I fully agree.", "Yes, I think so.",
     "Exactly, yes, of course.", "You are quite right, yes."],
)  # fmt: skip
def test_yes_and_nothing_else_is_assent(text: str) -> None:
    assert is_assent(text)


@pytest.mark.parametrize(
    "text",
    ["No.", "Yes and no.", "Yes, but the alliance is not alone.", "I do not agree.", "It is.",
     "Right after the summit we left.", "Of course NATO has its faults.", ""],
)  # fmt: skip
def test_more_than_yes_is_no_assent(text: str) -> None:
    assert not is_assent(text)


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Has NATO broken its word?", "Has NATO broken its word?"),
        ("You know Kyiv well. So the West was too slow?", "So the West was too slow?"),
        ("NATO kept the peace, in your view.", "NATO kept the peace, in your view."),
        ("Why did NATO break its word?", None),
        ("And what of the sanctions?", None),
        ("", None),
        ("So did the U.S. break its word?", "So did the U.S. break its word?"),
        ("Is Mr. Macron, in St. Petersburg, right?", "Is Mr. Macron, in St. Petersburg, right?"),
        ("Is 2.5 per cent a fair share?", "Is 2.5 per cent a fair share?"),
        ("You know Kyiv. Is it the West vs. Russia?", "Is it the West vs. Russia?"),
        ("“It is late.” “Did NATO wait?”", "“Did NATO wait?”"),
        ("He said “no.” Did NATO wait?", "Did NATO wait?"),
        ("You were in the U.S. So NATO broke its word?", "So NATO broke its word?"),
        ("You were in the U.S. Why did NATO break its word?", None),
        ("you know kyiv. so the west was slow?", "so the west was slow?"),
        ("So NATO ... broke its word?", "So NATO ... broke its word?"),
        ("You saw Kyiv!\nÉtienne, was NATO slow?", "Étienne, was NATO slow?"),
    ],
)
def test_only_what_yes_can_answer_is_taken_up(question: str, content: str | None) -> None:
    assert asked_content(question) == content


def test_only_the_first_unit_of_an_answer_agrees_with_the_question() -> None:
    first = Row("Yes, exactly.", question="Has NATO broken its word?", context_after="In 1999.")
    later = Row("Exactly.", question="Has NATO broken its word?", context_before="It promised.")
    agreed = row_agreed_to(first)
    assert agreed is not None
    assert (agreed.text, agreed.question, agreed.context_after) == (first.question, "", "")
    assert row_agreed_to(later) is None
