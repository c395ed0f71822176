"""Whom a speaker speaks for."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.records import Speaker
from pipeline.references.homes import home_of, homes_of, is_private, served_by
from pipeline.references.voices import other_homes
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
        ("clerk in 1979, of the Lusaka meeting", None, ()),
        ("clerk in 1979, of the Lusaka government", None, ("Zambia",)),
    ],
)
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
    ],
)
def test_the_label_tells_where_the_metadata_do_not(label: str, expected: tuple[str, ...]) -> None:
    assert home(speaker(label)) == expected


@pytest.mark.parametrize(
    "label", ["MS. PUTIN-REED", "Mr. Putin-Reed", "President Putin-Reed", "A. Putin", "Bob Putin"]
)
def test_whoever_shares_a_leaders_surname_is_another(label: str) -> None:
    assert home(speaker(label)) == ()


@pytest.mark.parametrize("label", ["Vladimir Putin", "PRESIDENT PUTIN", "V. Putin"])
def test_a_forename_or_an_office_tells_the_leader(label: str) -> None:
    assert home(speaker(label)) == ("Russia",)


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [("President", ("Russia",)), (None, ("Russia",)), ("economist", ())],
)
def test_a_bare_surname_is_the_leaders_but_for_a_scholar(
    affiliation: str | None, expected: tuple[str, ...]
) -> None:
    assert home(speaker("MR. PUTIN", affiliation=affiliation)) == expected


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("THE PRESIDENT", "Remarks by President Biden at a shipyard", ("United States",)),
        ("THE VICE PRESIDENT", "Remarks by Vice President Harris in Munich", ("United States",)),
        ("THE PRESIDENT", "Remarks by Vice President Harris in Munich", ()),
        ("PRIME MINISTER", "President Biden and Prime Minister Kishida meet", ("Japan",)),
        ("THE PRESIDENT", "A president looks back", ()),
        ("Somebody", "Remarks by President Biden at a shipyard", ()),
    ],
)
def test_an_office_alone_is_that_of_whom_the_title_names(
    label: str, title: str, expected: tuple[str, ...]
) -> None:
    interview = answered("We shall see.", title=title, name=label)
    assert homes_of(interview, load_actors()) == {"q": (), "a": expected}


def test_of_several_countries_the_label_decides() -> None:
    assert home(speaker("Prime minister of Latvia", country="LV/SK")) == ("Latvia",)


def test_a_leader_out_of_office_speaks_for_nobody() -> None:
    assert home(speaker("Barack Obama"), "2012") == ("United States",)
    assert home(speaker("Barack Obama"), "2019") == ()


def test_the_other_side_is_the_one_other_respondent() -> None:
    mine = speaker(country="LV")
    guest = Speaker(id="s2", role="respondent", country="SK")
    third = Speaker(id="s3", role="respondent", country="PL")
    asker = Speaker(id="s4", role="interviewer", country="GB")
    assert other_homes(mine, [mine, guest, asker], load_actors(), date=None) == ("Slovakia",)
    assert other_homes(mine, [mine, guest, third], load_actors(), date=None) == ()


@pytest.mark.parametrize("affiliation", ["Former minister", "Professor of law", "Retired admiral"])
def test_whoever_holds_no_office_is_no_other_side(affiliation: str) -> None:
    mine = speaker(country="LV")
    guest = Speaker(id="s2", role="respondent", country="SK", affiliation=affiliation)
    assert other_homes(mine, [mine, guest], load_actors(), date=None) == ()
    assert other_homes(guest, [mine, guest], load_actors(), date=None) == ()


@pytest.mark.parametrize(
    ("affiliation", "expected"),
    [
        ("former UN official, now a professor", ("United Nations",)),
        ("ambassador to NATO", ()),
        ("scholar of NATO", ()),
        ("Ministry of Finance", ()),
    ],
)
def test_the_organisation_served_may_be_a_former_one(
    affiliation: str, expected: tuple[str, ...]
) -> None:
    assert served_by(speaker(affiliation=affiliation), load_actors(), date=None) == expected


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
    assert is_private(speaker(name)) is expected
