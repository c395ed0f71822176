"""Training writes a reproducible model that loads and describes its data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.artefacts import CARD, META, read_meta, sha256_of
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.judges.linear import ClaimsModel
from pipeline.train.cards import render_card
from pipeline.train.models import train_claims, train_stance
from pipeline.train.reports import TrainReport
from tests.rows import claim_rows, stance_rows

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def claims_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "mine.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in claim_rows()), encoding="utf8")
    return path


@pytest.fixture(scope="module")
def report(
    claims_file: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> TrainReport:
    """A claims model trained on a few rows of our own."""
    return train_claims([claims_file], out=tmp_path_factory.mktemp("models"), settings=settings)


def test_claims_are_trained_stored_and_scored_on_held_out_rows(report: TrainReport) -> None:
    assert report.rows == 20
    assert report.after["mine.jsonl dev"].question("component").macro_f1.value == 1.0
    loaded = ClaimsModel.load("claims", models=report.folder.parent)
    assert loaded.meta.labels == {
        "component": ("claim", "premise", "none"), "kind": ("fact", "value", "policy"),
    }  # fmt: skip


def test_training_again_gives_the_same_bytes_and_figures_before_and_after(
    report: TrainReport, claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    before = ClaimsModel.load("claims", models=report.folder.parent)
    again = train_claims([claims_file], out=tmp_path, settings=settings, before=before)
    assert again.before == again.after == report.after
    for file in sorted(report.folder.iterdir()):
        assert file.read_bytes() == (again.folder / file.name).read_bytes()


def test_the_description_names_data_licence_and_versions(
    report: TrainReport, claims_file: Path
) -> None:
    meta = read_meta(report.folder / META)
    (use,) = meta.data
    assert (use.file, use.rows, use.sha256) == ("mine.jsonl", 20, sha256_of(claims_file))
    assert use.licence == "not stated"
    assert {"scikit-learn", "spacy model"} <= set(meta.libraries)
    assert set(meta.lexicons) == {"actors", "cues"}


def test_the_card_is_generated_from_the_description(report: TrainReport) -> None:
    card = (report.folder / CARD).read_text(encoding="utf8")
    assert card == render_card(read_meta(report.folder / META))
    assert "mine.jsonl dev" in card


def test_no_pickle_is_written(report: TrainReport) -> None:
    assert {path.suffix for path in report.folder.iterdir()} == {".json", ".npz", ".md"}


def test_rows_for_dev_only_cannot_train(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    path = write_rows([{**row, "split": "dev"} for row in claim_rows()])
    with pytest.raises(InputError, match='no row has the split "train"'):
        train_claims([path], out=tmp_path, settings=settings)


def test_two_definitions_of_a_claim_are_not_mixed(
    claims_file: Path, write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    other = write_rows(
        [{"dataset": "argunsc", "doc_id": "m", "text": "It rained.", "label": "none"}], "un.jsonl"
    )
    with pytest.raises(InputError, match=r"un\.jsonl: ArgUNSC rows among others"):
        train_claims([claims_file, other], out=tmp_path, settings=settings)


def test_stance_is_trained_and_scored(write_rows: Any, tmp_path: Path, settings: Settings) -> None:
    path = write_rows(stance_rows(), "mine.jsonl")
    trained = train_stance([path], out=tmp_path / "models", settings=settings)
    scores = trained.after["mine.jsonl dev"]
    assert scores.question("stance").macro_f1.value == 1.0
    assert scores.question("relevance").macro_f1.value == 1.0
