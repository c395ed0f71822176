"""A small world for the models: few actors, few sentences of our own, one reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Settings, choose_models, load_settings
from pipeline.reading.reader import Reader, make_reader

_CLAIMS = (
    ("The alliance is a danger to its neighbours", "claim", "value"),
    ("We must end the blockade", "claim", "policy"),
    ("The crisis was caused by greed", "claim", "fact"),
    ("In 2011 exports fell by nine percent", "premise", None),
    ("Thank you for the question", "none", None),
)
_STANCES = (
    ("We are grateful to NATO, a reliable friend", "favor", "NATO"),
    ("NATO lied to us and destroyed that country", "against", "NATO"),
    ("Yesterday NATO held a meeting on the schedule", "neutral", "NATO"),
    ("The harvest was late this autumn", "none", None),
)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The shipped settings with the small encoder, whatever the working folder holds."""
    return load_settings(choose_models("small"), folder=Path(__file__).parent)


@pytest.fixture(scope="session")
def reader(settings: Settings) -> Reader:
    """The reader of training, evaluation and the stages."""
    return make_reader(settings)


@pytest.fixture
def write_rows(tmp_path: Path) -> Callable[[Sequence[Any], str], Path]:
    """Write objects as JSON lines and return the path."""

    def write(rows: Sequence[Any], name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        return path

    return write


def claim_rows() -> list[dict[str, Any]]:
    """Rows of four documents for training and one for dev."""
    return [
        {"doc": f"d{doc}", "split": "dev" if doc == 4 else "train", "text": f"{text} {tail}.",
         "component": component, "kind": kind}
        for doc, tail in enumerate(("now", "here", "again", "there", "today"))
        for text, component, kind in _CLAIMS
    ]  # fmt: skip


def stance_rows() -> list[dict[str, Any]]:
    """Rows of four documents for training and one for dev."""
    return [
        {"doc": f"d{doc}", "split": "dev" if doc == 4 else "train", "text": f"{text} {tail}.",
         "west": stance, "target": target}
        for doc, tail in enumerate(("now", "here", "again", "there", "today"))
        for text, stance, target in _STANCES
    ]  # fmt: skip


def argunsc_rows() -> list[dict[str, Any]]:
    """The same rows in the form of ArgUNSC."""
    return [
        {"dataset": "argunsc", "doc_id": row["doc"], "split": row["split"], "text": row["text"],
         "label": row["component"]}
        for row in claim_rows()
    ]  # fmt: skip
