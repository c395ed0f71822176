"""You, your."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You sent tanks across the border.", "You"),
        ("You have annexed a province.", "You"),
        ("I read that your army is tired.", "your"),
    ],
)
def test_a_state_that_is_plainly_addressed_is_you(resolve: Resolve, text: str, word: str) -> None:
    assert resolve(text, country="BR", guest="IN")[word] == ("India",)


@pytest.mark.parametrize(
    "text",
    [
        "You sent me a letter.",
        "If you send tanks, there is war.",
        "You know the story.",
        "I read your book.",
    ],
)
def test_anybody_and_the_person_are_no_state(resolve: Resolve, text: str) -> None:
    assert not {"You", "you", "your"} & set(resolve(text, country="BR", guest="IN"))


def test_without_another_side_nobody_is_addressed(resolve: Resolve) -> None:
    assert "You" not in resolve("You sent tanks across the border.", country="BR")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("I ask you Americans.", ("United States",)), ("I ask you in the West.", ("West",))],
)
def test_whom_the_words_name_is_you(resolve: Resolve, text: str, expected: tuple[str, ...]) -> None:
    assert resolve(text, country="BR")["you"] == expected
