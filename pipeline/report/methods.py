"""``methods.md``: what a paper says about how a run was coded, made from its run.json."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.notices import UNDATED
from pipeline.tables.folder import APPLIED
from pipeline.tables.lookup import POSITIONS

METHODS_NAME = "methods.md"
LANGUAGE_MODEL = "llm"


def write_methods(run: Path, manifest: Mapping[str, Any]) -> None:
    """Write methods.md into the folder of a run."""
    (run / METHODS_NAME).write_text(methods_page(manifest), encoding="utf8", newline="\n")


def methods_page(manifest: Mapping[str, Any]) -> str:
    """Return the paragraph with what judged, how well, on what settings, and what was counted.

    Args:
        manifest: run.json, with or without the hashes of the outputs.

    Raises:
        InputError: it states too little.
    """
    from jinja2 import UndefinedError

    try:
        return _render(manifest)
    except (LookupError, TypeError, AttributeError, UndefinedError) as error:
        raise InputError(
            f"run.json: states too little for {METHODS_NAME} ({type(error).__name__}: {error}); "
            "expected it as `westward run` wrote it; run the transcripts again"
        ) from error


def _render(manifest: Mapping[str, Any]) -> str:
    from jinja2 import Environment, StrictUndefined

    home = files("pipeline.report")
    environment = Environment(  # nosec B701: Markdown, no HTML
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["number"] = "{:,}".format
    totals = manifest["totals"]
    page = environment.from_string(home.joinpath("methods.md.jinja").read_text(encoding="utf8"))
    text = page.render(
        version=manifest["versions"]["westward"],
        judges=list(_judges(manifest)),
        settings=manifest["settings"],
        totals=totals,
        bloc=manifest["bloc"]["definitions"][0],
        labelled=manifest.get(APPLIED),
        compared=[one["name"] for one in manifest.get("compared_blocs", ())],
        own=sum(totals[side] for side in POSITIONS),
        dated=not any(one["code"] == UNDATED for one in manifest["warnings"]),
    )
    return text.rstrip() + "\n"


def _judges(manifest: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each judge with its questions, version and measured figures."""
    questions: dict[str, list[str]] = {}
    for part, what in (("claims", "components and kinds of claims"), ("stance", "stances")):
        questions.setdefault(manifest["settings"][part]["model"], []).append(what)
    versions = {one["name"]: one["version"] for one in manifest["models"]}
    measured = files("pipeline.report").joinpath("measured.toml").read_text(encoding="utf8")
    for name, asked in questions.items():
        judge = (name, versions.get(name))
        yield {
            "name": manifest.get("judge", {}).get("source", name),
            "version": versions.get(name),
            "is_language_model": name == LANGUAGE_MODEL,
            "questions": ", and ".join(asked),
            "figures": [
                one
                for one in tomllib.loads(measured)["figure"]
                if (one["model"], one["version"]) == judge
            ],
        }
