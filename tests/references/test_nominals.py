"""Nominals: both countries, the Alliance, my country."""

from __future__ import annotations

import pytest

from tests.references.conftest import Resolve

TALKS = "What do Russia and China want?"


@pytest.mark.parametrize("words", ["Both countries", "The two leaders", "The two sides"])
def test_pairs_are_the_two_just_named(resolve: Resolve, words: str) -> None:
    found = resolve(f"{words} want calm.", question=TALKS, country="BR")
    assert found[words] == ("Russia", "China")


def test_a_pair_of_one_other_is_with_the_speakers_own(resolve: Resolve) -> None:
    found = resolve("India is near. Both countries trade.", country="BR")
    assert found["Both countries"] == ("Brazil", "India")


def test_the_alliance_is_nato_where_nato_was_named(resolve: Resolve) -> None:
    asked = "What is NATO for?"
    assert resolve("The alliance is old.", question=asked)["The alliance"] == ("NATO",)
    assert "The alliance" not in resolve("The alliance is old.")


def test_a_short_name_is_what_was_named_last(resolve: Resolve) -> None:
    asked = "Is the European Union too slow?"
    found = resolve("The Commission is slow.", question=asked)
    assert found["Commission"] == ("European Union",)
    asked = "Is the African Union too slow?"
    assert resolve("The Commission is slow.", question=asked)["Commission"] == ("African Union",)


def test_our_allies_are_the_west_for_a_western_speaker(resolve: Resolve) -> None:
    assert resolve("Our allies came.", country="US")["Our allies"] == ("West",)
    assert "Our allies" not in resolve("Our allies came.", country="IR")


def test_our_partners_somewhere_are_not_the_west(resolve: Resolve) -> None:
    assert "Our partners" not in resolve("Our partners in Kyiv came.", country="US")


def test_my_country_is_the_speakers(resolve: Resolve) -> None:
    assert resolve("My country is small.", country="LV")["My country"] == ("Latvia",)


def test_the_president_is_the_one_just_named(resolve: Resolve) -> None:
    found = resolve("Macron came. The president was tired.", country="US")
    assert found["The president"] == ("France",)


@pytest.mark.parametrize("words", ["our president", "our country"])
def test_what_a_state_has_is_of_the_side_of_our(resolve: Resolve, words: str) -> None:
    found = resolve(f"Portugal met {words}.", country="RS")
    assert found[words] == ("Serbia",)


def test_what_nobody_known_has_is_nobodys(resolve: Resolve) -> None:
    assert "our country" not in resolve("Portugal met our country.")


def test_these_countries_are_those_of_the_sentence_before(resolve: Resolve) -> None:
    found = resolve("Latvia and Serbia signed. These countries agree.", country="BR")
    assert found["These countries"] == ("Latvia", "Serbia")
    assert "These countries" not in resolve("Latvia signed. These countries agree.", country="BR")


def test_of_two_persons_in_a_sentence_the_subject_is_he(resolve: Resolve) -> None:
    text = "The German chancellor met the Polish president. He was late."
    assert resolve(text, country="BR")["He"] == ("Germany",)
