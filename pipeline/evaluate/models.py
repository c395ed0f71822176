"""Evaluate stored models on a file of annotated rows; cross-validate the linear claims model.

Each row of ArgUNSC names a fold in ``cv5``; all speeches of a meeting are in one. Each fold is
judged by a model that is fitted on the others, so that no row is judged by a model that was fitted
on its meeting. Encoders are not cross-validated: a fit takes hours, and would have to start before
their settings are chosen on dev.
"""

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
    ROWS,
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
from pipeline.judges.linear import ClaimsModel
from pipeline.judges.llm.answer import Codes
from pipeline.judges.llm.judge import load_judge
from pipeline.judges.loader import (
    ARGUNSC_HEAD,
    ARGUNSC_MODEL,
    load_claims_judge,
    load_stance_judge,
)
from pipeline.judges.user_heads import is_retrained
from pipeline.reading.reader import Reader, make_reader
from pipeline.reading.rows import Row
from pipeline.runs.jsonl import load_object, read_lines
from pipeline.train.designs import DATASET_ARGUNSC, DESIGNS
from pipeline.train.linear import fit_claims

ENCODER = MODEL_CHOICES["standard"][0]
LINEAR_CLAIMS, LINEAR_STANCE = MODEL_CHOICES["linear"]
TASKS: Mapping[str, tuple[str, ...]] = {
    "components": (COMPONENT, ARGUMENT, ROLE),
    "kind": (KIND,),
    "claims": (COMPONENT, ARGUMENT, ROLE, KIND),
    "west": (STANCE, RELEVANCE, LEANING),
    "stance": (STANCE, RELEVANCE, LEANING),
    "targeted": (POLARITY,),
}
"""What can be measured, and the questions each answers; ``claims`` and ``stance`` are groups."""
CV = "cv5"
SHOWN = 0.5
"""The precision whose thresholds are shown where the settings ask for none."""


@dataclass(frozen=True)
class Plan:
    """What to measure, of which model, on which rows.

    Attributes:
        file: JSON lines as ``westward train`` reads them.
        split: of the rows; ``cv5`` fits the linear claims model again for each fold of all rows.
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
        return _by_llm(plan, rows, ask_claims, load_claims_judge, LINEAR_CLAIMS)
    if plan.split == CV:
        _require_linear(name)
        return cross_validate(plan.file, plan.settings, by_doc=plan.by_doc)
    rows = read_claim_rows([plan.file])
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    folder, head = claims_folder(name, models=plan.models, argunsc=argunsc)
    shipped, _ = claims_folder(LINEAR_CLAIMS, models=None, argunsc=argunsc)
    judge = load_claims_judge(name, models=plan.models, argunsc=argunsc)
    linear = None if folder == shipped else load_claims_judge(LINEAR_CLAIMS, argunsc=argunsc)
    rows = rows_of_split(rows, plan.split, plan.file.name)
    asked = ask_claims(judge, rows, make_reader(plan.settings), linear=linear)
    heads = {COMPONENT: head, KIND: HEADS[KIND]}
    held = _holding_back(folder, heads, plan.settings.claims.precision or SHOWN)
    return plan.score("claims", judge.source, rows, asked, held)


def _stance(plan: Plan, *, targeted: bool) -> Evaluation:
    rows = read_stance_rows([plan.file])
    name = plan.name or plan.settings.stance.model
    if name == LLM:
        if targeted:
            raise ConfigError("a language model is not asked about marked targets; use west")
        rows = [row for row in rows if row.toward_bloc]
        return _by_llm(plan, rows, ask_stance, load_stance_judge, LINEAR_STANCE)
    folder = find_model(name, models=plan.models)
    judge = load_stance_judge(name, models=plan.models)
    linear = None if folder == find_model(LINEAR_STANCE) else load_stance_judge(LINEAR_STANCE)
    rows = rows if targeted else [row for row in rows if row.toward_bloc]
    rows = rows_of_split(rows, plan.split, plan.file.name)
    if targeted:
        rows = [row for row in rows if row.row.target is not None]
    ask = ask_targeted if targeted else ask_stance
    asked = ask(judge, rows, make_reader(plan.settings), linear=linear)
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
    linear: str,
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
    asked = ask(mine, done, reader, linear=load(linear))
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


def _require_linear(name: str) -> None:
    if name != LINEAR_CLAIMS:
        raise InputError(
            f"--split {CV}: only the linear model is fitted again for each fold, {name} is not; "
            "use --model linear"
        )


def claims_folder(name: str, *, models: Path | None, argunsc: bool) -> tuple[Path, str]:
    """Return the folder that judges for a claims model, and the head of its component.

    By ArgUNSC's definition of a claim an encoder has another head, a linear model another folder;
    retrained heads have the one definition that they were trained on.
    """
    folder = find_model(name, models=models)
    if not argunsc or is_retrained(folder):
        return folder, "component"
    if is_encoder(folder):
        return folder, ARGUNSC_HEAD
    return find_model(ARGUNSC_MODEL, models=models), "component"


def _holding_back(
    folder: Path, heads: Mapping[str, str], precision: float
) -> dict[str, HoldingBack]:
    found = {
        question: read_thresholds(folder, head, precision=precision)
        for question, head in heads.items()
    }
    return {question: HoldingBack(precision, given) for question, given in found.items() if given}


class FoldedClaims:
    """A claims judge of several models: each row is judged by the one not fitted on its fold.

    It judges only the rows it was made for, in their order.
    """

    def __init__(self, models: dict[int, ClaimsModel], folds: Sequence[int]) -> None:
        self.models = models
        self.folds = folds
        self.source = f"{next(iter(models.values())).source}, {len(models)} folds"

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge the rows, in order."""
        found: dict[int, ClaimJudgement] = {}
        for fold, model in self.models.items():
            mine = [i for i, other in enumerate(self.folds) if other == fold]
            judged = model.judge([rows[i] for i in mine], reader)
            found.update(zip(mine, judged, strict=True))
        return [found[i] for i in range(len(rows))]


def cross_validate(file: Path, settings: Settings, *, by_doc: bool = False) -> Evaluation:
    """Fit and judge fold by fold; score all rows together.

    Args:
        file: JSON lines as ``train_claims`` reads them, each with its fold in ``cv5``.
        by_doc: also score each document.

    Raises:
        InputError: a row is not as expected, has no fold, or all are in one.
    """
    rows, folds = read_claim_rows([file]), _folds(file)
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    name = "claims-argunsc" if argunsc else "claims"
    reader = make_reader(settings)

    def fit(fold: int) -> ClaimsModel:
        others = [row for row, mine in zip(rows, folds, strict=True) if mine != fold]
        return fit_claims(others, DESIGNS[name], reader, name=name)

    judge = FoldedClaims({fold: fit(fold) for fold in sorted(set(folds))}, folds)
    asked = ask_claims(judge, rows, reader)
    plan = Plan(file, CV, None, settings, by_doc=by_doc)
    return plan.score("claims", judge.source, rows, asked)


def _folds(file: Path) -> list[int]:
    found: list[int] = []
    for number, row in read_lines(file, load_object, record="annotated row", expected=ROWS):
        fold = row.get(CV)
        if not isinstance(fold, int):
            raise InputError(
                f'{file}:{number}: "{CV}" is {fold!r}; expected the number of the fold'
            )
        found.append(fold)
    if len(set(found)) < 2:
        raise InputError(f"{file}: all rows are in one fold; expected two or more in {CV}")
    return found
