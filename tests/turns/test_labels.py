"""What a speaker label says, and what is none."""

from __future__ import annotations

import pytest

from pipeline.turns.labels import MAX_CHARS, hint_of, parse_label


@pytest.mark.parametrize(
    ("raw", "name", "core"),
    [
        ("Olga Vane", "Olga Vane", "olga vane"), ("**Olga Vane:**", "Olga Vane", "olga vane"),
        ("- OLGA VANE –", "OLGA VANE", "olga vane"),
        ("Prof. Dr. Olga Vane", "Prof. Dr. Olga Vane", "olga vane"),
        ("MS. VANE", "MS. VANE", "vane"), ("Olga de la Vane", "Olga de la Vane", "olga vane"),
        ("Olga Vane, Jr.", "Olga Vane, Jr", "olga vane jr"),
        ("Olga Vane (laughs)", "Olga Vane", "olga vane"),
        ("Ольга Вейн", "Ольга Вейн", "ольга вейн"),
        ("THE MINISTER", "THE MINISTER", "the minister"), ("Q1", "Q1", "q"), ("A 12.", "A 12", "a"),
        ("Speaker 2", "Speaker 2", "2"), ("olga", "olga", "olga"),
        ("Former harbour master", "Former harbour master", "harbour master"),
    ],
)  # fmt: skip
def test_the_name_of_a_label(raw: str, name: str, core: str) -> None:
    label = parse_label(raw)
    assert label is not None
    assert (label.name, " ".join(label.core)) == (name, core)


def test_an_office_with_its_holder_in_brackets_is_the_holder() -> None:
    label = parse_label("The Secretary of State for Norland (Ms. Olga Vane)")
    assert label is not None
    assert (label.core, label.affiliation) == (
        ("olga", "vane"),
        "The Secretary of State for Norland",
    )


@pytest.mark.parametrize(
    "raw",
    [
        "", "—", "3", "Who pays?", "It fell; nobody saw it", "yes it was", "Report of 2019",
        "Olga “the Boat” Vane",
        "Olga Vane and All the Good People of the Harbour Board of Norland",
        "N" * (MAX_CHARS + 1),
    ],
)  # fmt: skip
def test_what_is_no_label(raw: str) -> None:
    assert parse_label(raw) is None


@pytest.mark.parametrize(
    ("raw", "titles", "affiliation"),
    [
        ("Sec. Olga Vane", {"secretary"}, None),
        ("Olga Vane, Director, Harbour Board", set(), "Director, Harbour Board"),
        ("Olga Vane (Harbour Board)", set(), "Harbour Board"),
        ("Olga Vane (off mic)", set(), None),
    ],
)
def test_titles_and_affiliation(raw: str, titles: set[str], affiliation: str | None) -> None:
    label = parse_label(raw)
    assert label is not None
    assert (set(label.titles), label.affiliation) == (titles, affiliation)


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("HOST", "interviewer"), ("Interviewer_2", "interviewer"), ("Q", "interviewer"),
        ("Audience member", "interviewer"), ("Olga Vane (host)", "interviewer"),
        ("Olga Vane, moderator", "interviewer"), ("A", "respondent"), ("Guest 1", "respondent"),
        ("NARRATOR", "other"), ("Olga Vane", None),
    ],
)  # fmt: skip
def test_the_part_that_a_label_states(raw: str, hint: str | None) -> None:
    label = parse_label(raw)
    assert label is not None
    assert label.hint == hint


def test_the_part_that_a_column_states() -> None:
    roles = ("respondent", "Host", "other", "captain")
    assert [hint_of(role) for role in roles] == ["respondent", "interviewer", "other", None]
