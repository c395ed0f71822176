"""Predict with the torch network, and score probabilities against hard labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from sklearn.metrics import f1_score

from training.finetune.batches import Encoded, pad
from training.finetune.net import Tagger
from training.finetune.rows import LABELS, Row


def predict_items(
    model: Tagger, items: Sequence[Encoded], *, pad_id: int, batch: int = 64, half: bool = True
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Logits a head, each (n, k) float32, and pooled states (n, 2 * width) float32."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    logits = {h: np.zeros((len(items), len(LABELS[h])), np.float32) for h in model.heads}
    states = np.zeros((len(items), 2 * model.trunk.shape.width), np.float32)
    model.eval()
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        ids, mask, types = pad([items[i] for i in rows], pad_id=pad_id)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=half):
            found, pooled = model(ids, mask, types)
            for head, scores in found.items():
                logits[head][rows] = scores.float().numpy()
            states[rows] = pooled.float().numpy()
    return logits, states


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of (n, k) logits."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    out: np.ndarray = e / e.sum(axis=1, keepdims=True)
    return out


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """Macro-F1 over the labels present in truth or guess."""
    return float(f1_score(truth, guess, average="macro"))


def calibration_error(truth: np.ndarray, probs: np.ndarray, *, bins: int = 15) -> float:
    """Expected calibration error of the top class, equal-width bins (Guo et al. 2017)."""
    top, right = probs.max(1), probs.argmax(1) == truth
    index = np.minimum((top * bins).astype(int), bins - 1)
    gaps = [
        abs(right[index == b].mean() - top[index == b].mean()) * (index == b).mean()
        for b in range(bins)
        if (index == b).any()
    ]
    return float(sum(gaps))


def score_heads(logits: Mapping[str, np.ndarray], rows: Sequence[Row]) -> dict[str, float]:
    """Macro-F1 of each head on each source's rows that carry its label, `source/head`."""
    scores: dict[str, float] = {}
    for source in sorted({r.source for r in rows}):
        for head in LABELS:
            at = [i for i, r in enumerate(rows) if r.source == source and head in r.labels]
            if at:
                truth = np.array([rows[i].labels[head] for i in at])
                scores[f"{source}/{head}"] = macro_f1(truth, logits[head][at].argmax(1))
    return scores
