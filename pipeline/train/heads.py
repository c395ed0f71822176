"""Retraining of an encoder's heads on a user's labels, without torch.

Meant for labels by other definitions than the encoder's. Each new head is compared with the shipped
one on held-out documents, and kept only if it is clearly better there. For stance, that is the
shipped four-way head alone (see ``EncodedStance``).
"""

from __future__ import annotations

import hashlib
import platform
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import __version__
from pipeline.actors import load_actors
from pipeline.artefacts import CARD, DataUse, Meta, find_model, save_model
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.annotations import (
    PEOPLE,
    LabelledRow,
    choose_source,
    is_argunsc,
    read_claim_rows,
    read_stance_rows,
)
from pipeline.judges.encoder import load_encoder
from pipeline.judges.loader import ARGUNSC_HEAD
from pipeline.judges.user_heads import BASES, ENCODER, Judged, RetrainedHead
from pipeline.train.cards import data_use, read_failures, render_heads_card
from pipeline.train.embeddings import Embedder, Progress
from pipeline.train.head_fit import RETRAINED, SHIPPED, Problem, answer, better_way, fit_ways
from pipeline.train.reports import CROSS_VALIDATION, DEV, HeadReport, HeadResult, compare

HELD_OUT = (DEV, "test", PEOPLE)
"""Splits on which new heads are scored, where the files have them."""
MIN_DOCS = 2
"""Documents from which a gain has an interval."""
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnxruntime", "tokenizers")


def train_heads(
    task: str,
    data: Sequence[Path],
    *,
    encoder: str,
    out: Path,
    settings: Settings,
    force: bool = False,
    source: str = "",
    told: Progress | None = None,
) -> HeadReport:
    """Retrain the heads of a task on the ``train`` rows of files; store those that help.

    The gain on ``dev`` decides, or without two documents of ``dev`` that in cross-validation.

    Args:
        task: ``claims`` (component and kind) or ``stance`` (the four-way head).
        data: JSON lines as ``read_claim_rows`` or ``read_stance_rows`` reads them.
        encoder: the name of an encoder's folder.
        out: the folder of models; the heads get a folder of their own in it.
        force: keep new heads even if they do not help.
        source: of the rows to train on, as in ``choose_source``.
        told: called with the number of embedded answers and their total.

    Raises:
        InputError: a row is invalid, a label is missing, or all rows are of one document.
        ArtefactError: the encoder is missing or altered.
    """
    rows, bases, name = _read(task, data, encoder, source)
    if not any(row.split == "train" for row in rows):
        raise InputError(
            f'{", ".join(map(str, data))}: no row has the split "train"; expected rows with '
            '"split": "train", or without a split'
        )
    used = [row for row in rows if row.split in ("train", *HELD_OUT)]
    place = find_model(encoder)
    embedder = Embedder(load_encoder(place), place, cache=out)
    judged = embedder.embed([row.row for row in used], told)
    known = embedder.encoder.labels
    fitted: dict[str, RetrainedHead] = {}
    results: list[HeadResult] = []
    for head, base in bases.items():
        if not any(head in row.labels and row.split == "train" for row in used):
            continue
        result, kept = _fit(head, base, known[base], used, judged, settings.seed, force)
        results.append(result)
        if kept is not None:
            fitted[head] = kept
    folder = None
    if fitted:
        folder = store_heads(
            out / name,
            task,
            fitted,
            results,
            identity=embedder.identity,
            uses=_uses(rows),
            settings=settings,
        )
    return HeadReport(
        name=name,
        encoder=encoder,
        folder=folder,
        rows=sum(row.split == "train" for row in used),
        heads=tuple(results),
        shipped=tuple(head for head in bases if head not in {one.head for one in results}),
    )


