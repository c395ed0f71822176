"""Cards are generated from what a model's folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.artefacts import CARD, META, read_description
from training.model_cards import render

SHIPPED = ("encoder-small", "encoder-standard")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_cards_are_generated_from_their_descriptions(root: Path, name: str) -> None:
    folder = root / "models" / name
    assert (folder / CARD).read_text(encoding="utf8") == render(folder)


def test_every_file_of_the_spacy_model_is_hashed_and_listed_in_its_card(root: Path) -> None:
    folder = root / "models" / "en_core_web_sm"
    files = read_description(folder / META)["files"]
    card = (folder / CARD).read_text(encoding="utf8")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {*files, META, CARD}
    assert all(f"| {file} |" in card and digest in card for file, digest in files.items())
