"""Training writes a model that loads, says what it was made of, and is the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.artefacts import CARD, META, read_meta, sha256_of
from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.learn.card import render_card
from pipeline.learn.train import train_claims, train_stance
from pipeline.stages.claims import ClaimsModel
from tests.learn.conftest import claim_rows, stance_rows


@pytest.fixture
def claims_file(write_rows: Any) -> Path:
    return write_rows(claim_rows(), "mine.jsonl")


def test_claims_are_trained_stored_and_scored_on_held_out_rows(
    claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    report = train_claims([claims_file], out=tmp_path / "models", settings=settings)
    assert report.rows == 20
    assert report.after["mine.jsonl dev"].question("component").macro_f1.value == 1.0
    assert ClaimsModel.load("claims", models=tmp_path / "models").meta.labels == {
        "component": ("claim", "premise", "none"), "kind": ("fact", "value", "policy"),
    }  # fmt: skip


def test_an_earlier_model_is_scored_beside_the_new_one(
    claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    train_claims([claims_file], out=tmp_path / "models", settings=settings)
    before = ClaimsModel.load("claims", models=tmp_path / "models")
    report = train_claims([claims_file], out=tmp_path / "new", settings=settings, before=before)
    assert report.before == report.after


def test_training_twice_gives_the_same_bytes(
    claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    for name in ("a", "b"):
        train_claims([claims_file], out=tmp_path / name, settings=settings)
    for file in sorted((tmp_path / "a" / "claims").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / "claims" / file.name).read_bytes()


def test_the_description_names_data_licence_and_versions(
    claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    report = train_claims([claims_file], out=tmp_path / "models", settings=settings)
    meta = read_meta(report.folder / META)
    (use,) = meta.data
    assert (use.file, use.rows, use.sha256) == ("mine.jsonl", 20, sha256_of(claims_file))
    assert use.licence == "not stated"
    assert {"scikit-learn", "spacy model"} <= set(meta.libraries)
    assert {"actors", "cues"} == set(meta.lexicons)


def test_the_card_is_generated_from_the_description(
    claims_file: Path, tmp_path: Path, settings: Settings
) -> None:
    report = train_claims([claims_file], out=tmp_path / "models", settings=settings)
    card = (report.folder / CARD).read_text(encoding="utf8")
    assert card == render_card(read_meta(report.folder / META))
    assert "mine.jsonl dev" in card


def test_no_pickle_is_written(claims_file: Path, tmp_path: Path, settings: Settings) -> None:
    report = train_claims([claims_file], out=tmp_path / "models", settings=settings)
    assert {path.suffix for path in report.folder.iterdir()} == {".json", ".npz", ".md"}


def test_rows_for_dev_only_cannot_train(
    write_rows: Any, tmp_path: Path, settings: Settings
) -> None:
    path = write_rows([{**row, "split": "dev"} for row in claim_rows()])
    with pytest.raises(InputError, match='no row has the split "train"'):
        train_claims([path], out=tmp_path, settings=settings)


def test_stance_is_trained_and_scored(write_rows: Any, tmp_path: Path, settings: Settings) -> None:
    path = write_rows(stance_rows(), "mine.jsonl")
    report = train_stance([path], out=tmp_path / "models", settings=settings)
    scores = report.after["mine.jsonl dev"]
    assert scores.question("stance").macro_f1.value == 1.0
    assert scores.question("relevance").macro_f1.value == 1.0
