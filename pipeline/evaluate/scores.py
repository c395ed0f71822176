"""Scores of one question with its baselines, and the evaluation that they make up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.metrics import (
    ClassScore,
    Figure,
    Indices,
    Interval,
    class_scores,
    confusion,
    expected_calibration_error,
    macro_f1,
    macro_f1_interval,
    weighted_f1,
)
from pipeline.judges.heads import Floats


@dataclass(frozen=True)
class Asked:
    """One question, put to a judge and to baselines on some rows.

    Attributes:
        gold: the annotated label of each row.
        probabilities: ``(n_rows, n_labels)``, columns in the order of ``labels``.
        docs: the document of each row.
        answers: labels that a baseline gives, by the baseline's name.
    """

    question: str
    labels: tuple[str, ...]
    gold: Sequence[str]
    probabilities: Floats
    docs: Sequence[str]
    answers: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class HoldingBack:
    """Thresholds of a question's labels, and the precision for which they were chosen."""

    precision: float
    thresholds: Mapping[str, float]


class Baseline(Figure):
    """A way to answer without this model, and its scores."""

    name: str
    macro_f1: Interval
    weighted_f1: float
    accuracy: float | None = None


class Kept(Figure):
    """Decided predictions of one label: those at or over its threshold.

    Attributes:
        precision: of the predictions that are kept; null where none is.
    """

    label: str
    threshold: float
    predicted: int
    kept: int
    precision: float | None


class Abstention(Figure):
    """What the judge decides at its thresholds, and the accuracy of that.

    Attributes:
        target: the precision for which the thresholds were chosen on dev.
        coverage: share of the rows that are decided.
        accuracy: of the rows that are decided; null where none is.
    """

    target: float
    coverage: float
    accuracy: float | None
    labels: tuple[Kept, ...]


class DocScore(Figure):
    """Scores of a question in one document.

    Attributes:
        worst: the most frequent mistake, as ``gold > predicted (times)``; null where there is none.
    """

    doc: str
    n_rows: int
    macro_f1: float
    accuracy: float
    worst: str | None


class QuestionScore(Figure):
    """Scores of one question.

    Attributes:
        confusion: gold labels in rows, predicted in columns.
        calibration_error: expected calibration error of the most probable label.
        abstention: null where the judge has no thresholds for the question.
        by_doc: the worst document first; empty where it was not asked for.
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
    abstention: Abstention | None = None
    by_doc: tuple[DocScore, ...] = ()


class Evaluation(Figure):
    """A model's scores on one split of one or more files.

    Attributes:
        n_failed: rows that the judge gave no usable answer for; they are in no score.
    """

    task: str
    model: str
    files: tuple[str, ...]
    split: str
    n_rows: int
    n_docs: int
    seed: int
    questions: tuple[QuestionScore, ...]
    n_failed: int = 0

    def question(self, name: str) -> QuestionScore:
        """Return the score of one question by its name."""
        return next(score for score in self.questions if score.question == name)


def score_question(
    asked: Asked, *, seed: int, holding_back: HoldingBack | None = None, by_doc: bool = False
) -> QuestionScore:
    """Score probabilities against gold, with the majority class and other baselines.

    Args:
        asked: the question, its gold labels and the answers.
        seed: of the bootstrap.
        holding_back: thresholds under which the judge does not decide.
        by_doc: also score each document.
    """
    index = {label: i for i, label in enumerate(asked.labels)}
    gold = np.array([index[label] for label in asked.gold])
    predicted = asked.probabilities.argmax(axis=1)
    matrix = confusion(gold, predicted, len(index))
    majority = Counter(asked.gold).most_common(1)[0][0]

    def interval(answer: Indices) -> Interval:
        return macro_f1_interval(gold, answer, asked.docs, n_labels=len(index), seed=seed)

    baselines = []
    for name, given in {"majority": [majority] * len(gold), **asked.answers}.items():
        answer = np.array([index[label] for label in given])
        baselines.append(
            Baseline(
                name=name,
                macro_f1=interval(answer),
                weighted_f1=round(weighted_f1(gold, answer), 4),
                accuracy=round(float((gold == answer).mean()), 4),
            )
        )
    return QuestionScore(
        question=asked.question,
        labels=tuple(asked.labels),
        n_rows=len(gold),
        macro_f1=interval(predicted),
        weighted_f1=round(weighted_f1(gold, predicted), 4),
        accuracy=round(float((gold == predicted).mean()), 4),
        calibration_error=expected_calibration_error(asked.probabilities, gold),
        classes=class_scores(gold, predicted, asked.labels),
        confusion=tuple(tuple(int(n) for n in row) for row in matrix),
        baselines=tuple(baselines),
        abstention=_abstention(asked, gold, holding_back) if holding_back else None,
        by_doc=_by_doc(asked, gold, predicted) if by_doc else (),
    )


def _abstention(asked: Asked, gold: Indices, holding_back: HoldingBack) -> Abstention:
    predicted, confidence = asked.probabilities.argmax(axis=1), asked.probabilities.max(axis=1)
    least = np.array([holding_back.thresholds.get(label, 0.0) for label in asked.labels])
    kept, right = confidence >= least[predicted], predicted == gold
    labels = []
    for i, label in enumerate(asked.labels):
        mine = predicted == i
        labels.append(
            Kept(
                label=label,
                threshold=float(least[i]),
                predicted=int(mine.sum()),
                kept=int((mine & kept).sum()),
                precision=_share(right[mine & kept]),
            )
        )
    return Abstention(
        target=holding_back.precision,
        coverage=round(float(kept.mean()), 4),
        accuracy=_share(right[kept]),
        labels=tuple(labels),
    )


def _share(right: NDArray[np.bool_]) -> float | None:
    return round(float(right.mean()), 4) if len(right) else None


def _by_doc(asked: Asked, gold: Indices, predicted: Indices) -> tuple[DocScore, ...]:
    docs, found = np.array(asked.docs), []
    for doc in sorted(set(asked.docs)):
        mine = docs == doc
        matrix = confusion(gold[mine], predicted[mine], len(asked.labels))
        mistakes = matrix - np.diag(np.diag(matrix))
        row, column = np.unravel_index(mistakes.argmax(), mistakes.shape)
        times = int(mistakes[row, column])
        pair = f"{asked.labels[row]} > {asked.labels[column]} ({times})" if times else None
        found.append(
            DocScore(
                doc=doc,
                n_rows=int(mine.sum()),
                macro_f1=round(macro_f1(gold[mine], predicted[mine]), 4),
                accuracy=round(float((gold[mine] == predicted[mine]).mean()), 4),
                worst=pair,
            )
        )
    return tuple(sorted(found, key=lambda score: (score.macro_f1, score.doc)))
