"""The logistic models that weigh reports, and the shipped weights."""

from __future__ import annotations

import math

import pytest

from pipeline.reporting import load_weights
from pipeline.reporting.weigh import probability


def test_probability_is_the_logistic_of_the_weighted_sum() -> None:
    weights = {"intercept": -1.0, "a": 2.0}
    assert probability({"a": 1.0, "unknown": 5.0}, weights) == pytest.approx(1 / (1 + math.exp(-1)))


def test_the_shipped_weights_lean_the_way_the_words_do() -> None:
    weights = load_weights()
    assert 0.1 < weights.threshold < 0.6
    assert weights.favor["cue favor"] > 0
    assert weights.favor["cue favor"] > weights.favor["cue open"] >= weights.favor["cue against"]
    assert weights.favor["read"] > 0
    assert weights.presence["neutral, open content"] < 0
