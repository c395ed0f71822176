"""Writing retrained heads: plain arrays, a description with hashes, a card; no pickle."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.actors import load_actors
from pipeline.artefacts import CARD, DataUse, Meta, save_model
from pipeline.config import Settings
from pipeline.features.cues import cues_sha256
from pipeline.features.storage import stored_heads
from pipeline.learn.head_report import Compared, HeadResult
from pipeline.learn.sections import (
    calibration_and_abstention,
    known_failures,
    provenance,
    read_failures,
)
from pipeline.stages.embedded import BASES, ENCODER, RetrainedHead

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "onnxruntime", "tokenizers")


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


def render_heads_card(meta: Meta, failures: str = "") -> str:
    """Return the card of retrained heads as Markdown, all of it from the description."""
    return "\n".join(_lines(meta, failures)) + "\n"


def _lines(meta: Meta, failures: str) -> Iterator[str]:
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
            yield f"| {result.head} | {_cells(one)} | {result.kept} |"
    yield ""
    yield from calibration_and_abstention(meta.abstention)
    yield from known_failures(failures)
    yield from provenance(meta)


def _cells(one: Compared) -> str:
    gain = one.gain
    scores: list[Any] = [score.macro_f1 for score in one.scores.values()]
    figures = [f"{f1.value:.3f} ({f1.low:.3f} to {f1.high:.3f})" for f1 in scores]
    change = f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"
    return " | ".join([one.on, f"{one.rows:,}", f"{one.docs:,}", *figures, change])
