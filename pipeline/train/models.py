"""Train the linear claims and stance models on files of annotated rows; store them with cards."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.artefacts import (
    CARD,
    META,
    DataUse,
    Meta,
    read_artefact,
    save_model,
    sha256_of,
    write_meta,
)
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.annotations import ClaimRow, StanceRow, read_claim_rows, read_stance_rows
from pipeline.evaluate.questions import ask_claims, ask_stance
from pipeline.evaluate.scores import Asked, Evaluation, RowT, score_rows
from pipeline.features.cues import cues_sha256
from pipeline.features.featuriser import Featuriser, Reader, make_reader
from pipeline.features.heads import LinearHead
from pipeline.features.storage import stored_featurisers, stored_heads
from pipeline.stages.claims import ClaimsModel
from pipeline.stages.judgement import ClaimsJudge, StanceJudge
from pipeline.stages.stance_model import StanceModel
from pipeline.train.cards import licence_of, read_failures, render_card
from pipeline.train.designs import DATASET_ARGUNSC, DESIGNS
from pipeline.train.linear import fit_claims, fit_stance

HELD_OUT = ("dev", "test")
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy")


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

    def figures(judge: ClaimsJudge) -> dict[str, Evaluation]:
        return _figures(
            "claims", judge.source, by_file, lambda rows: ask_claims(judge, rows, reader),
            held_out=held_out, seed=settings.seed,
        )  # fmt: skip

    new = figures(after)
    store_figures(folder, meta, new)
    return _report(name, folder, len(used), before=figures(before) if before else {}, after=new)


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

    def figures(judge: StanceJudge) -> dict[str, Evaluation]:
        return _figures(
            "stance", judge.source, toward, lambda rows: ask_stance(judge, rows, reader),
            held_out=held_out, seed=settings.seed,
        )  # fmt: skip

    new = figures(after)
    store_figures(folder, meta, new)
    return _report(name, folder, len(used), before=figures(before) if before else {}, after=new)


def _figures(
    task: str,
    source: str,
    by_file: Sequence[tuple[Path, Sequence[RowT]]],
    ask: Callable[[list[RowT]], list[Asked]],
    *,
    held_out: Sequence[str],
    seed: int,
) -> dict[str, Evaluation]:
    """Scores on each held-out split of each file, by file and split."""
    found: dict[str, Evaluation] = {}
    for path, rows in by_file:
        for split in held_out:
            chosen = [row for row in rows if row.split == split]
            if chosen:
                found[f"{path.name} {split}"] = score_rows(
                    task, source, chosen, ask(chosen), split=split, file=path.name, seed=seed
                )
    return found


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


def store_model(
    folder: Path,
    meta: Meta,
    featurisers: Mapping[str, Featuriser],
    heads: Mapping[str, LinearHead],
    *,
    files: Sequence[tuple[Path, Sequence[ClaimRow] | Sequence[StanceRow]]],
    reader: Reader,
    seed: int,
) -> Meta:
    """Write weights, vocabulary and description; return the description.

    Args:
        files: each training file with the rows of it that were trained on.
    """
    arrays, vocabulary = stored_featurisers(featurisers)
    full = meta.model_copy(
        update={
            "settings": {**meta.settings, "seed": seed, "bloc": reader.bloc},
            "data": tuple(
                data_use(path, [row.dataset for row in rows]) for path, rows in files if rows
            ),
            "libraries": {
                "python": platform.python_version(),
                **{name: version(name) for name in _LIBRARIES},
                "spacy model": reader.syntax.parser.version,
            },
            "lexicons": {"cues": cues_sha256(), "actors": reader.mentions.table.sha256},
        }
    )
    return save_model(folder, full, arrays={**arrays, **stored_heads(heads)}, vocabulary=vocabulary)


def store_figures(folder: Path, meta: Meta, figures: Mapping[str, Evaluation]) -> Meta:
    """Add held-out figures to a stored model's description, and write its card."""
    metrics = {where: evaluation.model_dump(mode="json") for where, evaluation in figures.items()}
    full = meta.model_copy(update={"metrics": metrics})
    write_meta(folder / META, full)
    (folder / CARD).write_text(render_card(full, read_failures(folder)), encoding="utf8")
    return full


def data_use(path: Path, datasets: Sequence[str]) -> DataUse:
    """Return how a file was used, by the data set that each row used names."""
    dataset = Counter(datasets).most_common(1)[0][0]
    licence = licence_of(dataset)
    return DataUse(
        file=path.name,
        sha256=sha256_of(path),
        rows=len(datasets),
        licence=licence.licence,
        attribution=licence.attribution,
    )
