"""Scoring judges on annotated rows, question by question, beside baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row
from pipeline.learn.baselines import (
    lexicon_component,
    lexicon_kind,
    lexicon_polarity,
    lexicon_stance,
)
from pipeline.learn.figures import (
    Evaluation,
    QuestionScore,
    evaluation_of,
    rows_of_split,
    score_question,
)
from pipeline.learn.gold import COMPONENTS, KINDS, STANCES, ClaimRow, StanceRow
from pipeline.stages.judgement import ClaimJudgement, ClaimsJudge, StanceJudge

POLARITIES = STANCES[:3]
Answers = Mapping[str, Sequence[str]]


def score_claims(
    model: ClaimsJudge,
    rows: Sequence[ClaimRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
    linear: ClaimsJudge | None = None,
) -> Evaluation:
    """Score component, argument or not, claim or premise, and kind.

    ``linear`` is a model to be shown as a baseline beside the lexicon.
    """
    rows = rows_of_split(rows, split, files)
    plain = [row.row for row in rows]
    judged = model.judge(plain, reader)
    probabilities = _components(judged)
    answers = {"lexicon": [lexicon_component(row, reader) for row in plain]}
    other = linear.judge(plain, reader) if linear else None
    if other is not None:
        answers["linear"] = [judgement.component for judgement in other]
    gold = [row.component for row in rows]
    questions = [
        score_question("component", COMPONENTS, gold, probabilities, rows, seed, answers),
        _argument(rows, probabilities, answers, seed),
        _claim_or_premise(rows, probabilities, _components(other), answers, seed),
    ]
    if (kind := _kind(rows, judged, other, reader, seed)) is not None:
        questions.append(kind)
    return evaluation_of("claims", model.source, rows, split, files, seed, questions)


def score_stance(
    model: StanceJudge,
    rows: Sequence[StanceRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
    linear: StanceJudge | None = None,
) -> Evaluation:
    """Score the four-way stance, relevance, and polarity where gold says the row is about it.

    The annotated target is not shown to the model: it has to find its own.
    """
    rows = rows_of_split(rows, split, files)
    unmarked = [replace(row.row, target=None) for row in rows]
    four = _four(model, unmarked, reader)
    gold = [row.stance for row in rows]
    answers = {"lexicon": [lexicon_stance(row, reader) for row in unmarked]}
    if linear is not None:
        best = _four(linear, unmarked, reader).argmax(axis=1)
        answers["linear"] = [STANCES[i] for i in best]
    about = np.column_stack([four[:, :3].sum(axis=1), four[:, 3]])
    questions = [
        score_question("stance", STANCES, gold, four, rows, seed, answers),
        score_question(
            "relevance",
            ("about", "none"),
            [_about(label) for label in gold],
            about,
            rows,
            seed,
            _mapped(answers, _about),
        ),
    ]
    chosen = [i for i, label in enumerate(gold) if label != "none"]
    if chosen:
        questions.append(
            score_question(
                "polarity of gold relevant",
                POLARITIES,
                [gold[i] for i in chosen],
                _share_of(four[chosen, :3]),
                [rows[i] for i in chosen],
                seed,
                _mapped(_chosen(answers, chosen), _polar),
            )
        )
    return evaluation_of("stance", model.source, rows, split, files, seed, questions)


def score_targeted(
    model: StanceJudge,
    rows: Sequence[StanceRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
    linear: StanceJudge | None = None,
) -> Evaluation:
    """Score the polarity toward each row's own marked target, whoever that is."""
    rows = [row for row in rows_of_split(rows, split, files) if row.row.target is not None]
    plain = [row.row for row in rows]
    answers = {"lexicon": [lexicon_polarity(row, reader) for row in plain]}
    if linear is not None:
        best = linear.polarities(plain, reader).argmax(axis=1)
        answers["linear"] = [POLARITIES[i] for i in best]
    gold = [row.stance for row in rows]
    values = model.polarities(plain, reader)
    question = score_question("polarity", POLARITIES, gold, values, rows, seed, answers)
    return evaluation_of("targeted", model.source, rows, split, files, seed, [question])


def _components(judged: Sequence[ClaimJudgement] | None) -> Floats:
    if judged is None:
        return np.zeros((0, len(COMPONENTS)))
    return np.array([[j.components[label] for label in COMPONENTS] for j in judged])


def _four(model: StanceJudge, rows: Sequence[Row], reader: Reader) -> Floats:
    judged = model.judge(rows, reader)
    return np.array([[j.probabilities[label] for label in STANCES] for j in judged])


def _argument(
    rows: Sequence[ClaimRow], component: Floats, answers: Answers, seed: int
) -> QuestionScore:
    values = np.column_stack([component[:, 0] + component[:, 1], component[:, 2]])
    gold = [_argues(row.component) for row in rows]
    labels = ("argument", "none")
    return score_question(
        "argument or not", labels, gold, values, rows, seed, _mapped(answers, _argues)
    )


def _claim_or_premise(
    rows: Sequence[ClaimRow], component: Floats, other: Floats, answers: Answers, seed: int
) -> QuestionScore:
    chosen = [i for i, row in enumerate(rows) if row.component != "none"]
    given = _mapped(_chosen(answers, chosen), _claims)
    if len(other):
        given["linear"] = [COMPONENTS[i] for i in other[chosen, :2].argmax(axis=1)]
    return score_question(
        "claim or premise of gold arguments",
        COMPONENTS[:2],
        [rows[i].component for i in chosen],
        _share_of(component[chosen, :2]),
        [rows[i] for i in chosen],
        seed,
        given,
    )


def _kind(
    rows: Sequence[ClaimRow],
    judged: Sequence[ClaimJudgement],
    other: Sequence[ClaimJudgement] | None,
    reader: Reader,
    seed: int,
) -> QuestionScore | None:
    kinds = [i for i, row in enumerate(rows) if row.kind is not None and judged[i].kinds]
    if not kinds:
        return None
    values = np.array([[(judged[i].kinds or {})[label] for label in KINDS] for i in kinds])
    answers = {"lexicon": [lexicon_kind(rows[i].row, reader) for i in kinds]}
    if other is not None and all(other[i].kinds for i in kinds):
        answers["linear"] = [_best(other[i].kinds or {}) for i in kinds]
    gold = [str(rows[i].kind) for i in kinds]
    claims = [rows[i] for i in kinds]
    return score_question("kind of gold claims", KINDS, gold, values, claims, seed, answers)


def _share_of(values: Floats) -> Floats:
    shares: Floats = values / np.maximum(values.sum(axis=1, keepdims=True), 1e-9)
    return shares


def _chosen(answers: Answers, chosen: Sequence[int]) -> dict[str, list[str]]:
    return {name: [given[i] for i in chosen] for name, given in answers.items()}


def _mapped(answers: Answers, change: Callable[[str], str]) -> dict[str, list[str]]:
    return {name: [change(label) for label in given] for name, given in answers.items()}


def _best(probabilities: Mapping[str, float]) -> str:
    return max(probabilities, key=lambda label: probabilities[label])


def _about(label: str) -> str:
    return "none" if label == "none" else "about"


def _polar(label: str) -> str:
    return "neutral" if label == "none" else label


def _argues(label: str) -> str:
    return "none" if label == "none" else "argument"


def _claims(label: str) -> str:
    return "premise" if label == "premise" else "claim"
