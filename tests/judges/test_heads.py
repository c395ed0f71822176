"""The calibration of a head on held-out scores."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.judges.heads import calibrate


def test_temperature_cools_scores_that_are_too_sure() -> None:
    scores = np.array([[8.0, 0.0]] * 10)
    temperature, _ = calibrate(scores, np.array([0] * 7 + [1] * 3), with_bias=False)
    assert 1 / (1 + np.exp(-8.0 / temperature)) == pytest.approx(0.7, abs=0.01)


def test_bias_shifts_scores_to_the_mix_met_in_use() -> None:
    scores = np.zeros((10, 2))
    _, bias = calibrate(scores, np.array([0] * 8 + [1] * 2), with_bias=True)
    assert np.exp(bias[1] - bias[0]) == pytest.approx(0.25, abs=0.01)
