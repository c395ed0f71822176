"""The net position and its interval."""

from __future__ import annotations

import pytest

from pipeline.tables.net import SHARE, SIDES, Said, Sides, interval, measure, net


def said(interviews: int, turns: int, positions: list[str]) -> list[Said]:
    """Each position once in each turn of each interview."""
    return [
        Said(f"i{i}", f"i{i}.t{t}", one)  # type: ignore[arg-type]
        for i in range(interviews)
        for t in range(turns)
        for one in positions
    ]


def varied(interviews: int, turns: int) -> list[Said]:
    """Turns that differ: two stances in each, against in every third."""
    return [
        Said(f"i{i}", f"i{i}.t{t}", "against" if (i + t) % 3 == 0 else "favor")
        for i in range(interviews)
        for t in range(turns)
        for _ in range(2)
    ]


def test_net_is_of_decided_stances() -> None:
    sides = Sides.of(["favor", "favor", "favor", "against", "neutral", "abstained"])
    assert (sides.decided, sides.net) == (5, 0.4)
    assert net(favor=0, against=0, neutral=0) is None


def test_shares_add_up_to_1() -> None:
    sides = Sides(favor=1, against=2, neutral=5)
    assert sum(sides.share(side) or 0 for side in SIDES) == 1


def test_what_is_not_decided_changes_nothing() -> None:
    stances = varied(1, 12)
    assert measure([*stances, Said("i0", "i0.t99", "abstained")]) == measure(stances)


def test_clusters_are_turns_of_few_interviews_and_interviews_of_many() -> None:
    few, many = measure(varied(9, 4)), measure(varied(10, 4))
    assert few is not None
    assert few.over == "turns"
    assert many is not None
    assert many.over == "interviews"


def test_interval_contains_the_value_within_the_scale() -> None:
    for scores in (None, *SHARE.values()):
        stances = [*varied(1, 6), *said(1, 3, ["neutral"])]
        found = measure(stances) if scores is None else measure(stances, scores)
        assert found is not None
        assert -1 <= found.low < found.value < found.high <= 1


def test_interval_is_wider_where_turns_are_alike_inside() -> None:
    """Twelve stances in turns of one mind say less than in turns of two."""
    alike = [Said("i", f"t{t}", "favor" if t % 2 else "against") for t in range(6) for _ in "ab"]
    mixed = [
        Said("i", f"t{t}", "favor" if (t + k) % 4 else "against") for t in range(6) for k in (0, 1)
    ]
    wide, narrow = measure(alike), measure(mixed)
    assert wide is not None
    assert narrow is not None
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize(
    "stances",
    [
        [*varied(1, 4), *varied(1, 4)],
        varied(1, 5)[:9],
        said(1, 12, ["abstained"]),
    ],
    ids=["four turns", "nine stances", "none decided"],
)
def test_no_interval_where_it_would_say_nothing(stances: list[Said]) -> None:
    assert measure(stances) is None


def test_interval_of_one_share_is_the_published_one() -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I: 15 of 148, .0624 to .1605."""
    share = 15 / 148
    found = interval(share, share * (1 - share) / 148, 1e9)
    assert (found.low, found.high) == (0.0624, 0.1605)


@pytest.mark.parametrize(
    ("side", "low", "high"),
    [("favor", 0.4248, 1), ("against", -1, -0.4248), ("neutral", -0.2876, 0.2876)],
)
def test_stances_all_alike_leave_room_for_what_was_not_said(
    side: str, low: float, high: float
) -> None:
    """Nought of twelve turns by Wilson, with the t quantile of eleven degrees of freedom."""
    found = measure(said(1, 12, [side]))
    assert found is not None
    assert (found.low, found.high) == (low, high)
