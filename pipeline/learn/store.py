"""Writing a trained model with its figures and its card."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from pipeline.artefacts import CARD, META, DataUse, Meta, save_model, sha256_of, write_meta
from pipeline.features.cues import cues_sha256
from pipeline.features.featuriser import Featuriser, Reader
from pipeline.features.heads import LinearHead
from pipeline.features.storage import stored_featurisers, stored_heads
from pipeline.learn.card import render_card
from pipeline.learn.figures import Evaluation
from pipeline.learn.gold import ClaimRow, StanceRow
from pipeline.learn.licences import licence_of
from pipeline.learn.sections import read_failures

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "spacy")


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
