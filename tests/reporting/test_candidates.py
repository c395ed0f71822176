"""Which reports may be a stance toward the bloc, and toward which mention."""

from __future__ import annotations

import pytest

from pipeline.reporting import candidates, load_cues
from pipeline.reporting.weigh import Candidate
from tests.stages.test_attribution import annotate


def found_in(*sentences: str, every: bool = False) -> list[Candidate]:
    return list(candidates(annotate(*sentences), bloc="west-broad", cues=load_cues(), every=every))


def targets_of(*sentences: str) -> list[tuple[str, str, str]]:
    return [(c.attribution.holder_text, c.target.text, c.place) for c in found_in(*sentences)]


def test_the_first_mention_in_the_content_is_the_target() -> None:
    assert targets_of("Beijing condemned NATO, and the United States looked on.") == [
        ("Beijing", "NATO", "content")
    ]


def test_the_inner_of_two_reports_keeps_the_target() -> None:
    found = targets_of("Beijing says that Moscow condemned NATO.")
    assert found == [("Moscow", "NATO", "content")]


def test_what_is_only_supposed_or_asked_is_left_out() -> None:
    assert found_in("If Moscow condemns NATO, it will rain.", "Does Moscow hate NATO?") == []


def test_what_is_denied_to_be_said_is_left_out() -> None:
    assert found_in("Moscow never claimed that NATO was an enemy.") == []


def test_a_denied_cue_with_a_side_stays() -> None:
    assert [c.cue for c in found_in("Delhi does not support NATO.")] == ["against"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Moscow never condemned NATO.",
        "Beijing does not accuse the United States.",
        "I do not think that Moscow condemns NATO.",
        "I do not believe that Delhi supports NATO.",
        "Moscow would say that NATO is an enemy.",
    ],
)
def test_a_denial_is_not_the_opposite(sentence: str) -> None:
    assert found_in(sentence) == []


def test_a_target_that_was_named_before_is_meant() -> None:
    found = targets_of("NATO met in Vilnius.", "Moscow calls the meeting a provocation.")
    assert found == [("Moscow", "NATO", "context")]


def test_nobody_stands_on_themselves() -> None:
    assert found_in("The United States says that Washington is patient.") == []


def test_a_holder_of_the_bloc_stands_only_on_those_the_unit_names() -> None:
    assert targets_of("The United States paid.", "Brussels condemned it.") == []
    assert targets_of("Brussels condemned the United States.") == [
        ("Brussels", "United States", "content")
    ]


def test_a_holder_of_the_bloc_on_its_own_side_is_told_apart_where_it_is_asked_for() -> None:
    sentence = "Washington complains that others harm American workers."
    assert found_in(sentence) == []
    (found,) = found_in(sentence, every=True)
    assert (found.own, found.target.text, found.place) == (True, "American", "unit")
    (other,) = found_in("Brussels condemned the United States.", every=True)
    assert not other.own
    assert found_in("Washington complains that others harm the poor.", every=True) == []


def test_what_is_no_plain_report_is_barred_where_every_one_is_asked_for() -> None:
    found = found_in(
        "If Moscow condemns NATO, it will rain.", "Beijing condemned NATO.", every=True
    )
    assert [(c.attribution.holder_actor, c.barred) for c in found] == [
        ("Russia", True),
        ("China", False),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway agreed and Denmark, the Netherlands and Belgium say that it rains.",
        "Norway wanted coal, Denmark demanded gas.",
    ],
)
def test_members_of_the_bloc_that_stand_side_by_side_hold_nothing_on_each_other(
    sentence: str,
) -> None:
    assert found_in(sentence) == []
