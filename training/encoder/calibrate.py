"""Calibration of heads on dev: a temperature, and class offsets if they lower held-out loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from training.encoder.passages import LABELS, SPAN_LABELS

if TYPE_CHECKING:
    from training.encoder.fit import Item  # needs torch

Array = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
_INTERVIEWS = ("interviews", "interviews_west", "interviews_more", "interviews_experts")
CALIBRATED_ON: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "component": (_INTERVIEWS, LABELS["component"]),
    "component_argunsc": (("argunsc",), LABELS["component_argunsc"]),
    "kind": (_INTERVIEWS, LABELS["kind"]),
    "west": (_INTERVIEWS, ()),
    "polarity": ((*_INTERVIEWS, "newsmtsc"), ()),
    "stance": (_INTERVIEWS, ("favor",)),
    "attributed": (_INTERVIEWS, ()),
    "holder": (_INTERVIEWS, ()),
}
"""By head: the sources of its dev rows, and the classes whose offset may be fitted. Favor is taught
more often than interviews have it, so its offset brings it back to their mix; offsets of all sides
would also hide criticism."""


@dataclass(frozen=True)
class Calibration:
    """Probabilities are softmax(logits / temperature + offsets)."""

    temperature: float
    offsets: tuple[float, ...]

    def apply(self, logits: Array) -> Doubles:
        """Return calibrated probabilities (n, k) of logits (n, k)."""
        scores = logits.astype(np.float64) / self.temperature + np.asarray(self.offsets)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Doubles = powers / powers.sum(axis=1, keepdims=True)
        return shares


def log_loss(probs: Doubles, truth: npt.NDArray[np.int64]) -> float:
    """Return the mean negative log likelihood of labels `truth` (n,) under `probs` (n, k)."""
    return float(-np.log(probs[np.arange(len(truth)), truth].clip(1e-9)).mean())


def fit_head(
    logits: Array, truth: npt.NDArray[np.int64], *, free: Sequence[int], ridge: float = 0.02
) -> Calibration:
    """Return the calibration with the lowest log loss; `ridge` penalises offsets.

    Args:
        free: the columns that get an offset.
    """
    k = logits.shape[1]

    def read(x: npt.NDArray[np.float64]) -> Calibration:
        shift = np.zeros(k)
        shift[list(free)] = x[1:] - x[1:].mean() if len(free) == k else x[1:]
        return Calibration(float(np.exp(x[0])), tuple(float(v) for v in shift))

    def cost(x: npt.NDArray[np.float64]) -> float:
        return log_loss(read(x).apply(logits), truth) + ridge * float((x[1:] ** 2).sum())

    return read(minimize(cost, np.zeros(1 + len(free)), method="L-BFGS-B").x)


def calibrate(
    logits: Array,
    truth: npt.NDArray[np.int64],
    docs: Sequence[str],
    *,
    free: Sequence[int],
    folds: int = 5,
) -> tuple[Calibration, float]:
    """Return the calibration of all rows, and its log loss in cross-validation by document.

    Args:
        free: the columns that get an offset if that lowers the loss.
    """
    names = sorted(set(docs))
    fold = np.array([names.index(d) % folds for d in docs])
    losses: dict[tuple[int, ...], float] = {}
    for shift in {(), tuple(free)}:
        parts = [
            log_loss(
                fit_head(logits[fold != f], truth[fold != f], free=shift).apply(logits[fold == f]),
                truth[fold == f],
            )
            * float((fold == f).mean())
            for f in range(folds)
            if (fold == f).any() and (fold != f).any()
        ]
        losses[shift] = sum(parts)
    best = min(losses, key=lambda shift: losses[shift])
    return fit_head(logits, truth, free=best), losses[best]


def calibrate_heads(
    items: Sequence[Item], logits: Sequence[Mapping[str, Array]]
) -> dict[str, Calibration]:
    """Return the calibration of every head on the dev items of `CALIBRATED_ON`.

    Args:
        logits: by head, of each item's units or spans, (n, k).
    """
    fitted = {}
    for head, (sources, names) in CALIBRATED_ON.items():
        scores, truth, docs = head_rows(head, items, logits, sources)
        free = [{**LABELS, **SPAN_LABELS}[head].index(name) for name in names]
        fitted[head], _ = calibrate(scores, truth, docs, free=free)
    return fitted


def head_rows(
    head: str,
    items: Sequence[Item],
    logits: Sequence[Mapping[str, Array]],
    sources: Sequence[str],
) -> tuple[Array, npt.NDArray[np.int64], list[str]]:
    """Return logits (n, k), labels (n,) and documents of the labelled rows of a head."""
    scores, truth, docs = [], [], []
    for item, found in zip(items, logits, strict=True):
        known = item.labels[head] >= 0
        if item.source in sources and known.any():
            scores.append(found[head][known])
            truth.append(item.labels[head][known])
            docs += [item.doc] * int(known.sum())
    return np.concatenate(scores), np.concatenate(truth), docs


def state_calibration(fitted: Mapping[str, Calibration]) -> dict[str, Any]:
    """Return the calibration as meta.json lists it."""
    return {
        head: {
            "temperature": round(one.temperature, 4),
            "offsets": [round(v, 4) for v in one.offsets],
        }
        for head, one in fitted.items()
    }
