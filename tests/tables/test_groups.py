"""Groups compared: counts, intervals over interviews, differences, Holm's correction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from pipeline.tables.counts import Row
from pipeline.tables.groups import (
    COUNTS,
    FEW,
    MOST_PAIRED,
    NET,
    ONE,
    REST,
    TOO_FEW,
    Observed,
    Sums,
    compare_groups,
    difference,
    holm,
    observe,
)
from pipeline.tables.identity import Holder
from pipeline.tables.lookup import Lookup
from pipeline.tables.net import Said, measure
from pipeline.tables.totals import facts_of
from tests.built import build, only_meant
from tests.coding.runs import talk


def seen(
    interview: str, favor: int, against: int, neutral: int = 0, who: str = "A", **fields: str
) -> Observed:
    """A respondent with so many stances, each in a sentence of its own, and as many without."""
    sides = {"favor": favor, "against": against, "neutral": neutral}
    about = favor + against + neutral
    counts = dict.fromkeys(COUNTS, 0) | sides | {f"units_{side}": n for side, n in sides.items()}
    holder = Holder("own", who, "speaker", "", "")
    return Observed(interview, holder, fields, counts | {"about": about, "judged": 2 * about})


def group(rows: Mapping[str, tuple[int, ...]]) -> Sums:
    return Sums.of(seen(name, *sides) for name, sides in rows.items())


def by_name(rows: list[Row]) -> dict[object, Row]:
    return {row["group"]: row for row in rows}


def test_a_respondent_is_counted_as_in_the_tables() -> None:
    (found,) = observe(Lookup(build()))
    assert found.counts == {
        "judged": 7, "favor": 2, "against": 1, "neutral": 1, "abstained": 1, "about": 5,
        "units_favor": 2, "units_against": 1, "units_neutral": 1,
    }  # fmt: skip


def test_stances_on_one_target_are_named_unless_meant_ones_are_included() -> None:
    lookup = Lookup(only_meant(build()))
    named, meant = (
        next(observe(lookup, target="european union", inferred=one))
        for one in ("exclude", "include")
    )
    assert [one.counts["favor"] + one.counts["against"] for one in (named, meant)] == [1, 2]


def test_groups_have_counts_shares_and_the_one_net() -> None:
    observed = [seen("a", 3, 1, 4, x="1"), seen("b", 0, 2, x="2"), seen("c", 1, 0)]
    comparison = compare_groups(observed, "x")
    rows = by_name(list(comparison.groups))
    assert list(rows) == ["1", "2", None]
    assert (rows["1"]["net"], rows["1"]["share_favor"], rows["1"]["share_neutral"]) == (
        0.25,
        0.375,
        0.5,
    )
    assert rows["1"]["units_about_share"] == 0.5
    assert (rows[None]["interviews"], rows[None]["favor"]) == (1, 1)
    assert {row["other"] for row in comparison.differences} == {"2"}


def test_periods_are_in_order_and_other_groups_by_size() -> None:
    observed = [seen("a", 9, 0, year="2023", x="b"), seen("b", 1, 0, year="2022", x="a")]
    for column, order in (("year", ["2022", "2023"]), ("x", ["b", "a"])):
        assert [row["group"] for row in compare_groups(observed, column).groups] == order


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ({"a": (9, 5)}, ONE),
        ({"a": (2, 1), "b": (1, 2)}, FEW),
        ({"a": (40, 9), "b": (1, 0)}, TOO_FEW),
    ],
)
def test_a_group_that_allows_no_interval_says_why(
    rows: dict[str, tuple[int, ...]], note: str
) -> None:
    found = group(rows).estimate(NET)
    assert (found.low, found.note) == (None, note)
    assert found.value is not None


def test_an_interval_over_many_interviews_is_that_of_the_other_tables() -> None:
    sides = ["favor", "neutral", "against", "favor"]
    interviews = [talk(f"t{n}", sides[: 1 + n % 4] * 2) for n in range(12)]
    observed = [one for interview in interviews for one in observe(Lookup(interview))]
    facts = [fact for interview in interviews for fact in facts_of(Lookup(interview))]
    expected = measure(Said(one.interview_id, one.turn_id, one.position) for one in facts)
    found = Sums.of(observed).estimate(NET)
    assert expected is not None
    assert (found.value, found.low, found.high) == (expected.value, expected.low, expected.high)


def test_an_interval_of_interviews_alike_is_not_a_point() -> None:
    found = group({f"a{n}": (0, 4) for n in range(5)}).estimate(NET)
    assert (found.value, found.low) == (-1.0, -1.0)
    assert found.high is not None
    assert -1 < found.high < 1


def test_a_difference_does_not_leave_the_scale_and_is_below_05_where_0_is_outside() -> None:
    low = group({f"a{n}": (0, 5 + n % 2, n % 2) for n in range(5)}).estimate(NET)
    for share in range(1, 10):
        other = group({f"b{n}": (share + n % 3, 5, 2) for n in range(8)}).estimate(NET)
        row = difference(other, low)
        ends = row["low"], row["difference"], row["high"]
        assert -2 <= ends[0] <= ends[1] <= ends[2] <= 2  # type: ignore[operator]
        assert (row["p"] < 0.05) == (ends[0] > 0 or ends[2] < 0)  # type: ignore[operator]


def test_more_interviews_give_a_narrower_interval() -> None:
    several = {f"a{n}": (3 + n % 3, 3) for n in range(4)}
    many = {f"a{n}": (3 + n % 3, 3) for n in range(40)}
    few, more = (group(rows).estimate(NET) for rows in (several, many))
    assert few.low is not None
    assert few.high is not None
    assert more.low is not None
    assert more.high is not None
    assert more.high - more.low < few.high - few.low


def test_what_is_common_to_both_groups_is_in_no_difference() -> None:
    rng = np.random.default_rng(1)
    sides = {f"t{n}": tuple(map(int, rng.integers(1, 9, 3))) for n in range(10)}
    one = group(sides).estimate(NET)
    shifted = {name: (f + 1, a, n) for name, (f, a, n) in sides.items()}
    elsewhere = {f"o{name}": counts for name, counts in shifted.items()}
    paired, apart = (difference(one, group(other).estimate(NET)) for other in (shifted, elsewhere))
    assert paired["difference"] == apart["difference"]
    assert paired["p"] < 0.01 < apart["p"]  # type: ignore[operator]


def test_a_difference_without_an_interval_says_why() -> None:
    one, many = group({"a": (9, 5)}), group({f"b{n}": (1 + n, 4) for n in range(5)})
    found = difference(one.estimate(NET), many.estimate(NET))
    assert (found["note"], found.get("p")) == (ONE, None)
    assert found["difference"] is not None


def test_many_groups_are_compared_with_all_others() -> None:
    observed = [
        seen(f"{name}{n}", 4 + n, 4, x=str(name))
        for name in range(MOST_PAIRED + 1)
        for n in range(3)
    ]
    rows = [one for one in compare_groups(observed, "x").differences if one["measure"] == "net"]
    assert len(rows) == MOST_PAIRED + 1
    assert {row["other"] for row in rows} == {REST}
    first = observed[:3]
    rest = Sums.of(observed[3:]).estimate(NET)
    expected = difference(Sums.of(first).estimate(NET), rest)
    assert rows[0]["difference"] == expected["difference"]
    assert (rows[0]["low"], rows[0]["high"]) == (expected["low"], expected["high"])


def test_p_values_are_corrected_after_holm() -> None:
    values = [0.001, 0.04, 0.03, 0.2, 0.9, 0.03]
    assert holm(values) == pytest.approx(list(multipletests(values, method="holm")[1]))


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), [(3, 40), (5, 10), (30, 30)])
def test_groups_alike_differ_as_seldom_as_they_should(first: int, second: int) -> None:
    rng = np.random.default_rng(7)

    def drawn(n: int, name: str) -> Sums:
        rows = {}
        for i in range(n):
            size = max(1, int(rng.lognormal(2, 0.8)))
            leaning = rng.dirichlet([1.2, 1.2, 1.6])
            rows[f"{name}{i}"] = tuple(map(int, rng.multinomial(size, leaning)))
        return group(rows)

    found = [difference(drawn(first, "a").estimate(NET), drawn(second, "b").estimate(NET))
             for _ in range(300)]  # fmt: skip
    tested = [row["p"] for row in found if row.get("p") is not None]
    assert len(tested) > 150
    assert sum(p < 0.05 for p in tested) / len(tested) < 0.1  # type: ignore[operator, misc]
