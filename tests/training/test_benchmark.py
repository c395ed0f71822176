"""The table of all models on a small folder of our own rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from tests.rows import argunsc_rows, claim_rows, stance_rows
from training import benchmark
from training.baseline import score_baseline
from training.benchmark import CONTESTS, TESTS, make_benchmarks

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file for each test set; the small encoder alone is measured."""
    monkeypatch.setattr(benchmark, "MODEL_CHOICES", ("small",))
    components = [{**row, "west": "none", "target": None} for row in claim_rows()]
    stances = [{**row, "component": "claim", "kind": "value"} for row in stance_rows()]
    rows: dict[str, list[dict[str, Any]]] = {
        "interviews.jsonl": [*components, *stances],
        "interviews_west.jsonl": [*components, *stances],
        "interviews_more.jsonl": [*components, *stances],
        "interviews_experts.jsonl": [*components, *stances],
        "argunsc_sentences.jsonl": argunsc_rows(),
        "newsmtsc.jsonl": [
            {"dataset": "newsmtsc", "id": f"n{i}", "split": split, "text": row["text"],
             "label": row["west"], "target": "NATO", "target_start": row["text"].index("NATO"),
             "target_end": row["text"].index("NATO") + 4}
            for split in ("devtest_rw", "devtest_mt", "dev")
            for i, row in enumerate(stance_rows()) if row["target"]
        ],
    }  # fmt: skip
    for name, lines in rows.items():
        again = [{**row, "split": "test"} for row in lines if row["split"] == "dev"]
        text = "".join(json.dumps(row) + "\n" for row in (*lines, *again))
        (tmp_path / name).write_text(text, encoding="utf8")
    return tmp_path


def test_every_test_set_and_published_figure_has_its_place(data: Path) -> None:
    table = make_benchmarks(data)
    for test in TESTS:
        assert f"## {test.task}: {test.file}, {test.split}" in table
    for contest in CONTESTS:
        for published in contest.published:
            assert (
                f"| {published.system} (published) | {published.value:.3f}".replace("| 0", "| ")
                in table
            )
        assert contest.difference in table


def test_another_split_can_be_measured_instead(data: Path) -> None:
    lines = [
        line
        for line in (data / "newsmtsc.jsonl").read_text("utf8").splitlines()
        if '"dev"' not in line
    ]
    (data / "newsmtsc.jsonl").write_text("\n".join(lines), encoding="utf8")
    table = make_benchmarks(data, split="dev")
    assert "## west: interviews.jsonl, dev" in table
    assert "targeted: newsmtsc.jsonl has no rows of the split dev" in table


def test_a_test_set_that_is_missing_is_an_error(data: Path) -> None:
    (data / "newsmtsc.jsonl").unlink()
    with pytest.raises(InputError, match=r"newsmtsc\.jsonl: cannot be read"):
        make_benchmarks(data)


def test_the_fitted_baseline_is_scored_on_interviews_alone(data: Path) -> None:
    found = score_baseline(data, "interviews.jsonl", "test")
    assert found.keys() == {"component", "kind of gold claims", "stance"}
    assert all(0.9 < value <= 1 for value in found.values())
    assert score_baseline(data, "argunsc_sentences.jsonl", "test") == {}
