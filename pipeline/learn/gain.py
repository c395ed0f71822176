"""What one way to answer gains over another on the same rows: a paired bootstrap over documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pipeline.learn.metrics import macro_f1

SURE = 0.8


class Gain(BaseModel):
    """A difference in macro-F1 with its 95 % interval.

    Attributes:
        positive: share of the bootstrap's draws in which the new answers are better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float
    high: float
    positive: float

    @property
    def helps(self) -> bool:
        """Whether the new answers are better in at least four of five draws."""
        return self.value > 0 and self.positive >= SURE


def paired_gain(
    gold: NDArray[np.int_],
    old: NDArray[np.int_],
    new: NDArray[np.int_],
    docs: Sequence[str],
    *,
    n_labels: int,
    seed: int,
    draws: int = 1000,
) -> Gain:
    """Return what new answers gain over old ones in macro-F1.

    Both are scored on the same drawn documents, so that how hard these are cancels out (paired
    bootstrap: Berg-Kirkpatrick, Burkett and Klein 2012, EMNLP; whole documents: Field and Welsh
    2007).

    Args:
        gold: index of the label of each row, as ``old`` and ``new`` are.
        docs: the document of each row.
    """
    names = {doc: i for i, doc in enumerate(sorted(set(docs)))}
    owner = np.array([names[doc] for doc in docs])
    counts = np.zeros((2, len(names), n_labels, n_labels), dtype=int)
    for side, answers in enumerate((old, new)):
        np.add.at(counts[side], (owner, gold, answers), 1)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    gains = []
    for times in drawn:
        before, after = np.tensordot(counts, times, axes=(1, 0))
        gains.append(macro_f1(after) - macro_f1(before))
    low, high = np.percentile(gains, [2.5, 97.5])
    before, after = counts.sum(axis=1)
    return Gain(
        value=round(macro_f1(after) - macro_f1(before), 4),
        low=round(float(low), 4),
        high=round(float(high), 4),
        positive=round(float(np.mean(np.array(gains) > 0)), 3),
    )
