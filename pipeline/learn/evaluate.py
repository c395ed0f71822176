"""Evaluating stored models on a file of annotated rows."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Settings
from pipeline.learn.designs import DATASET_ARGUNSC
from pipeline.learn.gold import read_claim_rows, read_stance_rows
from pipeline.learn.scoring import Evaluation, score_claims, score_stance
from pipeline.learn.train import make_reader
from pipeline.stages.judges import load_claims_judge, load_stance_judge


def evaluate_claims(
    file: Path,
    *,
    split: str,
    models: Path | None,
    settings: Settings,
    name: str | None = None,
) -> Evaluation:
    """Score a claims model on one split of a file, beside baselines.

    Args:
        file: JSON lines as ``train_claims`` reads them.
        models: the folder of models; the usual places if not given.
        name: of the model; that of the settings if not given. A file of ArgUNSC rows, whose
            definition of a claim is another, is judged by that definition.

    Raises:
        InputError: a row is not as expected, or none has the split.
        ArtefactError: the model is missing or altered.
    """
    rows = read_claim_rows([file])
    argunsc = all(row.dataset == DATASET_ARGUNSC for row in rows)
    model = load_claims_judge(name or settings.claims.model, models=models, argunsc=argunsc)
    reader = make_reader(settings)
    return score_claims(model, rows, reader, split=split, files=[file.name], seed=settings.seed)


def evaluate_stance(
    file: Path,
    *,
    split: str,
    models: Path | None,
    settings: Settings,
    name: str | None = None,
) -> Evaluation:
    """Score a stance model on one split of a file, beside baselines.

    Args:
        file: JSON lines as ``train_stance`` reads them; rows without ``west`` are left out.
        models: the folder of models; the usual places if not given.
        name: of the model; that of the settings if not given.

    Raises:
        InputError: a row is not as expected, or none has the split.
        ArtefactError: the model is missing or altered.
    """
    rows = [row for row in read_stance_rows([file]) if row.toward_bloc]
    model = load_stance_judge(name or settings.stance.model, models=models)
    reader = make_reader(settings)
    return score_stance(model, rows, reader, split=split, files=[file.name], seed=settings.seed)
