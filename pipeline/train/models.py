"""Training of the linear claims and stance models on annotated rows."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from pipeline.artefacts import (
    CARD,
    META,
    Artefact,
    DataUse,
    Meta,
    read_artefact,
    save_model,
    sha256_of,
    write_meta,
)
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.annotations import (
    PEOPLE,
    ClaimRow,
    choose_source,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.evaluate.cues import cues_sha256
from pipeline.evaluate.questions import ask_claims, ask_stance
from pipeline.evaluate.scores import Asked, Evaluation, RowT, score_rows
from pipeline.features.linear_model import LinearModel, stored_featurisers, stored_heads
from pipeline.judges.judgement import ClaimsJudge, StanceJudge
from pipeline.judges.linear import ClaimsModel, StanceModel
from pipeline.reading.reader import Reader, make_reader
from pipeline.train.cards import licence_of, read_failures, render_card
from pipeline.train.designs import DATASET_ARGUNSC, DESIGNS
from pipeline.train.linear import fit_claims, fit_stance
from pipeline.train.reports import TrainReport

HELD_OUT = ("dev", "test", PEOPLE)
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy")
JudgeT = TypeVar("JudgeT", ClaimsJudge, StanceJudge)


def train_claims(
    data: Sequence[Path],
    *,
    out: Path,
    settings: Settings,
    name: str | None = None,
    held_out: Sequence[str] = HELD_OUT,
    before: ClaimsJudge | None = None,
    source: str = "",
) -> TrainReport:
    """Train a claims model on the ``train`` rows of files; store it with its card.

    Args:
        data: JSON lines with ``text``, ``component`` (and ``kind``), or ArgUNSC's ``label``.
        out: the folder of models; the model gets a folder of its own in it.
        name: of the model; by default ``claims-argunsc`` for ArgUNSC's rows, else ``claims``.
        held_out: splits on which to score the result, where the files have them.
        before: a model to score beside the new one.
        source: of the rows to train on, as in ``choose_source``.

    Raises:
        InputError: a row is invalid, or a label has no training row.
    """
    by_file = choose_source([(path, read_claim_rows([path])) for path in data], source)
    kind = "claims-argunsc" if is_argunsc(by_file) else "claims"
    return _train(
        "claims", by_file, by_file, out=out, settings=settings, held_out=held_out, before=before,
        fit=lambda rows, reader: fit_claims(rows, DESIGNS[kind], reader, name=name or kind),
        load=ClaimsModel.from_artefact, ask=ask_claims,
    )  # fmt: skip


def train_stance(
    data: Sequence[Path],
    *,
    out: Path,
    settings: Settings,
    name: str = "stance",
    held_out: Sequence[str] = HELD_OUT,
    before: StanceJudge | None = None,
    source: str = "",
) -> TrainReport:
    """Train a stance model; other arguments and errors as for ``train_claims``.

    Args:
        data: JSON lines with ``text``, ``west`` and ``target`` or ``implicit_target``; rows with
            ``label`` and ``target_start`` train polarity only.
    """
    by_file = choose_source([(path, read_stance_rows([path])) for path in data], source)
    toward = [(path, [row for row in rows if row.toward_bloc]) for path, rows in by_file]
    return _train(
        "stance", by_file, toward, out=out, settings=settings, held_out=held_out, before=before,
        fit=lambda rows, reader: fit_stance(rows, DESIGNS["stance"], reader, name=name),
        load=StanceModel.from_artefact, ask=ask_stance,
    )  # fmt: skip


def _train(
    task: str,
    by_file: Sequence[tuple[Path, Sequence[RowT]]],
    scored: Sequence[tuple[Path, Sequence[RowT]]],
    *,
    fit: Callable[[list[RowT], Reader], LinearModel],
    load: Callable[[Artefact], JudgeT],
    ask: Callable[[JudgeT, list[RowT], Reader], list[Asked]],
    before: JudgeT | None,
    out: Path,
    held_out: Sequence[str],
    settings: Settings,
) -> TrainReport:
    reader = make_reader(settings)
    train = [(path, [row for row in rows if row.split == "train"]) for path, rows in by_file]
    used = [row for _, rows in train for row in rows]
    require_train(used, [path for path, _ in by_file])
    model = fit(used, reader)
    folder = out / model.meta.name
    uses = [data_use(path, [row.dataset for row in rows]) for path, rows in train if rows]
    meta = _store(folder, model, uses, reader, seed=settings.seed)

    def figures(judge: JudgeT) -> dict[str, Evaluation]:
        found = {}
        for path, rows in scored:
            for split in held_out:
                if chosen := [row for row in rows if row.split == split]:
                    found[f"{path.name} {split}"] = score_rows(
                        task, judge.source, chosen, ask(judge, chosen, reader),
                        split=split, file=path.name, seed=settings.seed,
                    )  # fmt: skip
        return found

    after = figures(load(read_artefact(folder)))
    metrics = {where: evaluation.model_dump(mode="json") for where, evaluation in after.items()}
    full = meta.model_copy(update={"metrics": metrics})
    write_meta(folder / META, full)
    (folder / CARD).write_text(render_card(full, read_failures(folder)), encoding="utf8")
    return TrainReport(
        name=meta.name,
        folder=folder,
        rows=len(used),
        size_bytes=sum(path.stat().st_size for path in folder.iterdir()),
        before=figures(before) if before else {},
        after=after,
    )


def _store(
    folder: Path, model: LinearModel, uses: Sequence[DataUse], reader: Reader, *, seed: int
) -> Meta:
    """Write weights, vocabulary and description; return the description."""
    arrays, vocabulary = stored_featurisers(model.featurisers)
    meta = model.meta.model_copy(
        update={
            "settings": {**model.meta.settings, "seed": seed, "bloc": reader.bloc},
            "data": tuple(uses),
            "libraries": {
                "python": platform.python_version(),
                **{name: version(name) for name in _LIBRARIES},
                "spacy model": reader.syntax.parser.version,
            },
            "lexicons": {"cues": cues_sha256(), "actors": reader.mentions.table.sha256},
        }
    )
    arrays |= stored_heads(model.heads)
    return save_model(folder, meta, arrays=arrays, vocabulary=vocabulary)


def is_argunsc(by_file: Sequence[tuple[Path, Sequence[ClaimRow]]]) -> bool:
    """Whether the rows are ArgUNSC's, which has other definitions of claim and premise.

    Raises:
        InputError: some are and some are not.
    """
    kinds = {path: {row.dataset == DATASET_ARGUNSC for row in rows} for path, rows in by_file}
    both = set().union(*kinds.values())
    if len(both) > 1:
        argunsc = ", ".join(str(path) for path, found in kinds.items() if True in found)
        raise InputError(
            f"{argunsc}: ArgUNSC rows among others; ArgUNSC defines claim and premise otherwise; "
            "expected rows of one definition; train one model without these rows, and one with "
            "them alone"
        )
    return both == {True}


def require_train(train: Sequence[object], data: Sequence[Path]) -> None:
    """Check that there are rows to train on.

    Raises:
        InputError: there are none.
    """
    if not train:
        raise InputError(
            f'{", ".join(map(str, data))}: no row has the split "train"; expected rows with '
            '"split": "train", or without a split'
        )


def data_use(path: Path, datasets: Sequence[str]) -> DataUse:
    """Return the use of a file in training.

    Args:
        datasets: the data set of each training row; the most frequent decides the licence.
    """
    licence = licence_of(Counter(datasets).most_common(1)[0][0])
    return DataUse(
        file=path.name,
        sha256=sha256_of(path),
        rows=len(datasets),
        licence=licence.licence,
        attribution=licence.attribution,
    )
