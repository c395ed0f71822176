"""What single words around a name decide: places, attributes, titles, institutions."""

from __future__ import annotations

import pytest

from tests.actors.interviews import actors_of


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("You said in Suva in May that the offer stood.", "Suva"),
        ("He argued in Vienna that the gas was ours.", "Vienna"),
        ("From Lisbon to Moscow via Warsaw is four days.", "Moscow"),
        ("From Lisbon to Moscow via Warsaw is four days.", "Lisbon"),
        ("From Lisbon to Moscow via Warsaw is four days.", "Warsaw"),
        ("She reached us by way of Ankara.", "Ankara"),
    ],
)
def test_where_somebody_spoke_and_which_way_somebody_came_are_places(text: str, city: str) -> None:
    assert actors_of(city, text) == ()


@pytest.mark.parametrize(
    ("text", "city", "state"),
    [
        ("Officials said in Moscow that the offer stood.", "Moscow", "Russia"),
        ("You hear in Vienna that the gas was ours.", "Vienna", "Austria"),
        ("A letter from Warsaw to Moscow said so.", "Warsaw", "Poland"),
    ],
)
def test_what_is_said_in_a_capital_is_its_governments(text: str, city: str, state: str) -> None:
    assert actors_of(city, text) == (state,)


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        ("Two Chinese coast guard cutters came.", "Chinese", ("China",)),
        ("They came to the Chinese coast again.", "Chinese", ()),
        ("No German crane stands there now.", "German", ()),
        ("The French family upstairs left early.", "French", ()),
        ("I wish happiness to every French family.", "French", ("France",)),
    ],
)
def test_things_and_private_persons_are_no_state(
    text: str, words: str, actors: tuple[str, ...]
) -> None:
    assert actors_of(words, text) == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Dr. Sarkozy came.", ()),
        ("Lady Ashton came.", ()),
        ("President Sarkozy came.", ("France",)),
    ],
)
def test_titles_of_courtesy_are_no_office_in_an_undated_text(
    text: str, actors: tuple[str, ...]
) -> None:
    assert actors_of(text.split()[-2], text) == actors


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        ("They mined in Northern Rhodesia then.", "Northern Rhodesia", ("Zambia",)),
        ("The ships were paid by NOAA.", "NOAA", ("United States",)),
        ("He was a monitor of EUMA Armenia.", "EUMA Armenia", ("European Union",)),
    ],
)
def test_names_of_the_past_and_of_missions(text: str, words: str, actors: tuple[str, ...]) -> None:
    assert actors_of(words, text) == actors


def test_a_committee_in_a_state_does_not_act_for_it() -> None:
    words = "Committee on Missing Persons in Cyprus"
    assert actors_of(words, f"She wrote about the {words}.") == ()