def _fit(
    head: str,
    base: str,
    labels: tuple[str, ...],
    rows: Sequence[LabelledRow],
    judged: Judged,
    seed: int,
    force: bool,
) -> tuple[HeadResult, RetrainedHead | None]:
    """Return the result for one head, and the version to store if it is not the shipped one."""

    def problem_of(split: str) -> Problem | None:
        at = [i for i, row in enumerate(rows) if row.split == split and head in row.labels]
        if not at:
            return None
        part = Judged(judged.vectors[at], {h: p[at] for h, p in judged.probabilities.items()})
        gold = np.array([labels.index(rows[i].labels[head]) for i in at])
        return Problem(part, base, labels, gold, tuple(rows[i].doc for i in at))

    train = problem_of("train")
    assert train is not None  # nosec B101
    ways = fit_ways(train)
    candidate = better_way(ways, train.gold)
    scored = partial(compare, head=head, candidate=candidate, seed=seed)
    given = {way: one.held_out for way, one in ways.items()}
    compared = [scored(CROSS_VALIDATION, given, train)]
    for split in HELD_OUT:
        if (held := problem_of(split)) is not None:
            given = {way: answer(one, held.judged, base) for way, one in ways.items()}
            compared.append(scored(split, given, held))
    plan = ways[RETRAINED].plan
    assert plan is not None  # nosec B101
    on_dev = (one for one in compared if one.on == DEV and one.docs >= MIN_DOCS)
    decisive = next(on_dev, compared[0])
    helps = decisive.gain.helps
    result = HeadResult(
        head=head,
        base=base,
        rows=len(train.gold),
        docs=len(set(train.docs)),
        compared=tuple(compared),
        candidate=candidate,
        inverse=plan.inverse,
        balanced=plan.balanced,
        decided_on=decisive.on,
        helps=helps,
        kept=candidate if helps or force else SHIPPED,
    )
    return result, ways[result.kept].head


def _read(
    task: str, data: Sequence[Path], encoder: str, source: str
) -> tuple[list[LabelledRow], dict[str, str], str]:
    """Return labelled rows, the shipped head that each head starts from, and a name."""
    size = encoder.removeprefix("encoder-")
    read = read_claim_rows if task == "claims" else read_stance_rows
    rows = [row for path in data for row in read([path])]
    if task == "claims":
        rows = choose_source(rows, source)
        if is_argunsc(rows):
            return rows, {"component": ARGUNSC_HEAD}, f"claims-argunsc-{size}"
        return rows, {"component": "component", "kind": "kind"}, f"claims-{size}"
    rows = choose_source([row for row in rows if "stance" in row.labels], source)
    if not rows:
        raise InputError(
            f"{', '.join(map(str, data))}: no row has a stance on the bloc; expected rows with "
            '"west", see corpus/gold/labels.jsonl'
        )
    return rows, {"stance": "stance"}, f"stance-{size}"


def _uses(rows: Sequence[LabelledRow]) -> list[DataUse]:
    """Return what was read of each file with training rows."""
    datasets: defaultdict[Path, list[str]] = defaultdict(list)
    for row in rows:
        if row.split == "train":
            datasets[row.file].append(row.dataset)
    return [data_use(path, found) for path, found in datasets.items()]


def store_heads(
    folder: Path,
    task: str,
    heads: Mapping[str, RetrainedHead],
    results: Sequence[HeadResult],
    *,
    identity: Mapping[str, str],
    uses: Sequence[DataUse],
    settings: Settings,
) -> Path:
    """Write retrained heads as a model of ``task``; return its folder.

    Its version ends in the first digits of the hash of the data: ``0.1.0+89abcdef``.

    Args:
        identity: of the encoder, from ``identity_of``.
    """
    digest = hashlib.sha256("".join(use.sha256 for use in uses).encode()).hexdigest()
    actors = load_actors()
    arrays: dict[str, NDArray[Any]] = {}
    for name, one in heads.items():
        arrays |= one.arrays(name)
    meta = Meta(
        name=folder.name,
        version=f"{__version__}+{digest[:8]}",
        task=task,
        labels={name: one.labels for name, one in heads.items()},
        settings={
            ENCODER: dict(identity),
            BASES: {name: one.base for name, one in heads.items()},
            "ways": {one.head: one.kept for one in results},
            "plans": {one.head: [one.inverse, one.balanced] for one in results},
            "seed": settings.seed,
            "bloc": settings.bloc.name,
        },
        data=tuple(uses),
        libraries={
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        lexicons={"actors": actors.sha256},
        metrics={one.head: one.model_dump(mode="json") for one in results},
    )
    full = save_model(folder, meta, arrays=arrays)
    (folder / CARD).write_text(render_heads_card(full, read_failures(folder)), encoding="utf8")
    return folder
