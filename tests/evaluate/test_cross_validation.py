"""Cross-validation of the linear claims model: each row is judged without its fold."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.models import FoldedClaims, Plan, cross_validate, evaluate
from pipeline.judges.judgement import ClaimJudgement
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row
from tests.rows import argunsc_rows

pytestmark = pytest.mark.slow


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
    with pytest.raises(InputError, match="only the linear model is fitted again"):
        evaluate("components", plan)
    assert evaluate("components", Plan(plan.file, "cv5", None, settings)).n_rows == 25
