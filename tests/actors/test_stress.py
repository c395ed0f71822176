"""Words in capitals because they were stressed."""

from __future__ import annotations

import pytest

from tests.actors.interviews import actors_of

STRESSED = "What they had was TIME."


@pytest.mark.parametrize(
    ("texts", "actors"),
    [
        ([STRESSED, "They learned from US what it cost."], ()),
        ([STRESSED, "They told US."], ()),
        ([STRESSED, "They learned from the US what it cost."], ("United States",)),
        ([STRESSED, "They bought it from US firms and US farmers."], ("United States",)),
        (["They learned from US what it cost."], ("United States",)),
    ],
)
def test_us_without_an_article_is_a_pronoun_where_words_are_stressed(
    texts: list[str], actors: tuple[str, ...]
) -> None:
    assert actors_of("US", *texts) == actors
