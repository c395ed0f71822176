"""The countries of institutes, and what of an office is only its field."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.records import Speaker
from pipeline.references.homes import countries_of_institutes, country_of_institute, home_of


def test_an_institute_is_found_by_its_longest_name() -> None:
    assert country_of_institute("Professor, Georgetown University in Qatar") == "Qatar"
    assert country_of_institute("Professor, Georgetown University") == "United States"
    assert country_of_institute("a school of its own") is None


def test_every_country_is_an_actor() -> None:
    assert set(countries_of_institutes().values()) <= set(load_actors().actors)


@pytest.mark.parametrize(
    ("affiliation", "home"),
    [
        ("Senior Fellow for European Security, Council on Foreign Relations", ("United States",)),
        ("Director, Europe Programme, Chatham House", ("United Kingdom",)),
        ("Director, Transatlantic Security Initiative, an institute of its own", ()),
        ("Program Director, Europe and Central Asia", ()),
        ("Minister of Foreign Affairs of Latvia, former fellow at Harvard", ("Latvia",)),
        ("NATO policy director at RUSI", ("United Kingdom",)),
        ("German security expert", ("Germany",)),
    ],
)
def test_the_field_of_an_office_is_no_home(affiliation: str, home: tuple[str, ...]) -> None:
    speaker = Speaker(id="s", name="Ana North", role="respondent", affiliation=affiliation)
    assert home_of(speaker, load_actors(), date="2024-05-01") == home
