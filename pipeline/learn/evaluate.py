"""Evaluating stored models on a file of annotated rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.config import MODEL_CHOICES, Settings
from pipeline.learn.designs import DATASET_ARGUNSC
from pipeline.learn.figures import Evaluation
from pipeline.learn.gold import StanceRow, read_claim_rows, read_stance_rows
from pipeline.learn.scoring import score_claims, score_stance, score_targeted
from pipeline.learn.train import make_reader
from pipeline.stages.judges import load_claims_judge, load_stance_judge

CLAIMS, STANCE = MODEL_CHOICES["linear"]


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
    shipped = load_claims_judge(CLAIMS, argunsc=argunsc)
    return score_claims(
        model,
        rows,
        make_reader(settings),
        split=split,
        files=[file.name],
        seed=settings.seed,
        linear=shipped if shipped.source != model.source else None,
    )


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
    return _score_stance(score_stance, rows, file, split, models, settings, name)


def evaluate_targeted(
    file: Path,
    *,
    split: str,
    models: Path | None,
    settings: Settings,
    name: str | None = None,
) -> Evaluation:
    """Score polarity toward the marked targets of one split of a file, as of NewsMTSC.

    Args and errors are those of ``evaluate_stance``.
    """
    rows = read_stance_rows([file])
    return _score_stance(score_targeted, rows, file, split, models, settings, name)


def _score_stance(
    score: Callable[..., Evaluation],
    rows: Sequence[StanceRow],
    file: Path,
    split: str,
    models: Path | None,
    settings: Settings,
    name: str | None,
) -> Evaluation:
    model = load_stance_judge(name or settings.stance.model, models=models)
    shipped = load_stance_judge(STANCE)
    return score(
        model,
        rows,
        make_reader(settings),
        split=split,
        files=[file.name],
        seed=settings.seed,
        linear=shipped if shipped.source != model.source else None,
    )
