"""We between quotation marks."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve


@pytest.mark.parametrize(
    "text",
    [
        'The Americans told us, "We are leaving."',
        "Washington said: “We are leaving.”",
        "“We are leaving,” said the Americans.",
    ],
)
def test_who_is_quoted_is_we(resolve: Resolve, text: str) -> None:
    assert resolve(text, country="BR")["We"] == ("United States",)


def test_a_quoted_nobody_is_nobody(resolve: Resolve) -> None:
    assert resolve('A waiter said, "We are closed."', country="BR")["We"] == ()


@pytest.mark.parametrize(
    "text", ['I told the Americans, "We stay."', 'We call this "stability" in the Americas.']
)
def test_ones_own_words_and_mere_marks_are_the_speakers(resolve: Resolve, text: str) -> None:
    assert resolve(text, country="BR")["We"] == ("Brazil",)


def test_after_a_quotation_the_speaker_is_back(resolve: Resolve) -> None:
    found = resolve('The French said, "No." But we signed.', country="BR")
    assert found["we"] == ("Brazil",)
