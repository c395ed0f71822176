"""Which models judged a run, and how right they were where that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.artefacts import META, find_model, read_description
from pipeline.errors import WestwardError
from pipeline.report.overview import Line

QUESTIONS = {"component": "claim, premise or none", "kind": "kind of claim", "stance": "own stance"}


def judging(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the models of a run that judge; not its parser."""
    chosen = {manifest["settings"][stage]["model"] for stage in ("claims", "stance")}
    return [one for one in manifest["models"] if one["name"] in chosen]


def measured(manifest: Mapping[str, Any], *, models: Path | None = None) -> list[Line]:
    """Return the figures of a run's judges by question, from their own descriptions.

    A judge without figures, or one that is not installed here, has no rows.
    """
    rows: list[Line] = []
    for one in judging(manifest):
        try:
            meta = read_description(find_model(one["name"], models=models) / META)
        except WestwardError:
            continue
        found = meta.get("abstention", {}).get("questions", {})
        for name in found.keys() & QUESTIONS:
            labels = found[name]["labels"].values()
            right, predicted = (sum(one[what] for one in labels) for what in ("right", "predicted"))
            words = f"{one['name']}: {QUESTIONS[name]}"
            rows.append({**found[name], "question": words, "right": right / max(1, predicted)})
    return sorted(rows, key=lambda row: row["question"])
