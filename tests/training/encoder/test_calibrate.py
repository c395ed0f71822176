"""Calibration of heads: offsets of the classes that may have one, where they lower the loss."""

import numpy as np
import pytest

from training.encoder.calibrate import Array, calibrate, fit_head

CLASSES = 3
DOCS = [f"d{n % 20}" for n in range(600)]


def _sample(*, too_often: int | None) -> tuple[Array, np.ndarray]:
    """Logits of labels drawn from their softmax; those of a class are then raised by 1."""
    rng = np.random.default_rng(7)
    logits = rng.normal(0, 1.5, (len(DOCS), CLASSES))
    noise = rng.gumbel(size=logits.shape)
    truth = (logits + noise).argmax(1)
    if too_often is not None:
        logits[:, too_often] += 1.0
    return logits.astype(np.float32), truth


def test_a_class_that_is_said_too_often_gets_its_offset_alone() -> None:
    logits, truth = _sample(too_often=1)
    fitted, _ = calibrate(logits, truth, DOCS, free=[1])
    assert fitted.offsets[0] == fitted.offsets[2] == 0
    assert fitted.offsets[1] == pytest.approx(-1, abs=0.35)


def test_a_class_that_is_said_as_often_as_it_is_so_has_hardly_an_offset() -> None:
    logits, truth = _sample(too_often=None)
    fitted, _ = calibrate(logits, truth, DOCS, free=[1])
    assert fitted.offsets[1] == pytest.approx(0, abs=0.25)


def test_offsets_of_all_classes_have_mean_zero() -> None:
    logits, truth = _sample(too_often=2)
    assert sum(fit_head(logits, truth, free=[0, 1, 2]).offsets) == pytest.approx(0, abs=1e-6)
