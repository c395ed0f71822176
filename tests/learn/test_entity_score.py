"""Scoring entities: spans, labels, actors and blocs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.actors import load_actors
from pipeline.errors import InputError
from pipeline.learn.entity_score import read_entities, score_entities
from pipeline.stages.entities import Found

TEXT = "The IMF warned Beijing."
ROW: dict[str, Any] = {
    "id": "a:0001",
    "text": TEXT,
    "entities": [
        {
            "start": 4,
            "end": 7,
            "text": "IMF",
            "label": "ORG",
            "actor": "International Monetary Fund",
            "bloc": "other",
        },
        {
            "start": 15,
            "end": 22,
            "text": "Beijing",
            "label": "GPE",
            "actor": "China",
            "bloc": "china",
        },
    ],
}
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
