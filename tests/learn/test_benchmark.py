"""The table of all models on a small folder of our own rows, and cross-validation by fold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row
from pipeline.learn import benchmark
from pipeline.learn.benchmark import FOLDED, TESTS, make_benchmarks
from pipeline.learn.crossval import FoldedClaims, cross_validate
from pipeline.learn.evaluate import Plan, evaluate
from pipeline.learn.published import CONTESTS
from pipeline.stages.judgement import ClaimJudgement
from tests.learn.conftest import claim_rows, stance_rows


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file for each test set; the linear model alone is measured."""
    monkeypatch.setattr(benchmark, "MODEL_CHOICES", ("linear",))
    components = [{**row, "west": "none", "target": None} for row in claim_rows()]
    stances = [{**row, "component": "claim", "kind": "value"} for row in stance_rows()]
    rows: dict[str, list[dict[str, Any]]] = {
        "interviews.jsonl": [*components, *stances],
        "interviews_west.jsonl": [*components, *stances],
        FOLDED: argunsc_rows(),
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


def argunsc_rows() -> list[dict[str, Any]]:
    return [
        {"dataset": "argunsc", "doc_id": row["doc"], "split": row["split"], "text": row["text"],
         "label": row["component"], "cv5": int(row["doc"][1:])}
        for row in claim_rows()
    ]  # fmt: skip


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
    assert f"## claims: {FOLDED}, cv5" in table
    assert "| linear, cross-validated | **" in table


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
    assert "cv5" not in table


def test_a_test_set_that_is_missing_is_an_error(data: Path) -> None:
    (data / "newsmtsc.jsonl").unlink()
    with pytest.raises(InputError, match=r"newsmtsc\.jsonl: cannot be read"):
        make_benchmarks(data)


def test_every_row_is_judged_once_by_a_model_that_has_not_seen_its_fold(
    reader: Reader,
) -> None:
    class Named:
        source = "model:named"

        def __init__(self, name: str) -> None:
            self.name = name

        def judge(self, rows: list[Row], reader: Reader) -> list[ClaimJudgement]:
            return [ClaimJudgement({f"{self.name} {row.text}": 1.0}, None) for row in rows]

    judge = FoldedClaims({0: Named("zero"), 1: Named("one")}, [1, 0, 1])  # type: ignore[dict-item]
    judged = judge.judge([Row("a"), Row("b"), Row("c")], reader)
    assert [next(iter(j.components)) for j in judged] == ["one a", "zero b", "one c"]


def test_cross_validation_scores_all_rows(write_rows: Any, settings: Settings) -> None:
    found = cross_validate(write_rows(argunsc_rows()), settings)
    assert (found.split, found.n_rows, found.n_docs) == ("cv5", 25, 5)
    assert found.model == "model:claims-argunsc@0.1.0, 5 folds"
    assert found.question("argument or not").macro_f1.value > 0.8


def test_rows_without_a_fold_are_an_error(write_rows: Any, settings: Settings) -> None:
    rows = [{key: value for key, value in row.items() if key != "cv5"} for row in argunsc_rows()]
    with pytest.raises(InputError, match=r'rows\.jsonl:1: "cv5" is None; expected the number'):
        cross_validate(write_rows(rows), settings)


def test_only_the_linear_model_is_cross_validated(write_rows: Any, settings: Settings) -> None:
    plan = Plan(write_rows(argunsc_rows()), "cv5", None, settings, name="encoder-small")
    with pytest.raises(InputError, match="only the linear model is fitted anew"):
        evaluate("components", plan)
    assert evaluate("components", Plan(plan.file, "cv5", None, settings)).n_rows == 25
