"""Retraining an encoder's heads on a user's labels: seconds, no torch, nothing sent anywhere.

On labels of the guidelines that the encoder was trained by, a few hundred more change little; what
retraining is for are labels by other definitions. So each head is compared with the shipped one on
documents it has not seen, and kept only where it is better there.

Stance is compared with the shipped four-way head alone, though a shipped run answers by the mean of
it and of relevance times polarity: their macro-F1 is the same (``EncodedStance``: .663 and .659).
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.actors import load_actors
from pipeline.artefacts import CARD, DataUse, Meta, find_model, save_model
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.annotations import ClaimRow, StanceRow, read_claim_rows, read_stance_rows
from pipeline.features.cues import cues_sha256
from pipeline.features.rows import Row
from pipeline.features.storage import stored_heads
from pipeline.stages.embedded import BASES, ENCODER, Judged, RetrainedHead
from pipeline.stages.encoded import load_encoder
from pipeline.stages.judges import ARGUNSC_HEAD
from pipeline.train.cards import (
    known_failures,
    provenance,
    read_failures,
)
from pipeline.train.embeddings import Embedder, Told
from pipeline.train.head_fit import RETRAINED, SHIPPED, Problem, Way, answer, fit_ways
from pipeline.train.head_report import (
    CROSS_VALIDATION,
    DEV,
    Compared,
    HeadReport,
    HeadResult,
    better_way,
    compare,
    indices,
)
from pipeline.train.models import HELD_OUT, data_use, is_argunsc, require_train

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnxruntime", "tokenizers")


@dataclass(frozen=True)
class _Labelled:
    """A row, and its label for each head that it has one for."""

    row: Row
    doc: str
    split: str
    dataset: str
    labels: Mapping[str, str]


_ByFile = Sequence[tuple[Path, Sequence[_Labelled]]]


def train_heads(
    task: str,
    data: Sequence[Path],
    *,
    encoder: str,
    out: Path,
    settings: Settings,
    held_out: Sequence[str] = HELD_OUT,
    force: bool = False,
    told: Told | None = None,
) -> HeadReport:
    """Retrain the heads of a task on the ``train`` rows of the files; keep those that help.

    Args:
        task: ``claims`` (component and kind) or ``stance`` (the four-way head).
        data: JSON lines as ``train_claims`` or ``train_stance`` reads them.
        encoder: the name of an encoder's folder.
        out: the folder of models, in which the heads' own folder is written.
        held_out: splits on which all ways are scored, where the files have them; only the gain on
            ``dev`` decides, and without a ``dev`` that of cross-validation.
        force: keep the new heads even where they do not help.
        told: is told how many of how many sentences are embedded.

    Raises:
        InputError: a row is not as expected, a label is missing, or all rows are of one document.
        ArtefactError: the encoder is missing or altered.
    """
    by_file, bases, name = _read(task, data, encoder)
    rows = [row for _, found in by_file for row in found]
    require_train([row for row in rows if row.split == "train"], data)
    used = [row for row in rows if row.split in ("train", *held_out)]
    place = find_model(encoder)
    embedder = Embedder(load_encoder(place), place, cache=out)
    judged = embedder.embed([row.row for row in used], told)
    known = embedder.encoder.labels
    fitted: dict[str, RetrainedHead] = {}
    results: list[HeadResult] = []
    for head, base in bases.items():
        if not any(head in row.labels and row.split == "train" for row in used):
            continue
        ways, result = _fit(head, base, known[base], used, judged, held_out, settings.seed, force)
        results.append(result)
        if result.kept != SHIPPED:
            kept = ways[result.kept].head
            assert kept is not None
            fitted[head] = kept
    folder = None
    if fitted:
        folder = store_heads(
            out / name,
            task,
            fitted,
            results,
            identity=embedder.identity,
            uses=_uses(by_file),
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
    rows: Sequence[_Labelled],
    judged: Judged,
    held_out: Sequence[str],
    seed: int,
    force: bool,
) -> tuple[dict[str, Way], HeadResult]:
    def problem_of(split: str) -> Problem | None:
        at = [i for i, row in enumerate(rows) if row.split == split and head in row.labels]
        if not at:
            return None
        part = Judged(judged.vectors[at], {h: p[at] for h, p in judged.probabilities.items()})
        gold = indices(labels, [rows[i].labels[head] for i in at])
        return Problem(part, base, labels, gold, tuple(rows[i].doc for i in at))

    train = problem_of("train")
    assert train is not None
    ways = fit_ways(train)
    candidate = better_way(ways, train.gold)
    given = {way: one.held_out for way, one in ways.items()}
    told = {"head": head, "labels": labels, "candidate": candidate, "seed": seed}
    compared = [compare(CROSS_VALIDATION, given, train.gold, train.docs, **told)]  # type: ignore[arg-type]
    for split in held_out:
        if (held := problem_of(split)) is not None:
            given = {way: answer(one, held.judged, base) for way, one in ways.items()}
            compared.append(compare(split, given, held.gold, held.docs, **told))  # type: ignore[arg-type]
    plan = ways[RETRAINED].plan
    assert plan is not None
    decisive = next((one for one in compared if one.on == DEV), compared[0])
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
    return ways, result


def _read(task: str, data: Sequence[Path], encoder: str) -> tuple[_ByFile, dict[str, str], str]:
    """Return labelled rows by file, the shipped head that each head starts from, and a name."""
    size = encoder.removeprefix("encoder-")
    if task == "claims":
        claims = [(path, read_claim_rows([path])) for path in data]
        argunsc = is_argunsc(claims)
        bases = (
            {"component": ARGUNSC_HEAD} if argunsc else {"component": "component", "kind": "kind"}
        )
        name = f"claims-argunsc-{size}" if argunsc else f"claims-{size}"
        return [(path, [_of_claim(row) for row in found]) for path, found in claims], bases, name
    stances = [
        (path, [row for row in read_stance_rows([path]) if row.toward_bloc]) for path in data
    ]
    if not any(found for _, found in stances):
        raise InputError(
            f"{', '.join(map(str, data))}: no row says where it stands on the bloc; expected rows "
            'with "west"; rows that teach polarity alone are for westward train --model linear'
        )
    by_file = [(path, [_of_stance(row) for row in found]) for path, found in stances]
    return by_file, {"stance": "stance"}, f"stance-{size}"


def _of_claim(row: ClaimRow) -> _Labelled:
    kind = {"kind": row.kind} if row.kind is not None else {}
    labels = {"component": row.component, **kind}
    return _Labelled(row.row, row.doc, row.split, row.dataset, labels)


def _of_stance(row: StanceRow) -> _Labelled:
    return _Labelled(row.row, row.doc, row.split, row.dataset, {"stance": row.stance})


def _uses(by_file: _ByFile) -> list[DataUse]:
    train = [(path, [row for row in found if row.split == "train"]) for path, found in by_file]
    return [data_use(path, [row.dataset for row in found]) for path, found in train if found]


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
    """Write retrained heads as a model of ``task`` that a run can be given; return its folder.

    Its version names the data too: ``0.1.0+`` and the first digits of their hash.

    Args:
        identity: of the encoder, as ``identity_of`` gives it.
    """
    digest = hashlib.sha256("".join(use.sha256 for use in uses).encode()).hexdigest()
    actors = load_actors()
    arrays = stored_heads({name: one.head for name, one in heads.items()})
    for name, one in heads.items():
        arrays |= {f"states/{name}/mean": one.mean, f"states/{name}/scale": one.scale}
    meta = Meta(
        name=folder.name,
        version=f"{__version__}+{digest[:8]}",
        task=task,
        labels={name: one.head.labels for name, one in heads.items()},
        recipes={},
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
        lexicons={"cues": cues_sha256(), "actors": actors.sha256},
        metrics={one.head: one.model_dump(mode="json") for one in results},
    )
    full = save_model(folder, meta, arrays=arrays, vocabulary={})
    (folder / CARD).write_text(render_heads_card(full, read_failures(folder)), encoding="utf8")
    return folder


def render_heads_card(meta: Meta, failures: str = "", *, more: Iterable[str] = ()) -> str:
    """Return the card of retrained heads as Markdown, all of it from the description.

    Args:
        failures: what a person wrote of them; they get a section where there are any.
        more: lines after the figures.
    """
    return "\n".join(_heads_card(meta, failures, more)) + "\n"


def _heads_card(meta: Meta, failures: str, more: Iterable[str]) -> Iterator[str]:
    encoder = meta.settings[ENCODER]
    yield f"# Model {meta.name} {meta.version}"
    yield ""
    yield f"Heads for {meta.task}, retrained on the embeddings of {encoder['name']}"
    yield f"{encoder['version']} (weights and calibration: sha256 `{encoder['weights'][:16]}`)"
    yield "and of use with it alone. Generated from `meta.json`; do not edit."
    yield ""
    yield "## Heads"
    yield ""
    for name, labels in meta.labels.items():
        way, start = meta.settings["ways"][name], meta.settings[BASES][name]
        yield f"- {name}: {', '.join(labels)}; {way}, from the shipped head `{start}`"
    yield ""
    yield "## Figures"
    yield ""
    yield "Macro-F1 with its 95 % interval from a bootstrap over documents, and the gain of the"
    yield "better new way over the shipped head on the same rows."
    yield ""
    yield "| head | on | rows | documents | shipped | recalibrated | retrained | gain | kept |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for result in (HeadResult.model_validate(one) for one in meta.metrics.values()):
        for one in result.compared:
            yield f"| {result.head} | {_compared_cells(one)} | {result.kept} |"
    yield ""
    yield from more
    yield from known_failures(failures)
    yield from provenance(meta)


def _compared_cells(one: Compared) -> str:
    gain = one.gain
    scores: list[Any] = [score.macro_f1 for score in one.scores.values()]
    figures = [f"{f1.value:.3f} ({f1.low:.3f} to {f1.high:.3f})" for f1 in scores]
    change = f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
    return " | ".join([one.on, f"{one.rows:,}", f"{one.docs:,}", *figures, change])
