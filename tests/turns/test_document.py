"""What recurs in a document, and which styles of labels are believed."""

from __future__ import annotations

import pytest

from pipeline.records import Paragraph
from pipeline.turns.document import Document, view_document


def _view(*texts: str) -> Document:
    return view_document([Paragraph(text=text, line=1) for text in texts])


TALK = ("ROE: Is it safe?", "VANE: It is.", "ROE: Who pays?", "VANE: The town does.")


def test_names_that_recur_and_parts_are_told_from_a_name_that_stands_once() -> None:
    document = _view(*TALK, "One thing: pay.", "Q: Why?", "Nobody asked.")
    assert document.recurs == (True, True, True, True, False, True, False)
    assert document.counts[("vane",)] == 2


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("Olga Vane", "Vane", True), ("Vane", "Olga Vane", True), ("OV", "Olga Vane", True),
        ("Olga Vane", "OV", True), ("Olga Vane", "Peter Vane", False), ("Vane", "Marsh", False),
    ],
)  # fmt: skip
def test_kin_are_names_of_which_one_holds_the_other(one: str, other: str, kin: bool) -> None:
    document = _view(f"{one}: Yes.", f"{other}: No.")
    assert document.recurs == (kin, kin)


def test_a_style_is_believed_where_most_of_its_labels_recur_and_name_two() -> None:
    document = _view(*TALK, "The Pier", "A Boat", "The Rain")
    assert document.believed == {"colon"}
    assert document.styles["line"].recurring == 0
    assert (document.strength.names, document.strength.alternation) == (2, 1.0)


@pytest.mark.parametrize(
    "texts",
    [
        ("Credit: Vane.", "It rained.", "Credit: Roe."),
        ("ROE: Is it safe?", "NORTH: It is.", "EAST: It is not."),
        (),
    ],
)
def test_one_name_alone_or_names_that_stand_once_are_not_believed(texts: tuple[str, ...]) -> None:
    assert not _view(*texts).believed


def test_one_name_is_believed_in_one_style_where_another_has_the_others() -> None:
    document = _view("Q Is it safe?", "VANE: It is.", "Q Who pays?", "VANE: The town does.")
    assert document.believed == {"letter", "colon"}


def test_most_labels_of_a_style_are_in_capitals() -> None:
    assert _view(*TALK, "Vane: No.").capitals == {"colon": True}
    assert _view(*map(str.title, TALK)).capitals == {"colon": False}


def test_names_of_the_metadata_are_people() -> None:
    assert view_document([], people=["Olga Vane"]).people == {"olga", "vane"}
