"""Estimates against values computed by hand, by statsmodels, and against a simulated truth."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from benchmarks.estimates import simulate
from pipeline.coding.inference import Judged, estimate_share


def judged(
    predicted: list[int], coded: list[int], labels: list[int], *, clusters: list[int] | None = None,
    weights: list[float] | None = None,
) -> Judged:  # fmt: skip
    """A share of all units: the denominator is 1 everywhere."""
    return Judged(
        np.column_stack([predicted, np.ones(len(predicted))]),
        np.array(clusters or range(len(predicted))),
        np.array(coded),
        np.column_stack([labels, np.ones(len(labels))]),
        np.array(weights or np.ones(len(labels))),
        np.zeros(len(labels), dtype=int),
    )


def test_a_judge_that_says_one_thing_leaves_the_share_of_the_coded() -> None:
    found = estimate_share(judged([0] * 100, list(range(20)), [1] * 5 + [0] * 15))
    assert found is not None
    assert found.value == pytest.approx(0.25)
    assert found.power == 0


def test_weights_are_those_of_the_sample() -> None:
    found = estimate_share(
        judged([0] * 8, [0, 1, 2, 3], [1, 1, 0, 0], weights=[3.0, 3.0, 1.0, 1.0])
    )
    assert found is not None
    assert found.value == pytest.approx(0.75)


def test_a_judge_that_is_always_right_settles_what_was_not_coded() -> None:
    """Coded: 2 of 4 yes; all: 10 of 40; the error is nought, its power 1 / (1 + n / N)."""
    truth = [1] * 10 + [0] * 30
    found = estimate_share(judged(truth, [0, 1, 20, 30], [1, 1, 0, 0]))
    assert found is not None
    power = 1 / (1 + 4 / 40)
    assert found.power == pytest.approx(power)
    assert found.value == pytest.approx(0.5 + power * (0.25 - 0.5))


def test_the_interval_of_a_plain_sample_is_wilsons() -> None:
    """The t quantile and the jackknife's n - 1 widen it a little."""
    found = estimate_share(judged([0] * 400, list(range(400)), [1] * 40 + [0] * 360))
    low, high = proportion_confint(40, 400, method="wilson")
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


def test_equal_answers_within_clusters_count_once() -> None:
    labels = ([1] * 4 + [0] * 12) * 5
    whole = estimate_share(judged([0] * 80, list(range(80)), labels))
    fours = [n // 4 for n in range(80)]
    grouped = estimate_share(judged([0] * 80, list(range(80)), labels, clusters=fours))
    assert whole is not None
    assert grouped is not None
    assert grouped.high - grouped.low > 1.5 * (whole.high - whole.low)


def test_labels_that_are_all_alike_bound_nothing() -> None:
    assert estimate_share(judged([0] * 30, list(range(10)), [1] * 10)) is None


def test_intervals_hold_where_the_judge_is_biased() -> None:
    """A short form of benchmarks/estimates.py; 60 draws leave a standard error of 3 points."""
    tally = simulate(0.3, draws=60)["share_against"]
    assert tally.covered["estimate"] >= 0.87 * tally.n
    assert tally.covered["raw"] < 0.1 * tally.n
    assert np.mean(tally.widths["estimate"]) < np.mean(tally.widths["coded alone"])
