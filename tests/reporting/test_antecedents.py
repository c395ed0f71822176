"""Whom a pronoun takes up that means no known actor."""

from __future__ import annotations

import pytest

from pipeline.parse import load_spacy
from pipeline.reporting import antecedent, is_third_person, load_cues

NLP = load_spacy("en_core_web_sm")


def taken_up(text: str, *names: str, at: int = -1) -> str | None:
    """The words that the last pronoun of the third person (or the one ``at``) takes up."""
    doc = NLP(text)
    pronoun = [token for token in doc if is_third_person(token.text)][at]
    named = {token.i for token in doc if token.text in names}
    found = antecedent(pronoun, names=named, cues=load_cues())
    return doc[slice(*found)].text if found else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My father is old now. He says that NATO saved us.", "My father"),
        ("The farmers came to the gate. They cursed Brussels.", "The farmers"),
        ("Her mother met our envoy. She never trusted NATO.", "Her mother"),
        ("A villager stands up and he says that NATO lies.", "A villager"),
        ("I spoke with a general. He was sure that NATO would come.", "a general"),
    ],
)
def test_the_nearest_fitting_phrase_is_taken_up(text: str, words: str) -> None:
    assert taken_up(text) == words


def test_a_body_is_taken_up_by_it_and_a_person_is_not() -> None:
    assert taken_up("The parliament met. It blames NATO.") == "The parliament"
    assert taken_up("My uncle came. It was about NATO.") is None


def test_number_and_sex_tell_who_is_meant() -> None:
    assert taken_up("My father and I met three women. He laughed.") == "My father"
    assert taken_up("My sister came home. He laughed.") is None


def test_a_subject_comes_before_the_other_phrases() -> None:
    assert taken_up("The minister told the envoy a story. He hated NATO.") == "The minister"


def test_who_is_spoken_of_already_is_not_changed_for_another() -> None:
    text = "My father was a driver. He carried a colonel once. He disliked NATO."
    assert taken_up(text) == "My father"


def test_nobody_is_taken_up_from_far_before_or_where_nobody_was_named() -> None:
    assert taken_up("It rained. They complain.") is None
    filler = "It rained in the hills. " * 6
    assert taken_up(f"My father came. {filler}He says so.") is None


def test_the_first_and_second_person_take_up_nobody() -> None:
    doc = NLP("My father came. I say so to you.")
    assert antecedent(doc[4], names=(), cues=load_cues()) is None
