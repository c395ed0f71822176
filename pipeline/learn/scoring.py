"""Scoring models on annotated rows, beside baselines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pipeline.errors import InputError
from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row
from pipeline.learn.baselines import lexicon_component, lexicon_kind, lexicon_stance
from pipeline.learn.gold import COMPONENTS, KINDS, STANCES, ClaimRow, StanceRow
from pipeline.learn.metrics import (
    ClassScore,
    Interval,
    class_scores,
    confusion,
    expected_calibration_error,
    macro_f1_interval,
    weighted_f1,
)
from pipeline.stages.judgement import ClaimsJudge, StanceJudge

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


def score_claims(
    model: ClaimsJudge,
    rows: Sequence[ClaimRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
) -> Evaluation:
    """Score component, argument or not, claim or premise, and kind."""
    rows = _of_split(rows, split, files)
    judged = model.judge([row.row for row in rows], reader)
    component = np.array([[j.components[label] for label in COMPONENTS] for j in judged])
    questions = [
        _score(
            "component",
            COMPONENTS,
            [row.component for row in rows],
            component,
            rows,
            seed,
            lambda row: lexicon_component(row, reader),
        ),
        _argument(rows, component, reader, seed),
        _claim_or_premise(rows, component, reader, seed),
    ]
    kinds = [i for i, row in enumerate(rows) if row.kind is not None and judged[i].kinds]
    if kinds:
        values = np.array([[(judged[i].kinds or {})[label] for label in KINDS] for i in kinds])
        claims = [rows[i] for i in kinds]
        questions.append(
            _score(
                "kind of gold claims",
                KINDS,
                [str(row.kind) for row in claims],
                values,
                claims,
                seed,
                lambda row: lexicon_kind(row, reader),
            )
        )
    return _evaluation("claims", model.source, rows, split, files, seed, questions)


def score_stance(
    model: StanceJudge,
    rows: Sequence[StanceRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
) -> Evaluation:
    """Score the four-way stance, relevance, and polarity where gold says the row is about it.

    The annotated target is not shown to the model: it has to find its own.
    """
    rows = _of_split(rows, split, files)
    unmarked = [
        Row(r.row.text, r.row.context_before, r.row.context_after, r.row.question, None, r.row.date)
        for r in rows
    ]
    judged = model.judge(unmarked, reader)
    four = np.array([[j.probabilities[label] for label in STANCES] for j in judged])
    gold = [row.stance for row in rows]

    def lexicon(row: Row) -> str:
        return lexicon_stance(row, reader)

    questions = [_score("stance", STANCES, gold, four, rows, seed, lexicon)]
    about = np.column_stack([four[:, :3].sum(axis=1), four[:, 3]])
    questions.append(
        _score(
            "relevance",
            ("about", "none"),
            [_about(label) for label in gold],
            about,
            rows,
            seed,
            lambda row: _about(lexicon(row)),
        )
    )
    chosen = [i for i, label in enumerate(gold) if label != "none"]
    if chosen:
        polar = four[chosen, :3] / np.maximum(four[chosen, :3].sum(axis=1, keepdims=True), 1e-9)
        questions.append(
            _score(
                "polarity of gold relevant",
                STANCES[:3],
                [gold[i] for i in chosen],
                polar,
                [rows[i] for i in chosen],
                seed,
                lambda row: _polar(lexicon(row)),
            )
        )
    return _evaluation("stance", model.source, rows, split, files, seed, questions)


def _about(label: str) -> str:
    return "none" if label == "none" else "about"


def _polar(label: str) -> str:
    return "neutral" if label == "none" else label


def _argument(
    rows: Sequence[ClaimRow], component: Floats, reader: Reader, seed: int
) -> QuestionScore:
    values = np.column_stack([component[:, 0] + component[:, 1], component[:, 2]])
    gold = ["none" if row.component == "none" else "argument" for row in rows]
    return _score(
        "argument or not",
        ("argument", "none"),
        gold,
        values,
        rows,
        seed,
        lambda row: "none" if lexicon_component(row, reader) == "none" else "argument",
    )


def _claim_or_premise(
    rows: Sequence[ClaimRow], component: Floats, reader: Reader, seed: int
) -> QuestionScore:
    chosen = [i for i, row in enumerate(rows) if row.component != "none"]
    values = component[chosen, :2] / np.maximum(
        component[chosen, :2].sum(axis=1, keepdims=True), 1e-9
    )
    return _score(
        "claim or premise of gold arguments",
        COMPONENTS[:2],
        [rows[i].component for i in chosen],
        values,
        [rows[i] for i in chosen],
        seed,
        lambda row: "premise" if lexicon_component(row, reader) == "premise" else "claim",
    )


def _score(
    question: str,
    labels: Sequence[str],
    gold_labels: Sequence[str],
    probabilities: Floats,
    rows: Sequence[ClaimRow] | Sequence[StanceRow],
    seed: int,
    lexicon: Callable[[Row], str],
) -> QuestionScore:
    index = {label: i for i, label in enumerate(labels)}
    gold = np.array([index[label] for label in gold_labels])
    predicted = probabilities.argmax(axis=1)
    docs = [row.doc for row in rows]
    matrix = confusion(gold, predicted, len(labels))
    majority = Counter(gold_labels).most_common(1)[0][0]
    answers: Mapping[str, Sequence[str]] = {
        "majority": [majority] * len(rows),
        "lexicon": [lexicon(row.row) for row in rows],
    }

    def interval(answer: NDArray[np.int_]) -> Interval:
        return macro_f1_interval(gold, answer, docs, n_labels=len(labels), seed=seed)

    baselines = []
    for name, given in answers.items():
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


def _of_split(rows: Sequence[RowT], split: str, files: Sequence[str]) -> list[RowT]:
    chosen = [row for row in rows if row.split == split]
    if not chosen:
        there = ", ".join(sorted({row.split for row in rows})) or "none"
        raise InputError(
            f'{", ".join(files)}: no row has the split "{split}"; splits found: {there}'
        )
    return chosen


def _evaluation(
    task: str,
    model: str,
    rows: Sequence[ClaimRow] | Sequence[StanceRow],
    split: str,
    files: Sequence[str],
    seed: int,
    questions: Sequence[QuestionScore],
) -> Evaluation:
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
