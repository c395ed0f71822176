"""Estimates against values computed by hand, by statsmodels, and against a simulated truth."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from benchmarks.estimates import SETTINGS, simulate
from pipeline.coding.inference import Estimate, Judged, estimate, project
from pipeline.tables.net import Measured

FIRST = [(1.0, 0.0)]


def judged(
    predicted: list[int], coded: list[int], labels: list[int], *, clusters: list[int] | None = None,
    weights: list[float] | None = None,
) -> Judged:  # fmt: skip
    """A whole of two parts: each unit adds to the first or to the second."""
    return Judged(
        np.column_stack([predicted, 1 - np.array(predicted)]),
        np.array(clusters or range(len(predicted))),
        np.array(coded),
        np.column_stack([labels, 1 - np.array(labels)]),
        np.array(weights or np.ones(len(labels))),
        np.zeros(len(labels), dtype=int),
    )


def first(one: Judged) -> Measured:
    """The share of the first part."""
    return whole(one).scores[0]


def whole(one: Judged) -> Estimate:
    found = estimate(one, FIRST)
    assert found is not None
    return found


def test_a_judge_that_says_one_thing_leaves_the_share_of_the_coded() -> None:
    found = whole(judged([0] * 100, list(range(20)), [1] * 5 + [0] * 15))
    assert (found.scores[0].value, found.power) == (0.25, 0)


def test_weights_are_those_of_the_sample() -> None:
    found = first(judged([0] * 8, [0, 1, 2, 3], [1, 1, 0, 0], weights=[3.0, 3.0, 1.0, 1.0]))
    assert found.value == pytest.approx(0.75)


def test_a_judge_that_is_always_right_settles_what_was_not_coded() -> None:
    """Coded: 2 of 4 yes; all: 10 of 40; the error is nought, its power 1 / (1 + n / N)."""
    truth = [1] * 10 + [0] * 30
    found = whole(judged(truth, [0, 1, 20, 30], [1, 1, 0, 0]))
    power = 1 / (1 + 4 / 40)
    assert found.power == pytest.approx(power)
    assert found.scores[0].value == pytest.approx(0.5 + power * (0.25 - 0.5), abs=1e-4)


def test_the_interval_of_a_plain_sample_is_wilsons() -> None:
    """The t quantile and the jackknife's n - 1 widen it a little."""
    found = first(judged([0] * 400, list(range(400)), [1] * 40 + [0] * 360))
    low, high = proportion_confint(40, 400, method="wilson")
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


def test_equal_answers_within_clusters_count_once() -> None:
    labels = ([1] * 4 + [0] * 12) * 5
    alone = first(judged([0] * 80, list(range(80)), labels))
    fours = [n // 4 for n in range(80)]
    grouped = first(judged([0] * 80, list(range(80)), labels, clusters=fours))
    assert grouped.high - grouped.low > 1.5 * (alone.high - alone.low)


def test_labels_that_are_all_alike_leave_room_for_what_was_not_drawn() -> None:
    """Wilson's for ten of ten, with the t quantile of nine degrees of freedom."""
    found = first(judged([0] * 30, list(range(10)), [1] * 10))
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(1 - 2.262**2 / (10 + 2.262**2), abs=0.001)


SIDES = [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)]


def test_shares_are_from_0_to_1_and_add_up_where_the_judge_overshoots() -> None:
    """The judge sees the first part in the sample alone: the correction takes away too much."""
    drawn = np.random.default_rng(1)
    labels, predicted = np.eye(3)[drawn.integers(0, 3, 60)], np.zeros((300, 3))
    labels[:55, 0] = 0
    predicted[:, 1] = 1
    predicted[55:60] = (1, 0, 0)
    one = Judged(
        predicted, np.arange(300), np.arange(60), labels, np.ones(60), np.zeros(60, dtype=int)
    )
    found = estimate(one, SIDES)
    assert found is not None
    values = [score.value for score in found.scores]
    assert sum(values) == pytest.approx(1, abs=2e-4)
    for score in found.scores:
        assert 0 <= score.low <= score.value <= score.high <= 1


def test_projection_leaves_shares_and_puts_right_what_is_below_0() -> None:
    assert project(np.array([0.2, 0.3, 0.5])) == pytest.approx([0.2, 0.3, 0.5])
    assert project(np.array([-0.2, 0.4, 0.8])) == pytest.approx([0, 0.3, 0.7])


def test_intervals_hold_where_the_judge_is_biased() -> None:
    """A short form of benchmarks/estimates.py; 60 draws leave a standard error of 3 points."""
    tallies = simulate(SETTINGS["differ"], draws=60)
    against = tallies["share_against"]
    assert max(one.off for one in tallies.values()) <= 2e-4
    assert against.covered["estimate"] >= 0.87 * against.n
    assert against.covered["raw"] < 0.1 * against.n
    assert np.mean(against.widths["estimate"]) < np.mean(against.widths["coded alone"])
