"""Training the linear claims and stance models from files of annotated rows, and storing them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.actors import load_actors
from pipeline.artefacts import read_artefact
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.features.featuriser import Reader
from pipeline.learn.designs import DATASET_ARGUNSC, DESIGNS
from pipeline.learn.figures import Evaluation
from pipeline.learn.fit_models import fit_claims, fit_stance
from pipeline.learn.gold import ClaimRow, read_claim_rows, read_stance_rows
from pipeline.learn.scoring import score_claims, score_stance
from pipeline.learn.store import store_figures, store_model
from pipeline.parse import Parser
from pipeline.stages.claims import ClaimsModel
from pipeline.stages.judgement import ClaimsJudge, StanceJudge
from pipeline.stages.stance_model import StanceModel

HELD_OUT = ("dev", "test")


class TrainReport(BaseModel):
    """What was trained, where it lies, and how it does on held-out rows.

    Attributes:
        rows: rows trained on.
        before: figures of an earlier model on the same held-out rows, by file and split.
        after: figures of the new one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    folder: Path
    rows: int
    size_bytes: int
    before: dict[str, Evaluation]
    after: dict[str, Evaluation]


def make_reader(settings: Settings) -> Reader:
    """Return the reader that training, evaluation and the stages use."""
    return Reader(Parser(settings.parse.model), load_actors(), bloc=settings.bloc.name)


def train_claims(
    data: Sequence[Path],
    *,
    out: Path,
    settings: Settings,
    name: str | None = None,
    held_out: Sequence[str] = HELD_OUT,
    before: ClaimsJudge | None = None,
) -> TrainReport:
    """Train a claims model on the ``train`` rows of the files.

    Args:
        data: JSON lines with ``text``, ``component`` (and ``kind``), or ArgUNSC's ``label``.
        out: the folder of models, in which the model's own folder is written.
        name: of the model; ``claims-argunsc`` where all rows are ArgUNSC's, else ``claims``.
        held_out: splits on which the result is scored, where the files have them.
        before: a model to be scored beside the new one.

    Raises:
        InputError: a row is not as expected, or there is nothing to learn a label from.
    """
    by_file = [(path, read_claim_rows([path])) for path in data]
    argunsc = is_argunsc(by_file)
    name = name or ("claims-argunsc" if argunsc else "claims")
    design = DESIGNS["claims-argunsc" if argunsc else "claims"]
    reader = make_reader(settings)
    train = [(path, [row for row in found if row.split == "train"]) for path, found in by_file]
    used = [row for _, found in train for row in found]
    require_train(used, data)
    model = fit_claims(used, design, reader, name=name)
    folder = out / name
    meta = store_model(
        folder, model.meta, {"unit": model.featuriser}, model.heads,
        files=train, reader=reader, seed=settings.seed,
    )  # fmt: skip
    after = ClaimsModel.from_artefact(read_artefact(folder))

    def figures(scored: ClaimsJudge | None) -> dict[str, Evaluation]:
        return {
            f"{path.name} {split}": score_claims(
                scored, found, reader, split=split, files=[path.name], seed=settings.seed
            )
            for path, found in by_file
            for split in held_out
            if scored is not None and any(row.split == split for row in found)
        }

    new = figures(after)
    store_figures(folder, meta, new)
    return _report(name, folder, len(used), before=figures(before), after=new)


def train_stance(
    data: Sequence[Path],
    *,
    out: Path,
    settings: Settings,
    name: str = "stance",
    held_out: Sequence[str] = HELD_OUT,
    before: StanceJudge | None = None,
) -> TrainReport:
    """Train a stance model on the ``train`` rows of the files.

    Args:
        data: JSON lines with ``text``, ``west`` and ``target`` or ``implicit_target``; rows with
            ``label`` and ``target_start`` teach polarity only.
        out: the folder of models, in which the model's own folder is written.
        name: of the model.
        held_out: splits on which the result is scored, where the files have them.
        before: a model to be scored beside the new one.

    Raises:
        InputError: a row is not as expected, or there is nothing to learn a label from.
    """
    by_file = [(path, read_stance_rows([path])) for path in data]
    reader = make_reader(settings)
    train = [(path, [row for row in found if row.split == "train"]) for path, found in by_file]
    used = [row for _, found in train for row in found]
    require_train(used, data)
    model = fit_stance(used, DESIGNS["stance"], reader, name=name)
    folder = out / name
    meta = store_model(
        folder, model.meta, model.featurisers, model.heads,
        files=train, reader=reader, seed=settings.seed,
    )  # fmt: skip
    after = StanceModel.from_artefact(read_artefact(folder))
    toward = [(path, [row for row in found if row.toward_bloc]) for path, found in by_file]

    def figures(scored: StanceJudge | None) -> dict[str, Evaluation]:
        return {
            f"{path.name} {split}": score_stance(
                scored, found, reader, split=split, files=[path.name], seed=settings.seed
            )
            for path, found in toward
            for split in held_out
            if scored is not None and any(row.split == split for row in found)
        }

    new = figures(after)
    store_figures(folder, meta, new)
    return _report(name, folder, len(used), before=figures(before), after=new)


def _report(
    name: str,
    folder: Path,
    rows: int,
    *,
    before: dict[str, Evaluation],
    after: dict[str, Evaluation],
) -> TrainReport:
    return TrainReport(
        name=name,
        folder=folder,
        rows=rows,
        size_bytes=sum(path.stat().st_size for path in folder.iterdir()),
        before=before,
        after=after,
    )


def is_argunsc(by_file: Sequence[tuple[Path, Sequence[ClaimRow]]]) -> bool:
    """Say whether the rows are ArgUNSC's, which defines a claim otherwise.

    Raises:
        InputError: some are and some are not.
    """
    kinds = {path: {row.dataset == DATASET_ARGUNSC for row in rows} for path, rows in by_file}
    both = set().union(*kinds.values())
    if len(both) > 1:
        argunsc = ", ".join(str(path) for path, found in kinds.items() if True in found)
        raise InputError(
            f"{argunsc}: ArgUNSC rows among others; ArgUNSC defines claim and premise otherwise, "
            "so the two make two models; train one without these rows, and one with them alone"
        )
    return both == {True}


def require_train(train: Sequence[object], data: Sequence[Path]) -> None:
    """Refuse files without a row to train on.

    Raises:
        InputError: there is none.
    """
    if not train:
        raise InputError(
            f'{", ".join(map(str, data))}: no row has the split "train"; expected rows with '
            '"split": "train", or without a split'
        )
