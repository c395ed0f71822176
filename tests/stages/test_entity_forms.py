"""What the form of a name says: words that are no name, other spellings of a leader."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.actors.forms import find_leader, is_no_name


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
