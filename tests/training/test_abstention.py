"""Thresholds are chosen on dev, stored for the very weights, and shown in the card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.artefacts import CARD, META, read_description, read_meta
from pipeline.config import Settings
from pipeline.errors import ArtefactError, InputError
from pipeline.evaluate.scores import Asked
from pipeline.judges.abstention import PRECISIONS, read_thresholds
from pipeline.judges.loader import load_claims_judge
from pipeline.train.cards import FAILURES
from pipeline.train.heads import train_heads
from tests.rows import claim_rows, stance_rows
from training.abstention import add_abstention, describe
from training.model_cards import RELIABILITY_PLOT, RISK_PLOT, write_card

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows with component, kind and stance, of four documents for training and one for dev."""
    path = tmp_path_factory.mktemp("rows") / "mine.jsonl"
    components = [{**row, "west": "none", "target": None} for row in claim_rows()]
    stances = [{**row, "component": "claim", "kind": "value"} for row in stance_rows()]
    lines = [json.dumps(row) + "\n" for row in (*components, *stances)]
    path.write_text("".join(lines), encoding="utf8")
    return path


def train(task: str, rows: Path, out: Path, settings: Settings) -> Path:
    """Retrain the small encoder's heads and return their folder."""
    report = train_heads(
        task, [rows], encoder="encoder-small", out=out, settings=settings, force=True
    )
    assert report.folder is not None
    return report.folder


@pytest.fixture(scope="module")
def folder(rows: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """Heads of claims with thresholds."""
    trained = train("claims", rows, tmp_path_factory.mktemp("models"), settings)
    add_abstention(trained, [rows], settings)
    return trained


def test_only_dev_rows_choose(folder: Path) -> None:
    block = read_description(folder / META)["abstention"]
    assert block["split"] == "dev"
    assert block["questions"]["component"]["rows"] == 9
    assert block["questions"]["component"]["docs"] == 1


def test_every_label_has_a_threshold_for_every_precision(folder: Path) -> None:
    for precision in PRECISIONS:
        found = read_thresholds(folder, "component", precision=precision)
        assert set(found) == {"claim", "premise", "none"}


def test_the_model_still_loads(folder: Path) -> None:
    judge = load_claims_judge(folder.name, models=folder.parent)
    assert judge.source.startswith("model:claims-small@")
    assert read_meta(folder / META).abstention["split"] == "dev"


def test_choosing_again_changes_nothing(folder: Path, rows: Path, settings: Settings) -> None:
    before = (folder / META).read_bytes()
    add_abstention(folder, [rows], settings)
    assert (folder / META).read_bytes() == before


def test_thresholds_are_refused_once_the_model_is_trained_on_other_rows(
    folder: Path, rows: Path, tmp_path: Path, settings: Settings
) -> None:
    lines = rows.read_text("utf8").splitlines()[:-1]
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("\n".join(lines), encoding="utf8")
    other = train("claims", fewer, tmp_path, settings)
    stale = read_meta(other / META).model_copy(
        update={"abstention": read_meta(folder / META).abstention, "files": {"weights.npz": "0"}}
    )
    (other / META).write_text(stale.model_dump_json(), encoding="utf8")
    with pytest.raises(ArtefactError, match="chosen for other weights"):
        read_thresholds(other, "component", precision=0.5)


def test_a_stance_model_has_thresholds_for_its_three_polarities(
    rows: Path, tmp_path: Path, settings: Settings
) -> None:
    folder = train("stance", rows, tmp_path, settings)
    questions = add_abstention(folder, [rows], settings)["questions"]
    assert set(questions) == {"stance", "polarity"}
    assert set(questions["stance"]["labels"]) == {"favor", "against", "neutral"}


def test_rows_that_answer_nothing_are_an_error(
    folder: Path, write_rows: Any, settings: Settings
) -> None:
    path = write_rows([{**row, "split": "train"} for row in claim_rows()])
    with pytest.raises(InputError, match="no row of the split dev has a label for a head of"):
        add_abstention(folder, [path], settings)


def test_a_folder_without_the_files_is_an_error(
    folder: Path, tmp_path: Path, settings: Settings
) -> None:
    with pytest.raises(InputError, match=r"none of interviews\.jsonl, .* found"):
        add_abstention(folder, [tmp_path], settings)


def test_the_card_shows_calibration_thresholds_and_plots(folder: Path) -> None:
    card = (folder / CARD).read_text("utf8")
    for heading in ("## Calibration", "## Risk by coverage", "## Abstention"):
        assert heading in card
    for plot in (RISK_PLOT, RELIABILITY_PLOT):
        assert f"({plot})" in card
        assert (folder / plot).read_text("utf8").startswith("<svg")


def test_the_card_takes_in_what_a_person_wrote_of_failures(
    folder: Path, rows: Path, tmp_path: Path, settings: Settings
) -> None:
    mine = train("claims", rows, tmp_path, settings)
    assert "Known failures" not in (mine / CARD).read_text("utf8")
    (mine / FAILURES).write_text("- Thanks before a claim hide it.\n", encoding="utf8")
    write_card(mine)
    assert "## Known failures" in (mine / CARD).read_text("utf8")
    assert "- Thanks before a claim hide it.\n" in (mine / CARD).read_text("utf8")


def test_of_stance_only_what_has_a_record_is_weighed() -> None:
    probabilities = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.1, 0.1, 0.7], [0.1, 0.1, 0.1, 0.7]])
    labels = ("favor", "against", "neutral", "none")
    gold = ("favor", "favor", "none")
    found = describe(Asked("stance", labels, gold, probabilities, ("a", "a", "b"), {}), seed=1)
    assert set(found["labels"]) == {"favor", "against", "neutral"}
    assert found["risk_by_coverage"] == [(1.0, 0.0)]
    assert found["labels"]["against"]["at"]["0.50"]["kept"] == 0
