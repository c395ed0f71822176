"""A run on disk is what was annotated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import westward
from pipeline.cli import main
from tests.westward.conftest import TALK


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> westward.Run:
    """A run over a title that a spreadsheet would treat as a formula, with one that fails."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "good.md").write_text(f"# =Talk\n\n{TALK}", encoding="utf8")
    (folder / "bad.txt").write_text(" ", encoding="utf8")
    words = ["run", str(folder), "-o", str(folder / "out"), "--model", "small"]
    with pytest.raises(SystemExit):
        main([*words, "--bloc", "west-broad", "--bloc", "west-core"])
    return westward.open_run(folder / "out")


def test_its_interviews_are_what_annotate_returns(run: westward.Run) -> None:
    path = run.folder.parent / "good.md"
    assert run.interviews == (westward.annotate(path, model="small"),)


def test_its_tables_are_those_of_its_interviews(run: westward.Run) -> None:
    read, made = run.tables(), westward.tables(run.interviews)
    more = {"estimates", "groups", "differences", "sensitivity", "sensitivity_units"}
    assert set(read) - set(made) == more
    for name in set(made) - {"codebook"}:
        pd.testing.assert_frame_equal(read[name], made[name])


def test_it_says_how_it_was_made_and_what_failed(run: westward.Run) -> None:
    assert run.settings["bloc"]["name"] == "west-broad"
    assert [failure["interview_id"] for failure in run.failures] == ["bad"]
    assert any("date" in warning for warning in run.warnings)


def test_a_table_of_another_version_is_refused(run: westward.Run, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "interviews.csv").write_text("interview_id\nx\n", encoding="utf8")
    shutil.copy(run.folder / "run.json", tmp_path)
    with pytest.raises(westward.WestwardError, match=r"interviews\.csv: no column title"):
        westward.Run(tmp_path, run.manifest).tables()
