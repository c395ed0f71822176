"""Figures of an evaluation: scores of one question, baselines, and how they are computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pipeline.errors import InputError
from pipeline.features.heads import Floats
from pipeline.learn.gold import ClaimRow, StanceRow
from pipeline.learn.metrics import (
    ClassScore,
    Interval,
    class_scores,
    confusion,
    expected_calibration_error,
    macro_f1_interval,
    weighted_f1,
)

RowT = TypeVar("RowT", ClaimRow, StanceRow)


class _Figure(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Baseline(_Figure):
    """A way to answer without learning, and how far it gets."""

    name: str
    macro_f1: Interval
    weighted_f1: float


class QuestionScore(_Figure):
    """How well one question is answered.

    Attributes:
        confusion: gold labels in rows, predicted in columns.
        calibration_error: expected calibration error of the most probable label.
    """

    question: str
    labels: tuple[str, ...]
    n_rows: int
    macro_f1: Interval
    weighted_f1: float
    accuracy: float
    calibration_error: float
    classes: tuple[ClassScore, ...]
    confusion: tuple[tuple[int, ...], ...]
    baselines: tuple[Baseline, ...]


class Evaluation(_Figure):
    """A model's scores on one split of one or more files."""

    task: str
    model: str
    files: tuple[str, ...]
    split: str
    n_rows: int
    n_docs: int
    seed: int
    questions: tuple[QuestionScore, ...]

    def question(self, name: str) -> QuestionScore:
        """Return the score of one question by its name."""
        return next(score for score in self.questions if score.question == name)


def score_question(
    question: str,
    labels: Sequence[str],
    gold_labels: Sequence[str],
    probabilities: Floats,
    rows: Sequence[ClaimRow] | Sequence[StanceRow],
    seed: int,
    answers: Mapping[str, Sequence[str]],
) -> QuestionScore:
    """Score probabilities against gold, beside the majority class and other answers.

    Args:
        probabilities: ``(n_rows, n_labels)``, columns in the order of ``labels``.
        answers: labels that a baseline gives, by the baseline's name.
    """
    index = {label: i for i, label in enumerate(labels)}
    gold = np.array([index[label] for label in gold_labels])
    predicted = probabilities.argmax(axis=1)
    docs = [row.doc for row in rows]
    matrix = confusion(gold, predicted, len(labels))
    majority = Counter(gold_labels).most_common(1)[0][0]

    def interval(answer: NDArray[np.int_]) -> Interval:
        return macro_f1_interval(gold, answer, docs, n_labels=len(labels), seed=seed)

    baselines = []
    for name, given in {"majority": [majority] * len(rows), **answers}.items():
        answer = np.array([index[label] for label in given])
        weighted = weighted_f1(confusion(gold, answer, len(labels)))
        baselines.append(
            Baseline(name=name, macro_f1=interval(answer), weighted_f1=round(weighted, 4))
        )
    return QuestionScore(
        question=question,
        labels=tuple(labels),
        n_rows=len(rows),
        macro_f1=interval(predicted),
        weighted_f1=round(weighted_f1(matrix), 4),
        accuracy=round(float((gold == predicted).mean()), 4),
        calibration_error=expected_calibration_error(probabilities, gold),
        classes=class_scores(matrix, labels),
        confusion=tuple(tuple(int(n) for n in row) for row in matrix),
        baselines=tuple(baselines),
    )


def rows_of_split(rows: Sequence[RowT], split: str, files: Sequence[str]) -> list[RowT]:
    """Return the rows of one split.

    Raises:
        InputError: there is none; the message lists the splits found.
    """
    chosen = [row for row in rows if row.split == split]
    if not chosen:
        there = ", ".join(sorted({row.split for row in rows})) or "none"
        raise InputError(
            f'{", ".join(files)}: no row has the split "{split}"; splits found: {there}'
        )
    return chosen


def evaluation_of(
    task: str,
    model: str,
    rows: Sequence[ClaimRow] | Sequence[StanceRow],
    split: str,
    files: Sequence[str],
    seed: int,
    questions: Sequence[QuestionScore],
) -> Evaluation:
    """Put the scores of a model's questions together."""
    return Evaluation(
        task=task,
        model=model,
        files=tuple(files),
        split=split,
        n_rows=len(rows),
        n_docs=len({row.doc for row in rows}),
        seed=seed,
        questions=tuple(questions),
    )
