"""Designs of the linear models: recipes and settings, chosen on the dev splits."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pipeline.features.featuriser import BlockSpec, Recipe

_CHARACTERS = BlockSpec(name="characters", min_rows=5, max_terms=12_000)


class HeadSettings(BaseModel):
    """Settings for fitting a head."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    inverse_regularisation: float = 1.0
    balanced: bool = True
    calibrate_bias: bool = False
    folds: int = 3
    tolerance: float = 1e-3


class Design(BaseModel):
    """Recipes of featurisers and settings of heads of a model to train."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str
    recipes: dict[str, Recipe]
    heads: dict[str, HeadSettings]
    dataset_weights: dict[str, float] = {}
    direct_share: float = 0.5
    blocs: tuple[str, ...] = ()


_UNIT = Recipe(
    masking="actor",
    blocks=(
        BlockSpec(name="words", max_terms=12_000),
        _CHARACTERS,
        BlockSpec(name="opening", max_terms=3_000),
        BlockSpec(name="before", weight=0.5, max_terms=8_000),
        BlockSpec(name="after", weight=0.5, max_terms=8_000),
        BlockSpec(name="question", weight=0.3, max_terms=4_000),
        BlockSpec(name="syntax", weight=1.3, max_terms=10_000),
        BlockSpec(name="place", weight=1.5, min_rows=1),
        BlockSpec(name="cues", weight=0.5, min_rows=1),
    ),
)
_BLOC = Recipe(
    masking="bloc",
    blocks=(
        BlockSpec(name="words", weight=1.5, max_terms=12_000),
        _CHARACTERS,
        BlockSpec(name="opening", max_terms=3_000),
        BlockSpec(name="before", weight=0.6, max_terms=8_000),
        BlockSpec(name="after", weight=0.6, max_terms=8_000),
        BlockSpec(name="question", weight=0.4, max_terms=4_000),
        BlockSpec(name="syntax", max_terms=10_000),
        BlockSpec(name="place", min_rows=1),
        BlockSpec(name="cues", weight=0.5, min_rows=1),
        BlockSpec(name="actors", weight=1.5, max_terms=8_000),
    ),
)
_TARGET = Recipe(
    masking="target",
    blocks=(
        BlockSpec(name="words", max_terms=12_000),
        _CHARACTERS,
        BlockSpec(name="before", weight=0.5, max_terms=8_000),
        BlockSpec(name="question", weight=0.3, max_terms=4_000),
        BlockSpec(name="syntax", weight=0.7, max_terms=8_000),
        BlockSpec(name="cues", min_rows=1),
        BlockSpec(name="target", max_terms=6_000),
        BlockSpec(name="window", max_terms=6_000),
        BlockSpec(name="target_cues", min_rows=1),
    ),
)
_SYNTHETIC_WEIGHT = 0.4

DATASET_ARGUNSC = "argunsc"
DESIGNS: Mapping[str, Design] = {
    "claims": Design(
        task="claims",
        recipes={"unit": _UNIT},
        heads={"component": HeadSettings(), "kind": HeadSettings()},
        dataset_weights={"westward-written": _SYNTHETIC_WEIGHT},
    ),
    "claims-argunsc": Design(
        task="claims", recipes={"unit": _UNIT}, heads={"component": HeadSettings()}
    ),
    "stance": Design(
        task="stance",
        recipes={"bloc": _BLOC, "target": _TARGET},
        heads={name: HeadSettings() for name in ("relevance", "direct", "polarity")},
        dataset_weights={"westward-written": _SYNTHETIC_WEIGHT, "newsmtsc": 0.2},
        direct_share=0.6,
        blocs=("west-allied", "west-broad", "west-core"),
    ),
}
