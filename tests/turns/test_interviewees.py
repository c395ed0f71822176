"""Several respondents: each has the affiliation and the country that the metadata give it."""

from __future__ import annotations

import pytest

from pipeline.notices import sentence
from pipeline.turns.interviewees import Place, find_places
from pipeline.turns.speakers import Key

A, B = ("a",), ("b",)
MINISTER, ENVOY = ("prime", "minister"), ("ana", "north")


def places(*keys: Key, **known: str) -> tuple[dict[Key, Place], list[str]]:
    found, faults = find_places(keys, known, name="k")
    return found, [sentence(one) for one in faults]


@pytest.mark.parametrize("keys", [(A, B), (B, A)])
def test_parts_in_order_belong_to_the_interviewees_in_order(keys: tuple[Key, ...]) -> None:
    found, faults = places(
        *keys, interviewee="A / B", affiliation="Minister / Envoy of AP/FP", country="DE/RU"
    )
    assert found == {A: Place("Minister", "DE"), B: Place("Envoy of AP/FP", "RU")}
    assert faults == []


def test_the_last_interviewee_is_the_last_respondent() -> None:
    found, faults = places(ENVOY, ("x",), interviewee="Ana North and Bo West", country="LV / EE")
    assert found == {ENVOY: Place(None, "LV"), ("x",): Place(None, "EE")}
    assert faults == []


def test_one_interviewee_among_others_has_all() -> None:
    found, _ = places(ENVOY, MINISTER, interviewee="Ana North (Riga)", affiliation="Board / Pier")
    assert found == {ENVOY: Place("Board / Pier")}


def test_one_respondent_has_all_without_a_name() -> None:
    assert places(MINISTER, affiliation="Cabinet", country="DE/RU") == (
        {MINISTER: Place("Cabinet", "DE/RU")}, []
    )  # fmt: skip


@pytest.mark.parametrize(
    ("known", "fault"),
    [
        ({"country": "DE"}, 'country "DE" is of none of the 2 respondents: no "interviewee"'),
        ({"interviewee": "A / B", "country": "DE"}, "2 interviewees are named; give as many"),
        ({"interviewee": "A / B / C", "affiliation": "x / y / z"},
         'no respondent is found for the interviewee "C"'),
    ],
)  # fmt: skip
def test_what_cannot_be_assigned_is_reported(known: dict[str, str], fault: str) -> None:
    faults = places(A, B, **known)[1]
    assert len(faults) == 1
    assert fault in faults[0]
