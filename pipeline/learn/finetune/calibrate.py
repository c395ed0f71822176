"""Calibrate a head on dev: one temperature, and offsets a class where they lower held-out loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """Probabilities are softmax(logits / temperature + offsets)."""

    temperature: float
    offsets: tuple[float, ...]

    def apply(self, logits: Array) -> Doubles:
        """Calibrated probabilities (n, k)."""
        scores = logits.astype(np.float64) / self.temperature + np.asarray(self.offsets)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
        return shares


def log_loss(probs: Doubles, truth: npt.NDArray[np.int64]) -> float:
    """Mean negative log likelihood."""
    return float(-np.log(probs[np.arange(len(truth)), truth].clip(1e-9)).mean())


def fit_head(
    logits: Array, truth: npt.NDArray[np.int64], *, offsets: bool, ridge: float = 0.02
) -> Calibration:
    """Fit by L-BFGS on the log loss, offsets held near 0 by `ridge`."""
    k = logits.shape[1]

    def read(x: npt.NDArray[np.float64]) -> Calibration:
        shift = x[1:] - x[1:].mean() if offsets else np.zeros(k)
        return Calibration(float(np.exp(x[0])), tuple(float(v) for v in shift))

    def cost(x: npt.NDArray[np.float64]) -> float:
        return log_loss(read(x).apply(logits), truth) + ridge * float((x[1:] ** 2).sum())

    return read(minimize(cost, np.zeros(1 + k), method="L-BFGS-B").x)


def calibrate(
    logits: Array,
    truth: npt.NDArray[np.int64],
    docs: Sequence[str],
    *,
    offsets: bool,
    folds: int = 5,
) -> tuple[Calibration, float]:
    """Fit on all rows; also the log loss in cross-validation by whole documents.

    With `offsets`, they are kept only if they lower that loss.
    """
    names = sorted(set(docs))
    fold = np.array([names.index(d) % folds for d in docs])
    losses: dict[bool, float] = {}
    for shift in {False, offsets}:
        parts = [
            log_loss(
                fit_head(logits[fold != f], truth[fold != f], offsets=shift).apply(
                    logits[fold == f]
                ),
                truth[fold == f],
            )
            * float((fold == f).mean())
            for f in range(folds)
            if (fold == f).any() and (fold != f).any()
        ]
        losses[shift] = sum(parts)
    best = min(losses, key=lambda shift: losses[shift])
    return fit_head(logits, truth, offsets=best), losses[best]
