"""Thresholds keep their promise on hand-made rows, and say so where they cannot."""

from __future__ import annotations

import numpy as np
import pytest

from training.curves import (
    choose_cut,
    coverage_over,
    held_out,
    reliability,
    risk_by_coverage,
    wilson_low,
)

SURE_AND_RIGHT = np.array([0.9] * 40 + [0.5] * 20), np.array([True] * 40 + [False] * 20)


def test_wilson_agrees_with_a_worked_example() -> None:
    # 81 of 263 at 95 %: 0.2553 (Newcombe 1998, Statist. Med. 17, table I, method 3)
    assert float(wilson_low(81, 263, z=1.96)) == pytest.approx(0.2553, abs=1e-4)


def test_the_threshold_is_the_lowest_that_reaches_the_precision() -> None:
    cut = choose_cut(*SURE_AND_RIGHT, precision=0.9)
    assert cut is not None
    assert (cut.threshold, cut.reached, cut.kept, cut.right) == (0.9, True, 40, 40)


def test_nothing_is_set_aside_where_all_together_reach_it() -> None:
    cut = choose_cut(*SURE_AND_RIGHT, precision=0.5)
    assert cut is not None
    assert (cut.threshold, cut.kept) == (0.0, 60)


def test_a_few_lucky_rows_reach_nothing() -> None:
    confidence, right = np.array([0.9, 0.8, 0.7]), np.array([True, True, True])
    cut = choose_cut(confidence, right, precision=0.9)
    assert cut is not None
    assert not cut.reached
    assert cut.low < 0.9


def test_half_of_the_predictions_is_always_kept() -> None:
    confidence = np.linspace(0.99, 0.4, 40)
    right = np.arange(40) < 10
    cut = choose_cut(confidence, right, precision=0.9)
    assert cut is not None
    assert not cut.reached
    assert cut.kept >= 20


def test_rows_of_equal_confidence_stay_together() -> None:
    confidence, right = np.full(10, 0.6), np.arange(10) < 5
    cut = choose_cut(confidence, right, precision=0.9)
    assert cut is not None
    assert cut.kept == 10


def test_a_label_that_is_never_predicted_has_no_cut() -> None:
    assert choose_cut(np.array([]), np.array([], dtype=bool), precision=0.5) is None


def test_held_out_documents_do_not_choose() -> None:
    confidence, right = SURE_AND_RIGHT
    docs = [f"d{i % 10}" for i in range(60)]
    coverage, precision = held_out(confidence, right, docs, precision=0.9, seed=1)
    assert (coverage, precision) == (pytest.approx(2 / 3, abs=1e-3), 1.0)


def test_risk_grows_with_coverage_where_confidence_is_right() -> None:
    points = risk_by_coverage(*SURE_AND_RIGHT, steps=3)
    assert points == [(0.3333, 0.0), (0.6667, 0.0), (1.0, 0.3333)]


def test_reliability_counts_each_row_once() -> None:
    bins = reliability(*SURE_AND_RIGHT)
    assert bins == [(0.5, 0.0, 20), (0.9, 1.0, 40)]


def test_coverage_over_a_threshold() -> None:
    assert coverage_over(*SURE_AND_RIGHT, (0.5, 0.9, 0.95)) == [
        (0.5, 1.0, 0.6667), (0.9, 0.6667, 1.0), (0.95, 0.0, None),
    ]  # fmt: skip
