"""Label Studio: a task a judged sentence, the run's labels as predictions, and a configuration.

``config.xml`` goes into the project's labelling interface, ``tasks.json`` into its import; what
comes back is the project's export as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.exports.notation import CHOICES, FIELDS, Given, Sentence, sentences
from pipeline.exports.source import Source
from pipeline.exports.text import inert
from pipeline.tables.lookup import Lookup

TEXT = "text"


def write(source: Source, path: Path) -> None:
    """Write ``tasks.json`` and ``config.xml`` into a folder."""
    lookups = map(Lookup, source.interviews())
    tasks = [_task(one) for lookup in lookups for one in sentences(lookup)]
    data = json.dumps(tasks, indent=1, ensure_ascii=False) + "\n"
    (path / "tasks.json").write_text(data, encoding="utf8")
    config = files("pipeline.exports").joinpath("label_studio.xml").read_bytes()
    (path / "config.xml").write_bytes(config)


def _task(one: Sentence) -> dict[str, Any]:
    label = one.label
    shown = label.model_dump(include={TEXT, "question", "context_before", "context_after"})
    ids = {"unit_id": label.unit_id, "interview_id": label.doc, "sha256": label.sha256}
    result = [_region(name, text) for name, text in one.fields.items() if text]
    return {
        "data": {**{name: inert(text) for name, text in shown.items()}, **ids},
        "predictions": [{"model_version": label.source, "result": result}],
    }


def _region(name: str, text: str) -> dict[str, Any]:
    kind, key = ("choices", "choices") if name in CHOICES else ("textarea", "text")
    names = {"id": name, "from_name": name, "to_name": TEXT}
    return {**names, "type": kind, "value": {key: [text]}}


def read(path: Path) -> Iterator[Given]:
    """Yield what the annotated tasks of an export state, the last annotation of each."""
    for number, task in enumerate(json.loads(path.read_bytes()), start=1):
        done = [one for one in task.get("annotations", ()) if not one.get("was_cancelled")]
        if not done:
            continue
        fields, data = {}, task["data"]
        for region in done[-1]["result"]:
            if region["from_name"] in FIELDS:
                value = region["value"]
                fields[region["from_name"]] = (value.get("choices") or value["text"])[0]
        yield Given(
            f"{path}: task {number}", fields, data["unit_id"], sha256=data["sha256"],
            text=data[TEXT],
        )  # fmt: skip
