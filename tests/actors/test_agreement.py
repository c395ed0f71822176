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


@pytest.mark.parametrize(
    ("named", "agreed"),
    [
        # a place elsewhere
        ([("Zzyvara", "ORG"), ("Zzyvara", "GPE")], "GPE"),
        ([("Zzyvara", "PERSON"), ("Zzyvara", "GPE")], "GPE"),
        # the forename of a person named in full, also where it is a city
        ([("Selma", "ORG"), ("Selma Lagerlöf", "PERSON")], "PERSON"),
        ([("Selma", "GPE"), ("Selma Lagerlöf", "PERSON")], "PERSON"),
        ([("Selma", "WORK_OF_ART"), ("Selma Lagerlöf", "PERSON")], "PERSON"),
        ([("Charlotte", "ORG"), ("Charlotte Perkins", "PERSON")], "PERSON"),
        # a surname
        ([("Lagerlöf", "PERSON"), ("Lagerlöf", "GPE"), ("Selma Lagerlöf", "PERSON")], "PERSON"),
        # no forenames: states, cities, titles
        ([("Georgia", "GPE"), ("Georgia Meloni", "PERSON")], "GPE"),
        ([("Lincoln", "GPE"), ("Lincoln Steffens", "PERSON")], "GPE"),
        ([("Minister", "GPE"), ("Minister Lagerlöf", "PERSON")], "GPE"),
    ],
)
def test_a_name_has_the_label_of_its_other_mentions(
    named: list[tuple[str, Label]], agreed: str
) -> None:
    assert labels(*named)[0] == agreed


def test_the_forename_of_a_speaker_is_a_person() -> None:
    speaker = Speaker(id="k.s1", role="respondent", name="Selma Lagerlöf")
    assert labels(("Selma", "ORG"), speaker=speaker) == ["PERSON"]
