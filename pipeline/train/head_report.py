"""What retraining heads came to: each way's figures, what it gains, what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from pipeline.evaluate.metrics import Gain, Indices, macro_f1, paired_gain
from pipeline.evaluate.scores import Asked, QuestionScore, score_question
from pipeline.features.heads import Floats
from pipeline.train.head_fit import SHIPPED, WAYS, Way

CROSS_VALIDATION = "cross-validation"
DEV = "dev"


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Compared(_Report):
    """The ways of one head on the same rows.

    Attributes:
        on: ``cross-validation`` over documents of the training rows, or a held-out split.
        scores: by way.
        gain: of the candidate over the shipped head.
    """

    on: str
    rows: int
    docs: int
    scores: dict[str, QuestionScore]
    gain: Gain


class HeadResult(_Report):
    """How retraining one head went.

    Attributes:
        base: the shipped head it starts from.
        candidate: the better of the two new ways in cross-validation.
        inverse: inverse regularisation of the retrained way.
        balanced: whether labels weighed the same in it.
        decided_on: whose gain decided: ``dev`` where there is one, else cross-validation.
        helps: whether the candidate is better there in at least four of five bootstrap draws.
        kept: the way that is stored.
    """

    head: str
    base: str
    rows: int
    docs: int
    compared: tuple[Compared, ...]
    candidate: str
    inverse: float
    balanced: bool
    decided_on: str
    helps: bool
    kept: str


class HeadReport(_Report):
    """What ``westward train`` did.

    Attributes:
        folder: of the model; null where nothing was better than shipped, and nothing was written.
        shipped: heads without a labelled row, which stay as shipped.
    """

    name: str
    encoder: str
    folder: Path | None
    rows: int
    heads: tuple[HeadResult, ...]
    shipped: tuple[str, ...] = ()


def compare(
    on: str,
    answers: Mapping[str, Floats],
    gold: Indices,
    docs: tuple[str, ...],
    *,
    head: str,
    labels: tuple[str, ...],
    candidate: str,
    seed: int,
) -> Compared:
    """Score each way's probabilities on the same rows, and the candidate against the shipped."""
    named = [labels[i] for i in gold]
    return Compared(
        on=on,
        rows=len(gold),
        docs=len(set(docs)),
        scores={
            way: score_question(Asked(head, labels, named, shares, list(docs), {}), seed=seed)
            for way, shares in answers.items()
        },
        gain=paired_gain(
            gold,
            answers[SHIPPED].argmax(axis=1),
            answers[candidate].argmax(axis=1),
            docs,
            n_labels=len(labels),
            seed=seed,
        ),
    )


def better_way(ways: Mapping[str, Way], gold: Indices) -> str:
    """Return the new way with the higher macro-F1 in cross-validation, the simpler of equals."""

    def score(way: str) -> float:
        return macro_f1(gold, ways[way].held_out.argmax(axis=1))

    return max((way for way in WAYS if way != SHIPPED), key=lambda way: round(score(way), 4))


def indices(labels: tuple[str, ...], values: list[str]) -> Indices:
    """Return the index of each value among the labels."""
    at = {label: i for i, label in enumerate(labels)}
    return np.array([at[value] for value in values])
