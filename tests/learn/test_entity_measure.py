"""Measuring entities beside the stock recogniser, on a sentence of our own."""

import json
from pathlib import Path

import pytest

from pipeline.learn.entity_measure import DATED, FILE, measure

ROW = {
    "id": "a:0001",
    "split": "dev",
    "text": "The Kremlin ignored Paris.",
    "entities": [
        {
            "start": 4,
            "end": 11,
            "text": "Kremlin",
            "label": "ORG",
            "actor": "Russia",
            "bloc": "russia",
        },
        {
            "start": 20,
            "end": 25,
            "text": "Paris",
            "label": "GPE",
            "actor": "France",
            "bloc": "west",
        },
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(json.dumps(ROW) + "\n")
    for name in DATED:
        (tmp_path / name).write_text(json.dumps({"doc": "a", "date": "2022-05-01"}) + "\n")
    return tmp_path


def test_ours_finds_actors_and_the_stock_recogniser_none(folder: Path) -> None:
    figures = measure(folder, split="dev")
    assert figures["ours"]["f1"] == 1.0
    assert figures["ours"]["actor"] == 1.0
    assert figures["stock"]["actor"] == 0.0
