"""The interval of a net position."""

from __future__ import annotations

import pytest

from pipeline.write.counts import MIN_STANCES, MIN_TURNS, net_interval
from pipeline.write.lookup import Position

KEY = ("own", "Minister", "NATO")


def said(*turns: str) -> list[tuple[str, Position]]:
    """Stances of turns: "+-" is a turn with one in favor and one against."""
    sides: dict[str, Position] = {
        "+": "favor",
        "-": "against",
        "0": "neutral",
        "?": "abstained",
    }
    return [(f"t{n}", sides[sign]) for n, turn in enumerate(turns) for sign in turn]


def test_it_holds_the_net_position() -> None:
    stances = said("++", "+-", "--", "00", "+0", "-?")
    low, high = net_interval(stances, seed=1, key=KEY) or (0, 0)
    assert low < (4 - 4) / len(stances) < high


def test_turns_are_drawn_whole() -> None:
    """Two turns of five each side differ more than ten turns whose sides are even."""
    clustered = net_interval(said("+++++", "-----", "+++++", "-----", "00"), seed=1, key=KEY)
    even = net_interval(said("+++--", "---++", "+++--", "---++", "00"), seed=1, key=KEY)
    assert clustered is not None
    assert even is not None
    assert clustered[1] - clustered[0] > 2 * (even[1] - even[0])


def test_it_is_that_of_a_known_distribution() -> None:
    """Of 100 turns with one stance each, half for: net has a standard error of .1."""
    low, high = net_interval(said(*"+-" * 50), seed=1, key=KEY) or (0, 0)
    assert low == pytest.approx(-0.196, abs=0.03)
    assert high == pytest.approx(0.196, abs=0.03)


def test_the_same_seed_and_key_give_the_same_interval() -> None:
    stances = said("++", "+-", "--", "00", "+0")
    assert net_interval(stances, seed=1, key=KEY) == net_interval(stances, seed=1, key=KEY)
    assert net_interval(stances, seed=1, key=KEY) != net_interval(stances, seed=2, key=KEY)
    assert net_interval(stances[::-1], seed=1, key=KEY) == net_interval(stances, seed=1, key=KEY)


@pytest.mark.parametrize(
    "stances",
    [
        said(*["+-"] * (MIN_STANCES // 2 - 1), "+"),
        said(*["++---"] * (MIN_TURNS - 1)),
        said(*["++"] * 20),
        said(*["0?"] * 20),
        [],
    ],
    ids=["too few stances", "too few turns", "all for", "no side taken", "nothing"],
)
def test_there_is_none_where_it_would_tell_nothing(stances: list[tuple[str, Position]]) -> None:
    assert net_interval(stances, seed=1, key=KEY) is None


def test_the_least_that_is_enough_is_enough() -> None:
    assert net_interval(said(*["+-"] * 4, "++"), seed=1, key=KEY) is not None
