"""Counts and shares of stances, and the interval of a net position."""

from __future__ import annotations

import pytest

from pipeline.tables.counts import MIN_STANCES, MIN_TURNS, contest, net_interval, share, tally
from pipeline.tables.lookup import Position

KEY = ("own", "Minister", "NATO")
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
    assert (row["own_share_favor"], row["own_net"], row["own_net_decided"]) == (0.4, 0.2, 0.25)


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


def test_the_interval_contains_the_net_position() -> None:
    stances = said("++", "+-", "--", "00", "+0", "-?")
    low, high = net_interval(stances, seed=1, key=KEY) or (0, 0)
    assert low < (4 - 4) / len(stances) < high


def test_turns_are_drawn_whole() -> None:
    """Turns of one side each differ more than turns whose sides are even."""
    clustered = net_interval(said("+++++", "-----", "+++++", "-----", "00"), seed=1, key=KEY)
    even = net_interval(said("+++--", "---++", "+++--", "---++", "00"), seed=1, key=KEY)
    assert clustered is not None
    assert even is not None
    assert clustered[1] - clustered[0] > 2 * (even[1] - even[0])


def test_the_interval_is_that_of_a_known_distribution() -> None:
    """Of 100 turns with one stance each, half in favor: net has a standard error of .1."""
    low, high = net_interval(said(*"+-" * 50), seed=1, key=KEY) or (0, 0)
    assert low == pytest.approx(-0.196, abs=0.03)
    assert high == pytest.approx(0.196, abs=0.03)


def test_the_same_seed_and_key_give_the_same_interval() -> None:
    stances = said("++", "+-", "--", "00", "+0")
    first = net_interval(stances, seed=1, key=KEY)
    assert first == net_interval(stances[::-1], seed=1, key=KEY)
    assert first != net_interval(stances, seed=2, key=KEY)


@pytest.mark.parametrize(
    "stances",
    [
        said(*["+-"] * (MIN_STANCES // 2 - 1), "+"), said(*["++---"] * (MIN_TURNS - 1)),
        said(*["++"] * 20), said(*["0?"] * 20), [],
    ],
    ids=["too few stances", "too few turns", "all in favor", "no side taken", "nothing"],
)  # fmt: skip
def test_there_is_no_interval_where_it_is_uninformative(
    stances: list[tuple[str, Position]],
) -> None:
    assert net_interval(stances, seed=1, key=KEY) is None


def test_the_least_that_is_enough_is_enough() -> None:
    assert net_interval(said(*["+-"] * 4, "++"), seed=1, key=KEY) is not None
