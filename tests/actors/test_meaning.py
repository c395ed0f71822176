"""What single words around a name decide: places, attributes, titles, institutions."""

from __future__ import annotations

import pytest

from tests.actors.interviews import actors_of

WAY = "From Lisbon to Moscow via Warsaw is four days."
COMMITTEE = "Committee on Missing Persons in Cyprus"


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        # where a person spoke or travelled is a place
        ("You said in Suva in May that the offer stood.", "Suva", ()),
        ("He argued in Vienna that the gas was ours.", "Vienna", ()),
        (WAY, "Moscow", ()),
        (WAY, "Lisbon", ()),
        (WAY, "Warsaw", ()),
        ("She reached us by way of Ankara.", "Ankara", ()),
        # what is said in a capital is said by its government
        ("Officials said in Moscow that the offer stood.", "Moscow", ("Russia",)),
        ("You hear in Vienna that the gas was ours.", "Vienna", ("Austria",)),
        ("A letter from Warsaw to Moscow said so.", "Warsaw", ("Poland",)),
        # things and private persons are not a state
        ("Two Chinese coast guard cutters came.", "Chinese", ("China",)),
        ("They came to the Chinese coast again.", "Chinese", ()),
        ("No German crane stands there now.", "German", ()),
        ("The French family upstairs left early.", "French", ()),
        ("I wish happiness to every French family.", "French", ("France",)),
        # a courtesy title is not an office
        ("Dr. Sarkozy came.", "Sarkozy", ()),
        ("Lady Ashton came.", "Ashton", ()),
        ("President Sarkozy came.", "Sarkozy", ("France",)),
        # names of the past, and of missions
        ("They mined in Northern Rhodesia then.", "Northern Rhodesia", ("Zambia",)),
        ("The ships were paid by NOAA.", "NOAA", ("United States",)),
        ("He was a monitor of EUMA Armenia.", "EUMA Armenia", ("European Union",)),
        # a committee in a state does not act for it
        (f"She wrote about the {COMMITTEE}.", COMMITTEE, ()),
    ],
)
def test_words_around_a_name_decide_its_actor(
    text: str, words: str, actors: tuple[str, ...]
) -> None:
    assert actors_of(words, text) == actors
