"""Evaluate stored models, or a language model, on a file of annotated rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.artefacts import find_model
from pipeline.config import LLM, MODEL_CHOICES, Settings
from pipeline.encoder import is_encoder
from pipeline.errors import ConfigError, InputError
from pipeline.evaluate.annotations import (
    DATASET_ARGUNSC,
    ClaimRow,
    StanceRow,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.evaluate.questions import (
    ARGUMENT,
    COMPONENT,
    HEADS,
    KIND,
    LEANING,
    POLARITY,
    RELEVANCE,
    ROLE,
    STANCE,
    ask_claims,
    ask_stance,
    ask_targeted,
)
from pipeline.evaluate.scores import Asked, Evaluation, HoldingBack, RowT, rows_of_split, score_rows
from pipeline.judges.abstention import read_thresholds
from pipeline.judges.judgement import (
    ClaimJudgement,
    ClaimsJudge,
    StanceJudge,
    StanceJudgement,
)
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.judge import load_judge
from pipeline.judges.loader import ARGUNSC_HEAD, load_claims_judge, load_stance_judge
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import Row

ENCODER = MODEL_CHOICES["standard"][0]
TASKS: Mapping[str, tuple[str, ...]] = {
    "components": (COMPONENT, ARGUMENT, ROLE),
    "kind": (KIND,),
    "claims": (COMPONENT, ARGUMENT, ROLE, KIND),
    "west": (STANCE, RELEVANCE, LEANING),
    "stance": (STANCE, RELEVANCE, LEANING),
    "targeted": (POLARITY,),
}
"""What can be measured, and the questions each answers; ``claims`` and ``stance`` are groups."""
SHOWN = 0.5
"""The precision whose thresholds are shown where the settings ask for none."""


@dataclass(frozen=True)
class Plan:
    """What to measure, of which model, on which rows.

    Attributes:
        file: JSON lines as ``westward train`` reads them.
        split: of the rows.
        models: the folder of models; the usual places if not given.
        name: of the model; that of the settings if not given.
        by_doc: also score each document.
        answers: a batch file that a language model has answered, in place of its server.
    """

    file: Path
    split: str
    models: Path | None
    settings: Settings
    name: str | None = None
    by_doc: bool = False
    answers: Path | None = None

    def score(
        self,
        task: str,
        source: str,
        rows: Sequence[ClaimRow] | Sequence[StanceRow],
        asked: Sequence[Asked],
        holding_back: Mapping[str, HoldingBack] | None = None,
    ) -> Evaluation:
        """Score the questions that a judge was asked on the rows of the plan."""
        return score_rows(
            task,
            source,
            rows,
            asked,
            split=self.split,
            file=self.file.name,
            seed=self.settings.seed,
            holding_back=holding_back,
            by_doc=self.by_doc,
        )


def evaluate(task: str, plan: Plan) -> Evaluation:
    """Measure one of ``TASKS``, with baselines and with the thresholds for abstention.

    A file of ArgUNSC rows, whose definition of a claim is another, is judged by that definition.
    Of stance, rows without ``west`` are left out.

    Raises:
        InputError: a row is not as expected, none has the split, or none answers the question.
        ArtefactError: the model is missing or altered, or its thresholds are another model's.
        ConfigError: no thresholds are chosen for the precision that the settings ask for.
    """
    if task in ("components", "kind", "claims"):
        found = _claims(plan)
    else:
        found = _stance(plan, targeted=task == "targeted")
    questions = tuple(score for score in found.questions if score.question in TASKS[task])
    if not questions:
        raise InputError(
            f"{plan.file}: no row of the split {plan.split} answers the question "
            f'"{TASKS[task][0]}"; expected annotated rows, see corpus/gold/labels.jsonl'
        )
    return found.model_copy(update={"task": task, "questions": questions})


def _claims(plan: Plan) -> Evaluation:
    name = plan.name or plan.settings.claims.model
    if name == LLM:
        rows = read_claim_rows([plan.file])
        return _by_llm(plan, rows, ask_claims, load_claims_judge)
    rows = read_claim_rows([plan.file])
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    folder = find_model(name, models=plan.models)
    judge = load_claims_judge(name, models=plan.models, argunsc=argunsc)
    rows = rows_of_split(rows, plan.split, plan.file.name)
    asked = ask_claims(judge, rows, make_reader(plan.settings))
    # retrained heads have the one definition of a claim that they were trained on
    own = not argunsc or not is_encoder(folder)
    heads = {COMPONENT: HEADS[COMPONENT] if own else ARGUNSC_HEAD, KIND: HEADS[KIND]}
    held = _holding_back(folder, heads, plan.settings.claims.precision or SHOWN)
    return plan.score("claims", judge.source, rows, asked, held)


def _stance(plan: Plan, *, targeted: bool) -> Evaluation:
    rows = read_stance_rows([plan.file])
    name = plan.name or plan.settings.stance.model
    if name == LLM:
        if targeted:
            raise ConfigError("a language model is not asked about marked targets; use west")
        rows = [row for row in rows if row.toward_bloc]
        return _by_llm(plan, rows, ask_stance, load_stance_judge)
    folder = find_model(name, models=plan.models)
    judge = load_stance_judge(name, models=plan.models)
    rows = rows if targeted else [row for row in rows if row.toward_bloc]
    rows = rows_of_split(rows, plan.split, plan.file.name)
    if targeted:
        rows = [row for row in rows if row.row.target is not None]
    ask = ask_targeted if targeted else ask_stance
    asked = ask(judge, rows, make_reader(plan.settings))
    heads = {question: HEADS[question] for question in (STANCE, POLARITY)}
    held = _holding_back(folder, heads, plan.settings.stance.precision or SHOWN)
    return plan.score("targeted" if targeted else "stance", judge.source, rows, asked, held)


@dataclass(frozen=True)
class Judged:
    """A judge of rows whose judgements are there: those of the rows, in order."""

    judgements: Sequence[ClaimJudgement | StanceJudgement]

    def judge(self, rows: Sequence[Row], reader: Reader) -> Sequence[Any]:
        """Return the judgements."""
        return self.judgements


def _by_llm(
    plan: Plan,
    rows: Sequence[RowT],
    ask: Callable[..., list[Asked]],
    load: Callable[[str], ClaimsJudge | StanceJudge],
) -> Evaluation:
    """Measure the language model beside the encoder; rows without an answer are left out."""
    settings, reader = plan.settings, make_reader(plan.settings)
    chosen = rows_of_split(rows, plan.split, plan.file.name)
    table = reader.mentions.table
    judge = load_judge(settings.llm, settings.bloc.name, table, answers=plan.answers)
    places = [(row.row.place[0], row.row.date) for row in chosen]
    wanted = list(dict.fromkeys(places))
    coded = dict(zip(wanted, judge.code(wanted), strict=True))
    codes = [coded[place][row.row.place[1]] for place, row in zip(places, chosen, strict=True)]
    done = [row for row, one in zip(chosen, codes, strict=True) if isinstance(one, Codes)]
    if not done:
        raise InputError(f"{plan.file}: {judge.source} gave no usable answer: {codes[0]}")
    judged = [one.judged for one in codes if isinstance(one, Codes)]
    mine = Judged([one[0 if ask is ask_claims else 1] for one in judged])
    asked = ask(mine, done, reader)
    others = ask(load(ENCODER), done, reader)
    found = plan.score("llm", judge.source, done, [_beside(one, others) for one in asked])
    return found.model_copy(update={"n_failed": len(chosen) - len(done)})


def _beside(asked: Asked, others: Sequence[Asked]) -> Asked:
    """Return a question with the encoder's answers as a baseline's, where it was asked the same."""
    for other in others:
        if other.question == asked.question and other.gold == asked.gold:
            labels = [other.labels[i] for i in other.probabilities.argmax(axis=1)]
            return replace(asked, answers={**asked.answers, ENCODER: labels})
    return asked


def _holding_back(
    folder: Path, heads: Mapping[str, str], precision: float
) -> dict[str, HoldingBack]:
    found = {
        question: read_thresholds(folder, head, precision=precision)
        for question, head in heads.items()
    }
    return {question: HoldingBack(precision, given) for question, given in found.items() if given}
