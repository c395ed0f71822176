"""The actors a speaker speaks for."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.records import Interview, Speaker
from pipeline.references.homes import (
    countries_of_institutes,
    country_of_institute,
    home_of,
    homes_of,
    sides_of,
)
from tests.references.conftest import answered


def speaker(
    name: str | None = None, *, affiliation: str | None = None, country: str | None = None
) -> Speaker:
    return Speaker(id="s1", name=name, role="respondent", affiliation=affiliation, country=country)


def home(one: Speaker, date: str | None = "2022-05-01") -> tuple[str, ...]:
    return home_of(one, load_actors(), date=date)


@pytest.mark.parametrize(
    ("affiliation", "country", "expected"),
    [
        ("NATO", "NO", ("NATO",)),
        ("Permanent Representative to NATO", "US", ("United States",)),
        ("former NATO official", "DE", ("Germany",)),
        ("a university in Paris", "SN", ("Senegal",)),
        ("European Commission", None, ("European Union",)),
        (None, "lv", ("Latvia",)),
        (None, "Poland", ("Poland",)),
        (None, "XX", ()),
        (None, None, ()),
        ("a defence institute in Vienna", None, ("Austria",)),
        ("correspondent in Vienna", None, ()),
        ("a Brussels institute", None, ("European Union",)),
        ("Senior Fellow for European Security, Council on Foreign Relations", None,
         ("United States",)),
        ("Director, Europe Programme, Chatham House", None, ("United Kingdom",)),
        ("Director, Transatlantic Security Initiative, an institute of its own", None, ()),
        ("Program Director, Europe and Central Asia", None, ()),
        ("NATO policy director at RUSI", None, ("United Kingdom",)),
    ],
)  # fmt: skip
def test_affiliation_and_country(
    affiliation: str | None, country: str | None, expected: tuple[str, ...]
) -> None:
    assert home(speaker(affiliation=affiliation, country=country)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("German security expert", ("Germany",)),
        ("Iran specialist at an American college", ("United States",)),
        ("scholar of China-Russia ties", ()),
        ("PRESIDENT BIDEN", ("United States",)),
        ("Prime minister of Latvia", ("Latvia",)),
        ("Vladimir PUTIN", ("Russia",)),
        ("President OF RUSSIA DMITRY MEDVEDEV", ("Russia",)),
        ("ASEAN envoy", ("ASEAN",)),
        ("Vladimir Putin", ("Russia",)),
        ("V. Putin", ("Russia",)),
        ("MR. PUTIN", ("Russia",)),
        ("MS. PUTIN-REED", ()),
        ("A. Putin", ()),
        ("Bob Putin", ()),
    ],
)
def test_the_label_decides_where_the_metadata_do_not(label: str, expected: tuple[str, ...]) -> None:
    assert home(speaker(label)) == expected


def test_a_bare_surname_of_a_scholar_is_not_the_leaders() -> None:
    assert home(speaker("MR. PUTIN", affiliation="economist")) == ()


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("THE PRESIDENT", "Remarks by President Biden at a shipyard", ("United States",)),
        ("THE VICE PRESIDENT", "Remarks by Vice President Harris in Munich", ("United States",)),
        ("THE PRESIDENT", "Remarks by Vice President Harris in Munich", ()),
        ("THE PRESIDENT", "A president looks back", ()),
        ("Somebody", "Remarks by President Biden at a shipyard", ()),
    ],
)
def test_an_office_alone_is_of_the_person_in_the_title(
    label: str, title: str, expected: tuple[str, ...]
) -> None:
    interview = answered("We shall see.", title=title, name=label)
    assert homes_of(interview, load_actors()) == {"q": (), "a": expected}


def test_of_several_countries_the_label_decides() -> None:
    assert home(speaker("Prime minister of Latvia", country="LV/SK")) == ("Latvia",)


def test_a_leader_out_of_office_speaks_for_nobody() -> None:
    assert home(speaker("Barack Obama"), "2012") == ("United States",)
    assert home(speaker("Barack Obama"), "2019") == ()


def guests(interview: Interview, *others: Speaker) -> tuple[str, ...]:
    beside = interview.model_copy(update={"speakers": (*interview.speakers, *others)})
    return sides_of(beside, load_actors())["a"].guests


def test_the_guest_is_the_one_other_respondent() -> None:
    mine = answered("We shall see.", country="LV")
    guest = Speaker(id="g", role="respondent", country="SK")
    third = Speaker(id="h", role="respondent", country="PL")
    asker = Speaker(id="i", role="interviewer", country="GB")
    assert guests(mine, guest, asker) == ("Slovakia",)
    assert guests(mine, guest, third) == ()


@pytest.mark.parametrize("affiliation", ["Former minister", "Professor of law", "Retired admiral"])
def test_a_speaker_without_office_is_no_guest(affiliation: str) -> None:
    guest = Speaker(id="g", role="respondent", country="SK", affiliation=affiliation)
    assert guests(answered("We shall see.", country="LV"), guest) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Director of an aid agency", True),
        ("Chief executive of an airline", True),
        ("Banker", False),
        ("Finance minister", False),
    ],
)
def test_firms_and_charities_are_private(name: str, expected: bool) -> None:
    interview = answered("We shall see.", name=name)
    assert sides_of(interview, load_actors())["a"].private is expected


def site(*, series: str | None = None, url: str | None = None, **told: str | None) -> Interview:
    """Return an interview of one answer that a site has published."""
    interview = answered("We shall see.", **told)
    return interview.model_copy(update={"series": series, "url": url})


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ("Prime Minister of Latvia", ("Latvia",)),
        ("The Latvian Government", ("Latvia",)),
        ("Ministry of Foreign Affairs of Chile", ("Chile",)),
        ("The Kremlin", ("Russia",)),
        ("The Latvian Times", ()),
        ("Latvia", ()),
    ],
)
def test_a_site_may_be_named_after_an_office(series: str, expected: tuple[str, ...]) -> None:
    assert homes_of(site(series=series), load_actors()) == {"q": (), "a": expected}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.mfa.gov.kz/en/news/1", ("Kazakhstan",)),
        ("kremlin.ru/events", ("Russia",)),
        ("https://www.gov.uk/talks", ("United Kingdom",)),
        ("https://www.state.gov/briefing", ("United States",)),
        ("https://www.congress.gov/hearing", ()),
        ("https://paper.kz/president", ()),
        ("https://mfa.example.com", ()),
        ("https://[mfa.kz", ()),
    ],
)
def test_an_official_host_gives_the_state(url: str, expected: tuple[str, ...]) -> None:
    assert homes_of(site(url=url), load_actors())["a"] == expected


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [
        ("Foreign Minister", ("Kazakhstan",)),
        ("director of a shipping firm", ()),
        ("Former foreign minister", ()),
        ("President of Chile", ("Chile",)),
    ],
)
def test_the_site_is_only_of_its_officials(affiliation: str, expected: tuple[str, ...]) -> None:
    interview = site(url="https://mfa.gov.kz", affiliation=affiliation)
    assert homes_of(interview, load_actors())["a"] == expected


def test_of_two_respondents_none_is_the_sites() -> None:
    interview = site(url="https://mfa.gov.kz")
    guest = Speaker(id="g", role="respondent", country="CL")
    both = interview.model_copy(update={"speakers": (*interview.speakers, guest)})
    assert homes_of(both, load_actors())["a"] == ()


def test_an_institute_is_found_by_its_longest_name() -> None:
    assert country_of_institute("Professor, Georgetown University in Qatar") == "Qatar"
    assert country_of_institute("Professor, Georgetown University") == "United States"
    assert country_of_institute("a school of its own") is None


def test_every_country_of_an_institute_is_an_actor() -> None:
    assert set(countries_of_institutes().values()) <= set(load_actors().actors)


def test_homes_are_found_once_for_all_stages_of_an_interview() -> None:
    interview = answered("We shall see.", title="Remarks by President Biden", name="THE PRESIDENT")
    found = homes_of(interview, load_actors())
    assert homes_of(interview.model_copy(update={"entities": ()}), load_actors()) is found
    assert homes_of(interview.model_copy(update={"title": "A talk"}), load_actors())["a"] == ()
