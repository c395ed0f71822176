"""Stance toward the West composed from two questions: is it about the West, and which way.

Composed: P(none) = 1 - P(about), and P(about) shared out by the polarity toward the target found.
Direct: the four-way head. Their mean is the third way; dev chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.encoder.templates import frame_plain, frame_target
from pipeline.learn.finetune.rows import LABELS, read_context
from pipeline.learn.finetune.targets import find_western

Array = npt.NDArray[np.float32]
Predict = Callable[[Sequence[tuple[str, str]]], Mapping[str, Array]]
MEANT = "the West"
WAYS = ("direct", "composed", "mean")


@dataclass(frozen=True)
class Verdict:
    """Probabilities of one set of sentences: the plain heads, and polarity toward their targets."""

    plain: Mapping[str, Array]
    polarity: Array
    named: npt.NDArray[np.bool_]


def judge_records(
    records: Sequence[Mapping[str, Any]], predict: Predict, *, most: int = 2
) -> Verdict:
    """Judge interview records; polarity (n, 3) is the mean over the first `most` targets named.

    Where none is named, the target is "the West", only meant.
    """
    plain, marked, owner = [], [], []
    for i, r in enumerate(records):
        context = read_context(r)
        plain.append(frame_plain(r["text"], **context))
        spans = find_western(r["text"])[:most]
        for start, end in spans:
            name = r["text"][start:end]
            marked.append(frame_target(r["text"], name, start=start, end=end, **context))
        if not spans:
            marked.append(frame_target(r["text"], MEANT, **context))
        owner += [i] * max(1, len(spans))
    found = predict(marked)["polarity"]
    at = np.array(owner)
    polarity = np.stack([found[at == i].mean(axis=0) for i in range(len(records))])
    named = np.array([bool(find_western(r["text"])) for r in records])
    return Verdict(predict(plain), polarity, named)


def compose(verdict: Verdict, way: str) -> Array:
    """Four-way probabilities (n, 4) in the order of the stance labels, one of `WAYS`."""
    direct = verdict.plain["stance"]
    about = verdict.plain["west"][:, 1:]
    columns = [LABELS["polarity"].index(name) for name in LABELS["stance"][1:]]
    composed = np.concatenate([1 - about, about * verdict.polarity[:, columns]], axis=1)
    shares: dict[str, Array] = {
        "direct": direct,
        "composed": composed,
        "mean": (direct + composed) / 2,
    }
    return shares[way]
