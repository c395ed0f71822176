"""One name, one label in all turns of an interview."""

from __future__ import annotations

import pytest

from pipeline.actors import load_actors
from pipeline.actors.agreement import agree_labels
from pipeline.actors.lexicon import Label
from pipeline.actors.names import Found
from pipeline.records import Speaker
from tests.actors.interviews import interview_of


def labels(*named: tuple[str, Label], speaker: Speaker | None = None) -> list[str | None]:
    """The labels after agreement of names that are turns of their own."""
    interview = interview_of(*(text for text, _ in named), speaker=speaker)
    names = {
        turn.id: [Found(0, len(text), label, (), "name")]
        for turn, (text, label) in zip(interview.turns, named, strict=True)
    }
    agreed = agree_labels(interview, names, load_actors())
    return [one.label for turn in interview.turns for one in agreed[turn.id]]


@pytest.mark.parametrize("misread", ["ORG", "PERSON"])
def test_a_name_that_is_a_place_elsewhere_is_a_place(misread: Label) -> None:
    assert labels(("Zzyvara", misread), ("Zzyvara", "GPE")) == ["GPE", "GPE"]


@pytest.mark.parametrize("misread", ["ORG", "GPE", "WORK_OF_ART"])
def test_the_forename_of_somebody_named_in_full_is_a_person(misread: Label) -> None:
    assert labels(("Selma", misread), ("Selma Lagerlöf", "PERSON")) == ["PERSON", "PERSON"]


def test_a_forename_that_is_also_a_city_is_a_person() -> None:
    assert labels(("Charlotte", "ORG"), ("Charlotte Perkins", "PERSON"))[0] == "PERSON"


def test_the_forename_of_a_speaker_is_a_person() -> None:
    speaker = Speaker(id="k.s1", role="respondent", name="Selma Lagerlöf")
    assert labels(("Selma", "ORG"), speaker=speaker) == ["PERSON"]


@pytest.mark.parametrize(
    ("lone", "full"),
    [
        ("Georgia", "Georgia Meloni"),
        ("Lincoln", "Lincoln Steffens"),
        ("Minister", "Minister Lagerlöf"),
    ],
)
def test_states_cities_and_titles_are_no_forenames(lone: str, full: str) -> None:
    assert labels((lone, "GPE"), (full, "PERSON"))[0] == "GPE"


def test_a_surname_is_no_place() -> None:
    named: list[tuple[str, Label]] = [
        ("Lagerlöf", "PERSON"), ("Lagerlöf", "GPE"), ("Selma Lagerlöf", "PERSON")
    ]  # fmt: skip
    assert labels(*named)[0] == "PERSON"
