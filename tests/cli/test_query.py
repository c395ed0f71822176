"""``westward query``: a table, CSV or JSON of what a SELECT finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.runs.folder import write_manifest
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build
from tests.cli.conftest import Command

SQL = (
    "SELECT text, position, polarity FROM stances NATURAL JOIN units ORDER BY position DESC LIMIT 2"
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run over one interview."""
    writer = TableWriter(tmp_path / "run" / "tables", duplicates="include")
    writer.append(interview_rows(build()))
    writer.finish()
    write_manifest(tmp_path / "run", {"versions": {"westward": "test"}})
    return tmp_path / "run"


def test_rows_are_printed_as_a_table(run: Path, westward: Command) -> None:
    done = westward("query", run, SQL)
    assert done.returncode == 0
    assert "=Washington should lift the sanctions." in done.stdout
    assert "2 rows" in done.stdout


def test_rows_too_wide_for_the_terminal_are_printed_a_column_a_line(
    run: Path, westward: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = westward("query", run, "SELECT * FROM holders WHERE voice = 'own'").stdout.splitlines()
    voice, holder = (line.strip().split(maxsplit=1) for line in lines[1:3])
    assert (voice, holder) == (["voice", "own"], ["holder_id", "speaker:Analyst (x.s2), FR"])
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "1 row"


def test_csv_is_safe_for_a_spreadsheet_and_json_exact(run: Path, westward: Command) -> None:
    lines = westward("query", run, SQL, "--csv").stdout.splitlines()
    assert lines[0] == "text,position,polarity"
    assert lines[2] == "'=Washington should lift the sanctions.,9,favor"
    first, second = json.loads(westward("query", run, SQL, "--json").stdout)
    assert (first["position"], first["polarity"]) == (10, None)
    assert second["text"] == "=Washington should lift the sanctions."


def test_decimals_and_dates_have_a_form_in_json(run: Path, westward: Command) -> None:
    sql = "SELECT 1.50 AS half, DATE '2024-05-02' AS day, [1, 2] AS both"
    (row,) = json.loads(westward("query", run, sql, "--json").stdout)
    assert row == {"half": 1.5, "day": "2024-05-02", "both": [1, 2]}


def test_a_query_that_cannot_be_answered_is_an_error(run: Path, westward: Command) -> None:
    done = westward("query", run, "SELECT polarit FROM stances")
    assert done.returncode == 2
    assert 'Candidate bindings: "polarity"' in done.stderr
    assert "Traceback" not in done.stderr
