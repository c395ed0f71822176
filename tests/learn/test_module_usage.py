"""Modules that the README names answer for themselves: usage, exit code, one message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import Settings
from pipeline.learn import (
    abstain,
    attribution_measure,
    attribution_weights,
    benchmark,
    boundaries,
    cards,
    entity_measure,
    exchange,
    polnear_score,
    reference_fit,
    reference_measure,
    talk_measure,
    target_fit,
    target_measure,
)
from pipeline.learn.finetune import ensemble
from pipeline.learn.train import train_claims
from tests.learn.conftest import claim_rows

MODULES = (
    abstain,
    attribution_measure,
    attribution_weights,
    benchmark,
    boundaries,
    cards,
    ensemble,
    entity_measure,
    exchange,
    polnear_score,
    reference_fit,
    reference_measure,
    talk_measure,
    target_fit,
    target_measure,
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_help_is_the_usage(module, capsys: pytest.CaptureFixture[str]) -> None:
    assert module.main(["--help"]) == 0
    assert f"Run ``python -m {module.__name__}" in capsys.readouterr().out


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_without_arguments_the_usage_is_an_error(
    module, capsys: pytest.CaptureFixture[str]
) -> None:
    assert module.main([]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"Run ``python -m {module.__name__}" in printed.err
    assert "error: 0 arguments; expected " in printed.err


def test_data_that_are_not_there_are_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert abstain.main([str(tmp_path), str(tmp_path / "nowhere.jsonl")]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_without_dev_rows_abstain_says_so(
    tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in claim_rows()), encoding="utf8")
    folder = train_claims([rows], out=tmp_path, settings=settings).folder
    train = [json.dumps({**row, "split": "train"}) + "\n" for row in claim_rows()]
    rows.write_text("".join(train), encoding="utf8")
    assert abstain.main([str(folder), str(rows)]) == 2
    assert "no row of the split dev answers a question" in capsys.readouterr().err
