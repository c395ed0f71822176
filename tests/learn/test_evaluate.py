"""Evaluation answers for the right model, beside baselines, and renders without colour."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.config import Settings
from pipeline.errors import ArtefactError, InputError
from pipeline.learn.evaluate import evaluate_claims, evaluate_stance
from pipeline.learn.figures import Evaluation
from pipeline.learn.train import train_claims, train_stance
from pipeline.write.evaluation import render
from tests.learn.conftest import claim_rows, stance_rows


@pytest.fixture
def evaluation(write_rows: Any, tmp_path: Path, settings: Settings) -> Evaluation:
    path = write_rows(claim_rows())
    train_claims([path], out=tmp_path, settings=settings)
    return evaluate_claims(path, split="dev", models=tmp_path, settings=settings)


def test_baselines_stand_beside_the_model(evaluation: Evaluation) -> None:
    score = evaluation.question("component")
    assert [baseline.name for baseline in score.baselines] == ["majority", "lexicon"]
    majority = score.baselines[0].macro_f1.value
    assert majority == pytest.approx((2 * 3 / (3 + 5)) / 3, abs=1e-4)
    assert majority < score.macro_f1.value


def test_it_survives_a_round_trip_through_json(evaluation: Evaluation) -> None:
    assert Evaluation.model_validate_json(evaluation.model_dump_json()) == evaluation


def test_it_renders_each_question_without_colour(evaluation: Evaluation) -> None:
    stream = io.StringIO()
    Console(file=stream, width=140, no_color=True).print(render(evaluation))
    for score in evaluation.questions:
        assert f"{score.question}: gold in rows" in stream.getvalue()


def test_argunsc_rows_are_judged_by_the_model_of_their_definition(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    rows = [
        {"dataset": "argunsc", "doc_id": row["doc"], "split": row["split"], "text": row["text"],
         "label": row["component"]}
        for row in claim_rows()
    ]  # fmt: skip
    path = write_rows(rows)
    train_claims([path], out=tmp_path, settings=settings)
    found = evaluate_claims(path, split="dev", models=tmp_path, settings=settings)
    assert found.model.startswith("model:claims-argunsc@")


def test_a_split_that_is_not_there_is_an_error(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    path = write_rows(stance_rows())
    train_stance([path], out=tmp_path, settings=settings)
    with pytest.raises(InputError, match='no row has the split "test"; splits found: dev, train'):
        evaluate_stance(path, split="test", models=tmp_path, settings=settings)


def test_a_model_that_is_not_there_is_an_error(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    rows = write_rows(stance_rows())
    with pytest.raises(ArtefactError, match='model "mine" not found; searched'):
        evaluate_stance(rows, split="dev", models=tmp_path, settings=settings, name="mine")
