"""What the form of a name says: institutions of a state, persons, places, languages."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.actors.forms import is_no_name, is_person_by_form, label_by_form
from pipeline.actors.variants import find_institutions, find_leader


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("The Kenyan Foreign Ministry objects.", "Kenyan Foreign Ministry", "Kenya"),
        ("Ghana’s Supreme Court ruled.", "Supreme Court", "Ghana"),
        (
            "She left the Ministry of Foreign Affairs of Chile.",
            "Ministry of Foreign Affairs of Chile",
            "Chile",
        ),
        ("The Embassy of the Netherlands closed.", "Embassy of the Netherlands", "Netherlands"),
        ("The Kenyan army objects.", None, None),
    ],
)
def test_an_institution_stands_for_its_state(
    text: str, words: str | None, state: str | None
) -> None:
    actors = load_actors()
    found = list(find_institutions(text, actors.mentions(text), actors))
    assert [(text[s:e], name) for s, e, name in found] == ([(words, state)] if words else [])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Narva River", "LOC"),
        ("Lake Zzyvara", "LOC"),
        ("Zzyvara Region", "GPE"),
        ("Zzyvara Airport", "FAC"),
        ("Institute for the Study of Peace", "ORG"),
        ("Zzyvara", None),
    ],
)
def test_the_last_or_first_word_labels_a_name(text: str, label: str | None) -> None:
    assert label_by_form(text, load_actors().context) == label


@pytest.mark.parametrize(
    ("text", "person"),
    [("Hannah Zzyvara", True), ("Hannah Zzyvara University", False), ("Zzyvara Hannah", False)],
)
def test_a_forename_opens_the_name_of_a_person(text: str, person: bool) -> None:
    actors = load_actors()
    assert is_person_by_form(text, actors.forenames, actors.context) is person


@pytest.mark.parametrize(
    ("text", "none"), [("S/PV.1234", True), ("I.", True), ("MPs", True), ("Ghana", False)]
)
def test_document_numbers_and_initials_are_no_names(text: str, none: bool) -> None:
    assert is_no_name(text, load_actors().context) is none


@pytest.mark.parametrize(
    ("text", "leader"),
    [
        ("Sergey Viktorovich Lavrov", "Sergei Lavrov"),
        ("Angela D. Merkel", "Angela Merkel"),
        ("Lara Merkel", None),
    ],
)
def test_a_leader_is_known_in_other_spellings(text: str, leader: str | None) -> None:
    found = find_leader(text, load_actors())
    assert (found.name if found else None) == leader
