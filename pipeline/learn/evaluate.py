"""Evaluating stored models on a file of annotated rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.artefacts import find_model
from pipeline.config import MODEL_CHOICES, Settings
from pipeline.encoder import is_encoder
from pipeline.errors import InputError
from pipeline.learn.asking import (
    ARGUMENT,
    COMPONENT,
    HEADS,
    KIND,
    LEANING,
    POLARITY,
    RELEVANCE,
    ROLE,
    STANCE,
)
from pipeline.learn.crossval import CV, cross_validate
from pipeline.learn.designs import DATASET_ARGUNSC
from pipeline.learn.figures import Evaluation, HoldingBack
from pipeline.learn.gold import read_claim_rows, read_stance_rows
from pipeline.learn.scoring import score_claims, score_stance, score_targeted
from pipeline.learn.train import make_reader
from pipeline.stages.abstention import read_thresholds
from pipeline.stages.embedded import is_retrained
from pipeline.stages.judges import (
    ARGUNSC_HEAD,
    ARGUNSC_MODEL,
    load_claims_judge,
    load_stance_judge,
)

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
SHOWN = 0.5
"""The precision whose thresholds are shown where the settings ask for none."""


@dataclass(frozen=True)
class Plan:
    """What to measure, of which model, on which rows.

    Attributes:
        file: JSON lines as ``westward train`` reads them.
        split: of the rows; ``cv5`` fits the linear claims model anew for each fold of all rows.
        models: the folder of models; the usual places if not given.
        name: of the model; that of the settings if not given.
        by_doc: also score each document.
    """

    file: Path
    split: str
    models: Path | None
    settings: Settings
    name: str | None = None
    by_doc: bool = False


def evaluate(task: str, plan: Plan) -> Evaluation:
    """Measure one of ``TASKS``, beside baselines and with the thresholds for abstention.

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


def evaluate_claims(
    file: Path, *, split: str, models: Path | None, settings: Settings, name: str | None = None
) -> Evaluation:
    """Score a claims model on one split of a file.

    A file of ArgUNSC rows, whose definition of a claim is another, is judged by that definition.
    Args are those of ``Plan``, errors those of ``evaluate``.
    """
    return evaluate("claims", Plan(file, split, models, settings, name))


def evaluate_stance(
    file: Path, *, split: str, models: Path | None, settings: Settings, name: str | None = None
) -> Evaluation:
    """Score a stance model on one split of a file; rows without ``west`` are left out.

    Args are those of ``Plan``, errors those of ``evaluate``.
    """
    return evaluate("stance", Plan(file, split, models, settings, name))


def evaluate_targeted(
    file: Path, *, split: str, models: Path | None, settings: Settings, name: str | None = None
) -> Evaluation:
    """Score polarity toward the marked targets of one split of a file, as of NewsMTSC.

    Args are those of ``Plan``, errors those of ``evaluate``.
    """
    return evaluate("targeted", Plan(file, split, models, settings, name))


def _claims(plan: Plan) -> Evaluation:
    name = plan.name or plan.settings.claims.model
    if plan.split == CV:
        _require_linear(name)
        return cross_validate(plan.file, plan.settings, by_doc=plan.by_doc)
    rows = read_claim_rows([plan.file])
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    folder, head = claims_folder(name, models=plan.models, argunsc=argunsc)
    shipped, _ = claims_folder(LINEAR_CLAIMS, models=None, argunsc=argunsc)
    heads = {COMPONENT: head, KIND: HEADS[KIND]}
    return score_claims(
        load_claims_judge(name, models=plan.models, argunsc=argunsc),
        rows,
        make_reader(plan.settings),
        split=plan.split,
        files=[plan.file.name],
        seed=plan.settings.seed,
        linear=None if folder == shipped else load_claims_judge(LINEAR_CLAIMS, argunsc=argunsc),
        holding_back=_holding_back(folder, heads, plan.settings.claims.precision or SHOWN),
        by_doc=plan.by_doc,
    )


def _stance(plan: Plan, *, targeted: bool) -> Evaluation:
    rows = read_stance_rows([plan.file])
    name = plan.name or plan.settings.stance.model
    folder = find_model(name, models=plan.models)
    heads = {question: HEADS[question] for question in (STANCE, POLARITY)}
    return (score_targeted if targeted else score_stance)(
        load_stance_judge(name, models=plan.models),
        rows if targeted else [row for row in rows if row.toward_bloc],
        make_reader(plan.settings),
        split=plan.split,
        files=[plan.file.name],
        seed=plan.settings.seed,
        linear=None if folder == find_model(LINEAR_STANCE) else load_stance_judge(LINEAR_STANCE),
        holding_back=_holding_back(folder, heads, plan.settings.stance.precision or SHOWN),
        by_doc=plan.by_doc,
    )


def _require_linear(name: str) -> None:
    if name != LINEAR_CLAIMS:
        raise InputError(
            f"--split {CV}: only the linear model is fitted anew for each fold, {name} is not; "
            "use --model linear"
        )


def claims_folder(name: str, *, models: Path | None, argunsc: bool) -> tuple[Path, str]:
    """Return the folder that answers for a claims model, and the head of its component.

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
