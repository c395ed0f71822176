"""Counts and shares of stances, and how contested a target is."""

from __future__ import annotations

import pytest

from pipeline.tables.counts import contest, tally
from pipeline.tables.lookup import Position
from pipeline.tables.net import share

SIDES: dict[str, Position] = {"+": "favor", "-": "against", "0": "neutral", "?": "abstained"}


def said(*turns: str) -> list[tuple[str, Position]]:
    """Stances of turns: "+-" is a turn with one in favor and one against."""
    return [(f"t{n}", SIDES[sign]) for n, turn in enumerate(turns) for sign in turn]


def test_a_share_of_nothing_is_empty() -> None:
    assert share(0, 0) is None
    assert tally([], prefix="")["net"] is None


def test_the_four_positions_add_up_to_n() -> None:
    row = tally(["favor", "favor", "against", "neutral", "abstained"], prefix="own_")
    assert row["own_n"] == 5
    assert [row[f"own_{side}"] for side in SIDES.values()] == [2, 1, 1, 1]
    assert (row["own_decided"], row["own_share_favor"], row["own_net"]) == (4, 0.5, 0.25)
    assert row["own_share_abstained"] == 0.2


@pytest.mark.parametrize(
    ("turns", "contested"), [("+ -", 1.0), ("+ +", 0.0), ("+++ -", 0.5), ("0 ?", None)]
)
def test_a_target_is_contested_as_far_as_its_sides_are_even(
    turns: str, contested: float | None
) -> None:
    assert contest(said(*turns.split()), prefix="")["contested"] == contested


def test_holders_lean_to_their_more_frequent_side() -> None:
    row = contest(said("++-", "-", "0"), prefix="")
    assert (row["holders"], row["holders_favor"], row["holders_against"]) == (3, 1, 1)
