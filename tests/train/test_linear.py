"""Heads are fitted on rows and calibrated on held-out documents."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from pipeline.errors import InputError
from pipeline.train.designs import HeadSettings
from pipeline.train.linear import calibrate, fit_head

pytestmark = pytest.mark.slow

MATRIX = sparse.csr_matrix(np.eye(3, dtype=np.float32)[[0, 1, 2] * 6])
LABELS = ["claim", "premise", "none"] * 6
DOCS = [f"d{i // 3}" for i in range(18)]


def fit(labels: list[str], known: tuple[str, ...] = ("claim", "premise", "none")):  # type: ignore[no-untyped-def]
    return fit_head(
        MATRIX, labels, known=known, groups=DOCS, calibrate_on=np.ones(18, dtype=bool),
        weights=np.ones(18), settings=HeadSettings(),
    )  # fmt: skip


def test_probabilities_follow_the_order_of_the_labels() -> None:
    head = fit(LABELS)
    assert head.probabilities(MATRIX[:3]).argmax(axis=1).tolist() == [0, 1, 2]
    assert head.probabilities(MATRIX).sum(axis=1) == pytest.approx(np.ones(18))


def test_two_labels_make_two_columns() -> None:
    head = fit(["none", "about", "about"] * 6, ("none", "about"))
    assert head.probabilities(MATRIX[:2]).argmax(axis=1).tolist() == [0, 1]


def test_a_label_without_rows_is_an_error() -> None:
    with pytest.raises(InputError, match="no training row is labelled none"):
        fit(["claim", "premise", "claim"] * 6)


def test_temperature_cools_scores_that_are_too_sure() -> None:
    scores = np.array([[8.0, 0.0]] * 10)
    temperature, _ = calibrate(scores, np.array([0] * 7 + [1] * 3), with_bias=False)
    assert 1 / (1 + np.exp(-8.0 / temperature)) == pytest.approx(0.7, abs=0.01)


def test_bias_shifts_scores_to_the_mix_met_in_use() -> None:
    scores = np.zeros((10, 2))
    _, bias = calibrate(scores, np.array([0] * 8 + [1] * 2), with_bias=True)
    assert np.exp(bias[1] - bias[0]) == pytest.approx(0.25, abs=0.01)
