"""Words in capitals because they were stressed."""

from __future__ import annotations

import pytest

from tests.actors.interviews import actors_of

STRESSED = "What they had was TIME."


@pytest.mark.parametrize("text", ["They learned from US what it cost.", "They told US."])
def test_a_stressed_us_is_no_state(text: str) -> None:
    assert actors_of("US", STRESSED, text) == ()


@pytest.mark.parametrize(
    "text",
    ["They learned from the US what it cost.", "They bought it from US firms and US farmers."],
)
def test_the_us_stays_a_state_beside_stressed_words(text: str) -> None:
    assert "United States" in actors_of("US", STRESSED, text)


def test_us_is_a_state_where_nothing_is_stressed() -> None:
    assert actors_of("US", "They learned from US what it cost.") == ("United States",)
