"""Versions of a head: shipped, recalibrated, retrained; and gains between them."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate.metrics import paired_gain
from pipeline.judges.user_heads import Judged
from pipeline.train.head_fit import RECALIBRATED, RETRAINED, SHIPPED, Problem, answer, fit_ways

pytestmark = pytest.mark.slow

LABELS = ("claim", "premise", "none")


def synthetic(*, informative: bool, n: int = 240) -> Problem:
    """A shipped head without one of the labels, with states that show it or do not."""
    generator = np.random.default_rng(7)
    gold = generator.integers(3, size=n)
    shares = np.full((n, 3), 0.05)
    shares[np.arange(n), np.where(gold == 2, generator.integers(2, size=n), gold)] = 0.9
    states = generator.normal(size=(n, 24)).astype(np.float32)
    if informative:
        states[:, 0] += 6.0 * (gold == 2)
    judged = Judged(states, {"component": shares.astype(np.float32)})
    docs = tuple(f"d{i % 12}" for i in range(n))
    return Problem(judged, "component", LABELS, gold, docs)


def right(shares: np.ndarray, gold: np.ndarray) -> float:
    return float((shares.argmax(axis=1) == gold).mean())


def test_states_teach_what_the_shipped_head_does_not_know() -> None:
    problem = synthetic(informative=True)
    ways = fit_ways(problem)
    shipped, retrained = (right(ways[way].held_out, problem.gold) for way in (SHIPPED, RETRAINED))
    assert shipped < 0.75
    assert retrained > 0.95


def test_states_that_tell_nothing_leave_what_the_shipped_head_knows() -> None:
    problem = synthetic(informative=False)
    ways = fit_ways(problem)
    shipped, retrained = (right(ways[way].held_out, problem.gold) for way in (SHIPPED, RETRAINED))
    assert retrained > shipped - 0.08


def test_what_is_fitted_answers_for_new_rows() -> None:
    problem = synthetic(informative=True)
    ways = fit_ways(problem)
    for way in (RECALIBRATED, RETRAINED):
        shares = answer(ways[way], problem.judged, "component")
        assert shares.sum(axis=1) == pytest.approx(np.ones(len(shares)))
        assert right(shares, problem.gold) >= right(ways[way].held_out, problem.gold) - 0.05


def test_recalibration_learns_a_mix_of_labels() -> None:
    problem = synthetic(informative=False)
    gold = np.where(problem.gold == 1, 0, problem.gold)  # hardly a premise in this user's view
    gold[:4] = 1
    skewed = Problem(problem.judged, problem.base, LABELS, gold, problem.docs)
    shares = answer(fit_ways(skewed)[RECALIBRATED], problem.judged, "component")
    assert shares[:, 1].mean() < skewed.shipped[:, 1].mean()


def test_a_gain_is_paired_by_document() -> None:
    gold = np.array([0, 1] * 20)
    worse = np.where(np.arange(40) % 10 < 2, 1 - gold, gold)
    docs = [f"d{i // 4}" for i in range(40)]
    gain = paired_gain(gold, worse, gold, docs, n_labels=2, seed=1)
    assert gain.helps
    assert gain.low > 0
    same = paired_gain(gold, worse, worse, docs, n_labels=2, seed=1)
    assert (same.value, same.low, same.high, same.helps) == (0, 0, 0, False)


def test_a_gain_whose_interval_has_zero_in_it_is_not_clear() -> None:
    gold = np.array([0, 1] * 20)
    docs = [f"d{i // 4}" for i in range(40)]
    better, worse = np.arange(40) < 12, np.arange(40) >= 36  # in three documents, and in one
    old, new = np.where(better, 1 - gold, gold), np.where(worse, 1 - gold, gold)
    gain = paired_gain(gold, old, new, docs, n_labels=2, seed=1)
    assert gain.value > 0 > gain.low
    assert not gain.helps
