"""Linear models as stored: featurisers and heads under the names that meta.json lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.artefacts import Artefact, Meta, load_model
from pipeline.errors import ArtefactError
from pipeline.features.blocks import TermBlock
from pipeline.features.featuriser import Featuriser, Recipe
from pipeline.judges.heads import LinearHead
from pipeline.reading.reader import Reader


class LinearModel:
    """Featurisers, and the heads that read their columns, with the model's description."""

    def __init__(
        self,
        meta: Meta,
        featurisers: Mapping[str, Featuriser],
        heads: Mapping[str, LinearHead],
    ) -> None:
        self.meta = meta
        self.featurisers = dict(featurisers)
        self.heads = dict(heads)

    @classmethod
    def load(cls, name: str, *, models: Path | None = None) -> Self:
        """Find, verify and load a model.

        Raises:
            ArtefactError: it is missing, altered, or of another kind.
        """
        return cls.from_artefact(load_model(name, models=models))

    @classmethod
    def from_artefact(cls, artefact: Artefact) -> Self:
        """Rebuild the model from its stored arrays and terms."""
        meta, arrays = artefact.meta, artefact.arrays
        featurisers = {
            name: load_featuriser(name, recipe, arrays=arrays, vocabulary=artefact.vocabulary)
            for name, recipe in meta.recipes.items()
        }
        heads = {
            name: LinearHead.from_arrays(name, labels, arrays)
            for name, labels in meta.labels.items()
        }
        return cls(meta, featurisers, heads)

    def fingerprint(self, reader: Reader) -> tuple[Any, ...]:
        """Return the description, with hashes of all arrays, and what a reading depends on."""
        return self.meta.model_dump_json(), *reader.fingerprint

    @property
    def source(self) -> str:
        """Name and version of the model, as in records: ``model:claims@0.1.0``."""
        return self.meta.source


def stored_heads(heads: Mapping[str, LinearHead]) -> dict[str, NDArray[Any]]:
    """Return the arrays of all heads, under ``head/<name>/<array>``."""
    return {
        f"head/{name}/{key}": array
        for name, head in heads.items()
        for key, array in head.arrays().items()
    }


def stored_featurisers(
    featurisers: Mapping[str, Featuriser],
) -> tuple[dict[str, NDArray[Any]], dict[str, dict[str, list[str]]]]:
    """Return the arrays (``idf/<featuriser>/<block>``) and the terms of all featurisers."""
    arrays: dict[str, NDArray[Any]] = {}
    vocabulary: dict[str, dict[str, list[str]]] = {}
    for name, featuriser in featurisers.items():
        vocabulary[name] = {}
        for spec, block in zip(featuriser.recipe.blocks, featuriser.blocks, strict=True):
            arrays[f"idf/{name}/{spec.name}"] = block.idf.astype(np.float16)
            vocabulary[name][spec.name] = list(block.terms)
    return arrays, vocabulary


def load_featuriser(
    name: str,
    recipe: Mapping[str, Any],
    *,
    arrays: Mapping[str, NDArray[Any]],
    vocabulary: Mapping[str, Mapping[str, Sequence[str]]],
) -> Featuriser:
    """Rebuild a stored featuriser.

    Raises:
        ArtefactError: a block of the recipe is missing.
    """
    parsed = Recipe.model_validate(recipe)
    try:
        blocks = [
            TermBlock(
                vocabulary[name][spec.name],
                arrays[f"idf/{name}/{spec.name}"].astype(np.float32),
                weight=spec.weight,
            )
            for spec in parsed.blocks
        ]
    except KeyError as error:
        raise ArtefactError(
            f'model: featuriser "{name}" lacks {error}; train the model again'
        ) from error
    return Featuriser(parsed, blocks)
