"""They, it, he and she."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.actors import load_actors
from pipeline.records import Entity, Interview
from pipeline.references.words import load_salience
from pipeline.stage import apply
from pipeline.stages.entities import Entities
from tests.references.conftest import Resolve
from training.references.score import read_cases, score_references

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The Americans were angry. They imposed tariffs.", "They", ("United States",)),
        ("Russia and China signed, and they mean it.", "they", ("Russia", "China")),
        ("France, which sells wine, defends its growers.", "its", ("France",)),
        ("President Xi came. He asked for gas.", "He", ("China",)),
        ("The German chancellor wrote that he would come.", "he", ("Germany",)),
    ],
)
def test_the_likeliest_actor_is_meant(
    resolve: Resolve, text: str, word: str, expected: tuple[str, ...]
) -> None:
    assert resolve(text, country="BR")[word] == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("France says that it is clear what comes.", "it"),
        ("France says that it seems late.", "it"),
        ("Margaret Atwood came. She read a poem.", "She"),
    ],
)
def test_what_is_no_actor_has_no_entity(resolve: Resolve, text: str, word: str) -> None:
    assert word not in resolve(text, country="BR")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("One French letter can stop the crane, and its stamp is red.", "its"),
        ("French cheese ripened in the cellar. They sold it dear.", "They"),
    ],
)
def test_an_attribute_of_a_thing_is_nobody(resolve: Resolve, text: str, word: str) -> None:
    assert resolve(text, country="BR").get(word, ()) == ()


@pytest.mark.parametrize("body", ["Government", "army"])
def test_a_body_that_acts_for_a_state_is_somebody(resolve: Resolve, body: str) -> None:
    text = f"We asked the French {body} to withdraw its troops."
    assert resolve(text, country="BR")["its"] == ("France",)


def test_they_without_an_actor_is_unresolved_and_counted(resolve: Resolve) -> None:
    assert resolve("The apples were ripe. They fell.", country="BR")["They"] == ()


def test_they_is_not_the_subject_of_its_own_clause(resolve: Resolve) -> None:
    assert resolve("The French beat them.", country="BR")["them"] == ()


def test_the_weights_name_known_factors_only() -> None:
    known = {"back 0", "back 1", "back 2", "back 3"}
    salience = load_salience()
    assert set(salience.they.weights) == known | {
        "home",
        "plural",
        "subject",
        "pronoun",
        "first word",
        "subject of this clause",
    }
    assert set(salience.it.weights) == known | {"subject", "rival subject", "pronoun"}


def test_scores_on_the_annotated_sentences(shared: Path, entities_stage: Entities) -> None:
    def judge(interview: Interview) -> tuple[Entity, ...]:
        return apply(entities_stage, interview).entities or ()

    cases = read_cases(shared / "data" / "train", split="train")
    figures = score_references(cases, judge, load_actors()).figures()
    assert figures["we"] >= 0.84
    assert figures["rest"] >= 0.66
    assert figures["resolved"] >= 0.36
