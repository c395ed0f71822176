"""Probabilities of scores, and their calibration."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def softmax(scores: Floats) -> Floats:
    """Return probabilities of scores, ``(n_rows, n_labels)``, row by row."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def calibrate(
    scores: Floats, y: NDArray[Any], *, with_bias: bool, ridge: float = 0.0
) -> tuple[float, Floats]:
    """Return the temperature and bias with the lowest log loss on held-out scores.

    Args:
        scores: ``(n_rows, n_labels)``.
        y: index of each row's label.
        with_bias: fit a bias too, else it is zero.
        ridge: penalty that keeps the temperature near one and the bias near zero.
    """
    from scipy.optimize import minimize  # a run that fits nothing does without

    n_labels = scores.shape[1]

    def loss(parameters: Floats) -> float:
        bias = np.concatenate([[0.0], parameters[1:]]) if with_bias else np.zeros(n_labels)
        probabilities = softmax(scores / np.exp(parameters[0]) + bias)
        mean = -np.log(probabilities[np.arange(len(y)), y] + 1e-12).mean()
        return float(mean + ridge * (parameters**2).sum())

    start = np.zeros(n_labels if with_bias else 1)
    best = minimize(loss, start, method="L-BFGS-B", bounds=[(-3.0, 3.0)] * len(start)).x
    bias = np.concatenate([[0.0], best[1:]]) if with_bias else np.zeros(n_labels)
    return float(np.exp(best[0])), bias
