"""Whose officials speak on a state's own site."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.records import Interview, Speaker
from pipeline.references.homes import homes_of
from tests.references.conftest import answered


def on_site(
    *, series: str | None = None, url: str | None = None, title: str = "A test", **told: str | None
) -> Interview:
    """Return an interview of one answer that a site has printed."""
    interview = answered("We shall see.", title=title, **told)
    return interview.model_copy(update={"series": series, "url": url})


def home(interview: Interview) -> tuple[str, ...]:
    return homes_of(interview, load_actors())["a"]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ("Prime Minister of Latvia", ("Latvia",)),
        ("President of the Kyrgyz Republic", ("Kyrgyzstan",)),
        ("The Latvian Government", ("Latvia",)),
        ("U.S. Department of State", ("United States",)),
        ("Ministry of Foreign Affairs of Chile", ("Chile",)),
        ("The Kremlin", ("Russia",)),
        ("The Latvian Times", ()),
        ("The President's Breakfast", ()),
        ("Government in Latvia Today", ()),
        ("Latvia", ()),
    ],
)
def test_a_site_may_be_named_after_an_office(series: str, expected: tuple[str, ...]) -> None:
    assert home(on_site(series=series)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.mfa.gov.kz/en/news/1", ("Kazakhstan",)),
        ("http://president.kg/en", ("Kyrgyzstan",)),
        ("kremlin.ru/events", ("Russia",)),
        ("https://www.gov.uk/talks", ("United Kingdom",)),
        ("https://www.state.gov/briefing", ("United States",)),
        ("https://www.whitehouse.gov/talk", ("United States",)),
        ("https://www.congress.gov/hearing", ()),
        ("https://paper.kz/president", ()),
        ("https://mfa.example.com", ()),
        ("https://[mfa.kz", ()),
    ],
)
def test_a_host_tells_the_state(url: str, expected: tuple[str, ...]) -> None:
    assert home(on_site(url=url)) == expected


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [
        ("Foreign Minister", ("Kazakhstan",)),
        ("Deputy Foreign Minister", ("Kazakhstan",)),
        ("director of a shipping firm", ()),
        ("Former foreign minister", ()),
        ("President of Chile", ("Chile",)),
    ],
)
def test_who_is_known_to_be_something_else_is_not_the_sites(
    affiliation: str, expected: tuple[str, ...]
) -> None:
    assert home(on_site(url="https://mfa.gov.kz", affiliation=affiliation)) == expected


def test_who_asks_is_not_the_sites() -> None:
    assert homes_of(on_site(url="https://mfa.gov.kz"), load_actors())["q"] == ()


def beside(interview: Interview, **told: str | None) -> dict[str, tuple[str, ...]]:
    """Return the homes of those who answer, with one more of them."""
    guest = Speaker(id="g", role="respondent", **told)
    both = interview.model_copy(update={"speakers": (*interview.speakers, guest)})
    return {name: found for name, found in homes_of(both, load_actors()).items() if name != "q"}


def test_beside_a_guest_only_the_office_is_the_sites() -> None:
    host = on_site(series="Prime Minister of Latvia", name="PRIME MINISTER")
    assert beside(host, country="CL") == {"a": ("Latvia",), "g": ("Chile",)}
    named = on_site(series="Prime Minister of Latvia", name="A. North")
    assert beside(named, country="CL") == {"a": (), "g": ("Chile",)}


def test_of_two_with_an_office_both_are_the_sites_unless_there_were_talks() -> None:
    host = on_site(series="Prime Minister of Latvia", name="PRIME MINISTER")
    assert beside(host, name="MINISTER") == {"a": ("Latvia",), "g": ("Latvia",)}
    talks = on_site(series="Prime Minister of Latvia", name="PRIME MINISTER", title="After talks")
    assert beside(talks, name="MINISTER") == {"a": ("Latvia",), "g": ()}


def test_of_several_those_without_an_office_are_nobodys() -> None:
    minister = on_site(url="https://mfa.gov.kz", name="Anna North", affiliation="Foreign Minister")
    assert beside(minister, name="A. North") == {"a": ("Kazakhstan",), "g": ("Kazakhstan",)}
    assert beside(minister, name="Bert South") == {"a": ("Kazakhstan",), "g": ()}
    known = on_site(url="https://kremlin.ru", name="President of Russia")
    assert beside(known, name="MINISTER") == {"a": ("Russia",), "g": ()}
