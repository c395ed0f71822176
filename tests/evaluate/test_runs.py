"""The judgements of a run, scored against labels as a model is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Settings
from pipeline.errors import InputError
from pipeline.evaluate.models import ALL, Plan
from pipeline.evaluate.runs import evaluate_run
from pipeline.runs.jsonl import dump_line
from tests.coding.runs import SOURCE, label, talk, write_run

SIDES = ["favor", "against", "none", "neutral"]


def test_a_run_is_scored_on_the_rows_that_it_judged(tmp_path: Path, settings: Settings) -> None:
    """By unit, or by words alone; a row of another interview is counted as missing."""
    interview = talk("a", SIDES)
    run = write_run(tmp_path / "run", [interview])
    labels = [
        label(interview, 0, west="favor", component="claim", kind="fact"),
        label(interview, 1, west="favor", component="premise"),
        label(interview, 2, west="none", unit_id=None),
        label(interview, 3, west="favor", doc="b"),
    ]
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(map(dump_line, labels)), encoding="utf8")
    found, missing = evaluate_run("west", Plan(file, ALL, None, settings), run)
    assert (found.model, found.n_rows, missing) == (SOURCE, 3, 1)
    assert found.question("stance").accuracy == pytest.approx(2 / 3, abs=1e-4)
    found, missing = evaluate_run("claims", Plan(file, "train", None, settings), run)
    assert (found.n_rows, missing) == (2, 0)
    assert found.question("component").accuracy == 0.5
    assert found.question("kind of gold claims").accuracy == 1.0


def test_a_file_of_other_interviews_is_an_error(tmp_path: Path, settings: Settings) -> None:
    run = write_run(tmp_path / "run", [talk("a", SIDES)])
    file = tmp_path / "labels.jsonl"
    file.write_text(dump_line(label(talk("b", SIDES), 0, west="favor")), encoding="utf8")
    with pytest.raises(InputError, match="no row is a sentence that"):
        evaluate_run("west", Plan(file, ALL, None, settings), run)
