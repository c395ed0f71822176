"""Where somebody of unknown country says to be from."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve


@pytest.mark.parametrize(
    "told",
    [
        "We in Chile vote in December.",
        "We Chileans vote in December.",
        "My country, Chile, votes in December.",
        "I am a Chilean.",
        "I am a Chilean citizen.",
        "It rains a lot, if you will allow a Chilean to say so.",
        "Yes, I was formerly of the mission of Chile in Geneva.",
    ],
)
def test_who_says_where_they_are_from_speaks_for_it(resolve: Resolve, told: str) -> None:
    assert resolve(f"{told} They asked us for copper.")["us"] == ("Chile",)


@pytest.mark.parametrize(
    "told",
    [
        "We Chileans vote in December. We Peruvians vote in May.",
        "I was in Chile.",
        "It takes a Chilean to say so.",
        "I wrote to the mission of Chile in Geneva.",
    ],
)
def test_otherwise_nobody_is_spoken_for(resolve: Resolve, told: str) -> None:
    assert resolve(f"{told} They asked us for copper.")["us"] == ()


def test_the_known_country_comes_first(resolve: Resolve) -> None:
    text = "We in Chile vote in December. They asked us for copper."
    assert resolve(text, country="PE")["us"] == ("Peru",)
