"""Fitting the claims and stance models from rows in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline import __version__
from pipeline.artefacts import Meta
from pipeline.features.featuriser import Featuriser, Reader
from pipeline.features.heads import Floats, LinearHead
from pipeline.features.rows import Row
from pipeline.learn.designs import Design
from pipeline.learn.fit import fit_head
from pipeline.learn.gold import COMPONENTS, KINDS, STANCES, ClaimRow, StanceRow
from pipeline.stages.claims import ClaimsModel
from pipeline.stages.stance_model import BLOC_VIEW, POLARITIES, TARGET_VIEW, StanceModel

SYNTHETIC = "westward-written"


def fit_claims(
    train: Sequence[ClaimRow], design: Design, reader: Reader, *, name: str
) -> ClaimsModel:
    """Fit the featuriser and the heads of a claims model."""
    recipe = design.recipes["unit"]
    readings = reader.read([row.row for row in train], masking=recipe.masking)
    featuriser = Featuriser.fit(recipe, readings)
    matrix = featuriser.transform(readings)
    heads: dict[str, LinearHead] = {}
    for head, known in (("component", COMPONENTS), ("kind", KINDS)):
        labels = [row.component if head == "component" else row.kind for row in train]
        chosen = [i for i, label in enumerate(labels) if label is not None]
        if head not in design.heads or not chosen:
            continue
        rows = [train[i] for i in chosen]
        heads[head] = fit_head(
            matrix[chosen],
            [str(labels[i]) for i in chosen],
            known=known,
            groups=[row.doc for row in rows],
            calibrate_on=np.array([row.dataset != SYNTHETIC for row in rows]),
            weights=_weights([row.dataset for row in rows], design),
            settings=design.heads[head],
        )
    return ClaimsModel(_meta(name, design, heads), featuriser, heads)


def fit_stance(
    train: Sequence[StanceRow], design: Design, reader: Reader, *, name: str
) -> StanceModel:
    """Fit the featurisers and the three heads of a stance model."""
    toward = [row for row in train if row.toward_bloc]
    targeted = [row for row in train if row.stance != "none"]
    featurisers: dict[str, Featuriser] = {}
    heads: dict[str, LinearHead] = {}
    for view, rows in ((BLOC_VIEW, toward), (TARGET_VIEW, targeted)):
        recipe = design.recipes[view]
        plain = [_without_target(row.row) if view == BLOC_VIEW else row.row for row in rows]
        readings = reader.read(plain, masking=recipe.masking)
        featurisers[view] = Featuriser.fit(recipe, readings)
        matrix = featurisers[view].transform(readings)
        for head, known in _STANCE_HEADS[view].items():
            heads[head] = fit_head(
                matrix,
                [_stance_label(row, head) for row in rows],
                known=known,
                groups=[row.doc for row in rows],
                calibrate_on=np.array(
                    [row.dataset != SYNTHETIC and row.toward_bloc for row in rows]
                ),
                weights=_weights([row.dataset for row in rows], design),
                settings=design.heads[head],
            )
    return StanceModel(_meta(name, design, heads), featurisers, heads)


_STANCE_HEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    BLOC_VIEW: {"relevance": ("none", "about"), "direct": STANCES},
    TARGET_VIEW: {"polarity": POLARITIES},
}


def _stance_label(row: StanceRow, head: str) -> str:
    if head == "relevance":
        return "none" if row.stance == "none" else "about"
    return row.stance


def _without_target(row: Row) -> Row:
    return Row(row.text, row.context_before, row.context_after, row.question, None, row.date)


def _weights(datasets: Sequence[str], design: Design) -> Floats:
    return np.array([design.dataset_weights.get(dataset, 1.0) for dataset in datasets])


def _meta(name: str, design: Design, heads: Mapping[str, LinearHead]) -> Meta:
    return Meta(
        name=name,
        version=__version__,
        task=design.task,
        labels={head: fitted.labels for head, fitted in heads.items()},
        recipes={view: recipe.model_dump() for view, recipe in design.recipes.items()},
        settings={
            "heads": {head: design.heads[head].model_dump() for head in heads},
            "dataset_weights": design.dataset_weights,
            "direct_share": design.direct_share,
            "blocs": list(design.blocs),
        },
        data=(),
        libraries={},
        lexicons={},
        metrics={},
    )
