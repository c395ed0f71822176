"""Scoring judges on annotated rows, question by question, beside baselines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.features.featuriser import Reader
from pipeline.learn.asking import ask_claims, ask_stance, ask_targeted
from pipeline.learn.figures import (
    Asked,
    Evaluation,
    HoldingBack,
    QuestionScore,
    evaluation_of,
    rows_of_split,
    score_question,
)
from pipeline.learn.gold import ClaimRow, StanceRow
from pipeline.stages.judgement import ClaimsJudge, StanceJudge

ByQuestion = Mapping[str, HoldingBack]


def score_claims(
    model: ClaimsJudge,
    rows: Sequence[ClaimRow],
    reader: Reader,
    *,
    split: str,
    files: Sequence[str],
    seed: int,
    linear: ClaimsJudge | None = None,
    holding_back: ByQuestion | None = None,
    by_doc: bool = False,
) -> Evaluation:
    """Score component, argument or not, claim or premise, and kind.

    Args:
        linear: a model to be shown as a baseline beside the lexicon.
        holding_back: the judge's thresholds for abstention, by question.
        by_doc: also score each document.
    """
    rows = rows_of_split(rows, split, files)
    asked = ask_claims(model, rows, reader, linear=linear)
    questions = _scores(asked, seed, holding_back, by_doc)
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
    holding_back: ByQuestion | None = None,
    by_doc: bool = False,
) -> Evaluation:
    """Score the four-way stance, relevance, and polarity where gold says the row is about it.

    Args are those of ``score_claims``.
    """
    rows = rows_of_split(rows, split, files)
    asked = ask_stance(model, rows, reader, linear=linear)
    questions = _scores(asked, seed, holding_back, by_doc)
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
    holding_back: ByQuestion | None = None,
    by_doc: bool = False,
) -> Evaluation:
    """Score the polarity toward each row's own marked target, whoever that is.

    Args are those of ``score_claims``.
    """
    rows = [row for row in rows_of_split(rows, split, files) if row.row.target is not None]
    asked = ask_targeted(model, rows, reader, linear=linear)
    questions = _scores(asked, seed, holding_back, by_doc)
    return evaluation_of("targeted", model.source, rows, split, files, seed, questions)


def _scores(
    asked: Iterable[Asked], seed: int, holding_back: ByQuestion | None, by_doc: bool
) -> list[QuestionScore]:
    given = holding_back or {}
    return [
        score_question(one, seed=seed, holding_back=given.get(one.question), by_doc=by_doc)
        for one in asked
    ]
