"""Metrics agree with hand counts."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate.metrics import (
    class_scores,
    confusion,
    expected_calibration_error,
    macro_f1,
    macro_f1_interval,
    weighted_f1,
)

GOLD = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 0, 1, 1, 0, 2])


def test_confusion_has_gold_in_rows() -> None:
    assert confusion(GOLD, PREDICTED, 3).tolist() == [[2, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_macro_f1_is_the_mean_over_labels() -> None:
    expected = (2 * 2 / 6 + 2 * 1 / 4 + 1.0) / 3
    assert macro_f1(GOLD, PREDICTED) == pytest.approx(expected)


def test_weighted_f1_weighs_by_gold_counts() -> None:
    expected = (3 * 4 / 6 + 2 * 2 / 4 + 1 * 1.0) / 6
    assert weighted_f1(GOLD, PREDICTED) == pytest.approx(expected)


def test_class_scores_give_precision_and_recall() -> None:
    first = class_scores(GOLD, PREDICTED, ("a", "b", "c"))[0]
    assert (first.precision, first.recall, first.support) == (0.6667, 0.6667, 3)


def test_the_interval_draws_whole_documents() -> None:
    # All errors are in one of two documents: draws hold none, half, or all of them.
    gold = np.array([0, 1] * 10)
    predicted = np.array([0, 1] * 5 + [1, 0] * 5)
    docs = ["right"] * 10 + ["wrong"] * 10
    interval = macro_f1_interval(gold, predicted, docs, n_labels=2, seed=1)
    assert (interval.low, interval.value, interval.high) == (0.0, 0.5, 1.0)


def test_the_interval_depends_on_the_seed_only() -> None:
    docs = list("abcabc")
    first = macro_f1_interval(GOLD, PREDICTED, docs, n_labels=3, seed=3)
    assert first == macro_f1_interval(GOLD, PREDICTED, docs, n_labels=3, seed=3)


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    probabilities = np.array([[0.8, 0.2]] * 4)
    gold = np.array([0, 0, 1, 1])
    assert expected_calibration_error(probabilities, gold) == pytest.approx(0.3)
