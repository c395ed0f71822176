"""Scoring entities: spans, labels, actors and blocs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.actors import load_actors
from pipeline.errors import InputError
from pipeline.stages.entities import Found
from training.entities import DATED, FILE, measure, read_entities, score_entities

TEXT = "The IMF warned Beijing."
ROW: dict[str, Any] = {
    "id": "a:0001",
    "text": TEXT,
    "entities": [
        {
            "start": 4, "end": 7, "text": "IMF", "label": "ORG",
            "actor": "International Monetary Fund", "bloc": "other",
        },
        {
            "start": 15, "end": 22, "text": "Beijing", "label": "GPE", "actor": "China",
            "bloc": "china",
        },
    ],
}  # fmt: skip
IMF = Found(4, 7, "ORG", ("IMF",), "name")
BEIJING = Found(15, 22, "GPE", ("China",), "metonym")


def figures(*found: Found) -> dict[str, float]:
    return score_entities([ROW], lambda text, date: list(found), load_actors(), dates={}).figures()


def test_all_right() -> None:
    scores = figures(IMF, BEIJING)
    assert (scores["f1"], scores["actor"], scores["bloc"]) == (1.0, 1.0, 1.0)


def test_a_wrong_label_costs_the_span_but_not_the_actor() -> None:
    scores = figures(IMF, Found(15, 22, "LOC", ("China",), "metonym"))
    assert (scores["f1"], scores["actor"]) == (0.5, 1.0)


def test_a_missed_span_costs_the_actor_but_not_where_found() -> None:
    scores = figures(BEIJING)
    assert (scores["recall"], scores["actor"], scores["actor_where_found"]) == (0.5, 0.5, 1.0)


def test_phrases_without_a_label_are_not_counted() -> None:
    assert figures(IMF, BEIJING, Found(0, 3, None, ("West",), "nominal"))["precision"] == 1.0


def test_an_unknown_split_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "entities.jsonl"
    path.write_text('{"split": "dev"}\n', encoding="utf8")
    with pytest.raises(InputError, match="expected train, dev or test"):
        read_entities(path, split="final")


MEASURED = {
    "id": "a:0001", "split": "dev", "text": "The Kremlin ignored Paris.",
    "entities": [
        {
            "start": 4, "end": 11, "text": "Kremlin", "label": "ORG", "actor": "Russia",
            "bloc": "russia",
        },
        {
            "start": 20, "end": 25, "text": "Paris", "label": "GPE", "actor": "France",
            "bloc": "west",
        },
    ],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(json.dumps(MEASURED) + "\n")
    for name in DATED:
        (tmp_path / name).write_text(json.dumps({"doc": "a", "date": "2022-05-01"}) + "\n")
    return tmp_path


def test_ours_finds_actors_and_the_stock_recogniser_none(folder: Path) -> None:
    figures = measure(folder, split="dev")
    assert figures["ours"]["f1"] == 1.0
    assert figures["ours"]["actor"] == 1.0
    assert figures["stock"]["actor"] == 0.0
