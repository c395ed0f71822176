"""Cards are generated from what a model's folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.artefacts import CARD
from training.model_cards import render

SHIPPED = (
    "claims", "claims-argunsc", "stance", "encoder-small", "encoder-standard",
)  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_cards_are_generated_from_their_descriptions(root: Path, name: str) -> None:
    folder = root / "models" / name
    assert (folder / CARD).read_text(encoding="utf8") == render(folder)
