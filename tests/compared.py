"""Runs of hand-built interviews with a whole run.json, as comparisons read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.config import load_settings
from pipeline.records import Interview
from tests.coding.runs import write_run

MANIFEST = {
    "versions": {"westward": "test"},
    "settings": load_settings().model_dump(mode="json"),
    "models": [],
    "outputs": {},
}


def compared_run(folder: Path, interviews: Sequence[Interview]) -> Path:
    """Write a run; return its folder."""
    write_run(folder, interviews)
    (folder / "run.json").write_text(json.dumps(MANIFEST), encoding="utf8")
    return folder
