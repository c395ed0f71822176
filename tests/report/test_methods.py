"""The paragraph for a paper: what judged, with which figures, and what was counted."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.config import Settings, choose_models, load_settings
from pipeline.errors import InputError
from pipeline.notices import UNDATED, notice, stated
from pipeline.report.methods import methods_page
from pipeline.runs.manifest import describe_run
from pipeline.tables.lookup import Lookup
from pipeline.tables.rows import add_up, interview_row, summarise
from tests.built import build

FIGURES = tomllib.loads(
    files("pipeline.report").joinpath("measured.toml").read_text(encoding="utf8")
)["figure"]
CHOICES = {"encoder-standard": "standard", "encoder-small": "small"}


def manifest(settings: Settings, **changes: Any) -> dict[str, Any]:
    """The run.json of a run over the interview of ``conftest.py``."""
    counts = add_up([summarise(interview_row(Lookup(build())))])
    totals = {"transcripts": 2, "annotated": 1, "failed": 1, "not_judged": 0, **counts}
    warnings = [stated(notice(UNDATED, files=["a.txt"], transcripts=2))]
    made = describe_run(settings, models=None)
    return {**made, "totals": totals, "warnings": warnings, **changes}


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return manifest(load_settings(choose_models("small")))


def test_it_says_what_judged_and_how_well(small: dict[str, Any]) -> None:
    page = methods_page(small)
    assert f"Westward {pipeline.__version__}" in page
    assert (
        "Components and kinds of claims, and stances were judged by the model encoder-small" in page
    )
    for one in FIGURES:
        shown = f"{one['value']} ({one['low']} to {one['high']}; {one['documents']})"
        assert (shown in page) == (one["model"] == "encoder-small")


def test_its_counts_are_those_of_the_run(small: dict[str, Any]) -> None:
    page = methods_page(small)
    assert "We coded 1 interview with" in page
    assert "in counts by target: `exclude`" in page
    assert "| units that were judged: the denominator | 7 |" in page
    assert "| in favor, against, neutral | 2, 1, 1 |" in page
    assert "| own stances that were not decided | 1 |" in page
    assert "Some transcripts have no date" in page
    assert "`west-broad`" in page


def test_figures_of_another_version_are_not_quoted(small: dict[str, Any]) -> None:
    models = [{**one, "version": "9.9"} for one in small["models"]]
    page = methods_page({**small, "models": models})
    assert "No figures of this judge, in this version" in page
    assert not any(one["documents"] in page for one in FIGURES)


def test_a_language_model_is_named_by_its_source(small: dict[str, Any]) -> None:
    parts = {part: {**small["settings"][part], "model": "llm"} for part in ("claims", "stance")}
    changed = {**small, "settings": {**small["settings"], **parts}, "models": []}
    page = methods_page({**changed, "judge": {"source": "llm:some-model@127.0.0.1#abc"}})
    assert "the language model llm:some-model@127.0.0.1#abc" in page
    assert "No figures of this judge" in page


@pytest.mark.parametrize("one", FIGURES, ids=lambda one: f"{one['model']}: {one['question']}")
def test_the_figures_are_those_of_the_benchmarks(one: dict[str, str], root: Path) -> None:
    if one["measure"] == "F1":
        readme = (root / "README.md").read_text(encoding="utf8")
        assert f"| F1 {one['value']} | {one['low']}–{one['high']} |" in readme
        return
    rows = one["documents"].rpartition(", ")[2].removesuffix(" sentences")
    question = "component" if one["question"].startswith("claim") else "stance"
    tables = (root / "benchmarks" / "models.md").read_text(encoding="utf8").split("\n**")
    (table,) = (part for part in tables if part.startswith(f"{question}** ({rows} rows)"))
    name = CHOICES[one["model"]]
    assert re.search(
        rf"^\| {name} \| \*\*{one['value']}\*\* \| {one['low']}–{one['high']} \|",
        table,
        re.MULTILINE,
    )


def test_the_citation_is_that_of_the_citation_file(small: dict[str, Any], root: Path) -> None:
    cited = (root / "CITATION.cff").read_text(encoding="utf8")
    (title,) = re.findall(r'^title: "(.*)"$', cited, re.MULTILINE)
    assert title in methods_page(small)
    assert re.search(rf"^version: {re.escape(pipeline.__version__)}$", cited, re.MULTILINE)


@pytest.mark.parametrize("key", ["totals", "bloc", "warnings"])
def test_a_record_that_states_too_little_is_an_error_of_ours(
    small: dict[str, Any], key: str
) -> None:
    with pytest.raises(InputError, match=r"run\.json: states too little"):
        methods_page({name: one for name, one in small.items() if name != key})
