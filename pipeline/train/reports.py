"""Reports of training: figures of the new heads beside the shipped ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.evaluate.metrics import Figure, Gain, paired_gain
from pipeline.evaluate.scores import Asked, QuestionScore, score_question
from pipeline.judges.heads import Floats
from pipeline.train.head_fit import SHIPPED, Problem

CROSS_VALIDATION = "cross-validation"
DEV = "dev"


class Compared(Figure):
    """The shipped, recalibrated and retrained versions of one head on the same rows.

    Attributes:
        on: ``cross-validation`` over documents of the training rows, or a held-out split.
        scores: by version.
        gain: of the candidate over the shipped head.
    """

    on: str
    rows: int
    docs: int
    scores: dict[str, QuestionScore]
    gain: Gain


class HeadResult(Figure):
    """The result of retraining one head.

    Attributes:
        base: the shipped head it starts from.
        candidate: the better of the two new versions in cross-validation.
        inverse: inverse regularisation of the retrained version.
        balanced: whether its labels had equal weight.
        decided_on: ``dev`` if it has two documents or more, else ``cross-validation``: one has no
            interval.
        helps: whether the interval of the candidate's gain there is above 0.
        kept: the version that is stored.
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


class HeadReport(Figure):
    """The result of retraining all heads of a task.

    Attributes:
        folder: of the model; null if no head helped, so that nothing was written.
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
    problem: Problem,
    *,
    head: str,
    candidate: str,
    seed: int,
) -> Compared:
    """Score the probabilities of each version, and the candidate against the shipped head.

    Args:
        on: what the rows are, as in ``Compared``.
        answers: probabilities ``(n_rows, n_labels)`` by version.
    """
    gold, docs, labels = problem.gold, problem.docs, problem.labels
    named = [labels[i] for i in gold]
    return Compared(
        on=on,
        rows=len(gold),
        docs=len(set(docs)),
        scores={
            way: score_question(Asked(head, labels, named, shares, docs, {}), seed=seed)
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
