"""Linear classifiers as plain arrays: scores, calibrated probabilities, and the calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ArtefactError

Floats = NDArray[np.float64]


class LinearHead:
    """Multinomial logistic regression, calibrated by temperature and bias.

    Bias-corrected temperature scaling: Alexandari, Kundaje and Shrikumar (2020), ICML.

    Args:
        labels: in the order of the rows of ``coef``.
        coef: ``(n_labels, n_features)``.
        intercept: ``(n_labels,)``.
        temperature: divisor of the scores.
        bias: ``(n_labels,)``, added after the division.
    """

    def __init__(
        self,
        labels: Sequence[str],
        coef: NDArray[Any],
        intercept: NDArray[Any],
        *,
        temperature: float = 1.0,
        bias: NDArray[Any] | None = None,
    ) -> None:
        self.labels = tuple(labels)
        self.coef = np.asarray(coef, dtype=np.float32)
        self.intercept = np.asarray(intercept, dtype=np.float64)
        self.temperature = float(temperature)
        self.bias = np.zeros(len(self.labels)) if bias is None else np.asarray(bias, np.float64)

    def scores(self, matrix: NDArray[Any]) -> Floats:
        """Return uncalibrated scores, ``(n_rows, n_labels)``."""
        return np.asarray(matrix @ self.coef.T, dtype=np.float64) + self.intercept

    def probabilities(self, matrix: NDArray[Any]) -> Floats:
        """Return calibrated probabilities, ``(n_rows, n_labels)``; each row sums to one."""
        return softmax(self.scores(matrix) / self.temperature + self.bias)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the arrays to store, under ``head/<name>/<array>``."""
        stored: dict[str, NDArray[Any]] = {
            "coef": self.coef.astype(np.float16),
            "intercept": self.intercept,
            "temperature": np.array(self.temperature),
            "bias": self.bias,
        }
        return {f"head/{name}/{key}": array for key, array in stored.items()}

    @classmethod
    def from_arrays(
        cls, name: str, labels: Sequence[str], arrays: Mapping[str, NDArray[Any]]
    ) -> LinearHead:
        """Rebuild a stored head.

        Raises:
            ArtefactError: an array is missing or does not fit the labels.
        """
        try:
            part = {key: arrays[f"head/{name}/{key}"] for key in _STORED}
        except KeyError as error:
            raise ArtefactError(
                f'weights.npz: array {error} is missing; expected the head "{name}"; '
                "train the model again"
            ) from error
        if part["coef"].shape[0] != len(labels):
            raise ArtefactError(
                f'weights.npz: head "{name}" has {part["coef"].shape[0]} rows for '
                f"{len(labels)} labels; train the model again"
            )
        return cls(
            labels,
            part["coef"],
            part["intercept"],
            temperature=float(part["temperature"]),
            bias=part["bias"],
        )


_STORED = ("coef", "intercept", "temperature", "bias")


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
