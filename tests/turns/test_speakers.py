"""Which labels are one speaker, and under which name he is shown."""

from __future__ import annotations

import pytest

from pipeline.turns.labels import Label, parse_label
from pipeline.turns.speakers import display_name, group_labels, is_office, same_person


def _labels(*texts: str) -> list[Label]:
    labels = [parse_label(text) for text in texts]
    assert all(labels), texts
    return [label for label in labels if label is not None]


@pytest.mark.parametrize(
    "texts",
    [
        ("President of Norland Olga Vane", "Olga Vane"), ("Olga Vane", "Vane"),
        ("Olga Vane", "Olga"), ("Olga van der Vane", "van der Vane"),
        ("Olga Hale-Vane", "Hale Vane"), ("Olga Vane", "OV"), ("Olga Vane", "O.V."),
        ("Olga Vane-Marsh", "OVM", "OVM"), ("Olga Vane-Marsh", "OV"),
        ("Olga Vane", "O. Vane", "O.Vane"), ("J. Olga Vane", "Vane"), ("OLGA VANE", "Ms. Vane"),
        ("OLGA VANE, NORLAND RADIO HOST", "VANE"), ("SECRETARY OF STATE OLGA VANE", "SEC. VANE"),
        ("Adm. Olga Vane (Ret.)", "Admiral Vane"), ("Olga Vane (retranslated)", "Olga Vane"),
        ("The Chair (Ms. Olga Vane (North Bay, Ind.))", "The Chair"),
        ("Question", "Q", "Question (retranslated)"),
        ("Q", "Reporter", "Question"),
    ],
)  # fmt: skip
def test_one_speaker(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("Olga Vanerin", "Olga Vanerin", "Olga Vanorin"),
        ("Hannah Vane", "Hannah Vane", "Hanah Vane"),
        ("Hannah Vane", "Hannah Vane", "Vane", "Hannnah Vane"),
        ("Vanerin", "Vanerin", "Vanerin", "Vanrein"),
    ],
)
def test_a_label_that_occurs_once_may_be_misspelt(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == 1


@pytest.mark.parametrize(
    ("texts", "speakers"),
    [
        (("MSM", "Vane", "MSM", "Vane", "M", "Vane"), 2),
        (("Interviewer", "Vane", "I", "Vane", "I"), 2),
        (("Interviewer", "Vane", "Int", "Vane", "Int"), 2),
        (("JB", "Marsh", "JB", "BL", "JB", "Lawson", "JB", "BL", "JB"), 3),
        (("JB", "Brook", "JB", "Brook"), 2),
        (("Olga Vane", "Adam Marsh", "Olga", "Adam", "Olga", "Adam"), 2),
        (("Question", "Vane", "Question", "Vane"), 2),
    ],
)
def test_labels_that_grow_short(texts: tuple[str, ...], speakers: int) -> None:
    assert len(set(group_labels(_labels(*texts)))) == speakers


@pytest.mark.parametrize(
    "texts",
    [
        ("Olga Vane", "Peter Vane"), ("Olga Vane", "Peter Vane", "Vane"),
        ("Olga Vane", "Olga Marsh", "Olga"), ("Mr. Vane", "Mrs. Vane"), ("Q", "A"),
        ("Speaker 1", "Speaker 2"), ("Moderator", "Audience member"),
        ("Olga Vane-Marsh", "Otto Vane-Meer", "OVM"), ("Olga Vane", "Otto Vane", "O. Vane"),
        ("Olga Vane", "P. Vane"), ("Mario Vane", "Maria Vane"), ("Daniel Vane", "Daniela Vane"),
        ("Sven Vane", "Steven Vane"), ("Christian Vane", "Christina Vane"),
    ],
)  # fmt: skip
def test_several_speakers(texts: tuple[str, ...]) -> None:
    assert len(set(group_labels(_labels(*texts)))) == len(texts)


@pytest.mark.parametrize(
    ("texts", "one"),
    [
        (("OLGA VANE, PRIME MINISTER", "JOURNALIST", "PRIME MINISTER", "JOURNALIST"), True),
        (("OLGA VANE, FORMER PRIME MINISTER", "JOURNALIST", "PRIME MINISTER"), False),
        (("PRESIDENT VANE", "THE PRESIDENT", "PRESIDENT VANE", "THE PRESIDENT"), False),
        (("OLGA VANE, MINISTER", "ADA NORTH, MINISTER", "JOURNALIST", "MINISTER"), False),
    ],
)
def test_an_office_alone_is_its_only_holders(texts: tuple[str, ...], one: bool) -> None:
    keys = dict(zip(texts, group_labels(_labels(*texts)), strict=True))
    office = next(text for text in texts if "," not in text and text.split()[-1] in (
        "MINISTER", "PRESIDENT"))  # fmt: skip
    assert (keys[office] == keys[texts[0]]) is one


@pytest.mark.parametrize(
    ("text", "office"),
    [("PRIME MINISTER", True), ("THE PRESIDENT", True), ("PRESIDENT VANE", False), ("Dr", False)],
)
def test_what_is_an_office(text: str, office: bool) -> None:
    assert is_office(_labels(text)[0]) is office


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("President of Norland Olga Vane", "Olga Vane", "OV", "OV"), "Olga Vane"),
        (("O. Vane", "O. Vane", "Olga Vane"), "Olga Vane"),
        (("Olga", "Olga", "Olga Vane"), "Olga Vane"),
        (("PRIME MINISTER", "PRIME MINISTER", "OLGA VANE, PRIME MINISTER"), "OLGA VANE"),
        (("OV", "OV"), "OV"),
    ],
)
def test_the_plain_full_name_is_shown(texts: tuple[str, ...], name: str) -> None:
    assert display_name(_labels(*texts)) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("olga vane", "vane", True), ("vane", "president olga vane", True),
        ("olga", "olga vane", True), ("ov", "olga vane", True), ("o vane", "olga vane", True),
        ("olga vane", "peter vane", False), ("van", "olga vane", False), ("", "olga vane", False),
    ],
)  # fmt: skip
def test_names_that_may_be_one_persons(one: str, other: str, same: bool) -> None:
    assert same_person(one.split(), other.split()) is same


def test_labels_are_grouped_in_time_that_does_not_explode() -> None:
    names = [f"Olga {chr(97 + i // 26)}{chr(97 + i % 26)}vane" for i in range(280)]
    assert len(set(group_labels(_labels(*[name.title() for name in names])))) > 200
