"""Heads and featurisers as arrays and lists of terms, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ArtefactError
from pipeline.features.blocks import TermBlock
from pipeline.features.featuriser import Featuriser, Recipe
from pipeline.features.heads import LinearHead


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
