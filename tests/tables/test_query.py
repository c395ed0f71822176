"""SQL over the tables of a run: typed, exact, and without a way out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.runs.folder import write_manifest
from pipeline.tables.columns import ESTIMATES, TABLES, Table
from pipeline.tables.query import query
from pipeline.tables.writer import TableWriter, interview_rows
from tests.built import build


@pytest.fixture(scope="module", params=["utf-8", "utf-8-sig"])
def run(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder of a run over two interviews."""
    folder = tmp_path_factory.mktemp("run")
    writer = TableWriter(folder / "tables", duplicates="include", encoding=request.param)
    for name in ("x", "y"):
        writer.append(interview_rows(build(name)))
    writer.finish()
    write_manifest(folder, {"versions": {"westward": "test"}})
    return folder


def test_numbers_are_numbers_and_texts_are_exact(run: Path) -> None:
    names, rows = query(
        run, "SELECT text, unit_end + 1 AS after, failed FROM units WHERE unit_id = 'x.t005.u1'"
    )
    assert names == ["text", "after", "failed"]
    assert rows == [("=Washington should lift the sanctions.", 39, False)]


def test_dates_are_dates_of_the_first_day_where_none_is_known(run: Path) -> None:
    months = "SELECT DISTINCT date, date_part('year', first_date) FROM interviews, holders"
    assert query(run, f"{months} WHERE date >= DATE '2023-05-01'")[1] == [(date(2023, 5, 1), 2023)]


def test_an_empty_cell_is_null(run: Path) -> None:
    (row,) = query(run, "SELECT count(*), count(polarity), sum(abstained::INT) FROM stances")[1]
    assert row == (12, 10, 2)


@pytest.mark.parametrize("fact", ["claims", "stances", "attributions", "entities"])
def test_tables_join_without_naming_a_key(fact: str, run: Path) -> None:
    joined = f"{fact} NATURAL JOIN units NATURAL JOIN speakers NATURAL JOIN interviews"
    (row,) = query(run, f"SELECT (SELECT count(*) FROM {joined}), count(*) FROM {fact}")[1]
    assert row[0] == row[1] > 0


@pytest.mark.parametrize("table", [*TABLES, ESTIMATES], ids=lambda table: table.name)
def test_no_column_has_to_be_quoted(table: Table, run: Path) -> None:
    names = list(table.header)
    assert query(run, f"SELECT {', '.join(names)} FROM {table.name}")[0] == names


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("SELEC 1", 'syntax error at or near "SELEC"; expected a SELECT from interviews, speakers'),
        ("SELECT * FROM stance", 'Did you mean "stances"'),
        (
            "SELECT polarit FROM stances",
            r'"polarit" not found.*expected columns of stances \(stance_id',
        ),
        ("", "expected one SELECT"),
        ("SELECT 1; SELECT 2", "expected one SELECT"),
        ("DROP TABLE units", "expected one SELECT"),
        ("COPY units TO 'here.csv'", "expected one SELECT"),
        ("SET enable_external_access = true", "expected one SELECT"),
        (
            "SELECT * FROM read_csv('{run}/tables/units.csv')",
            "Permission Error: Cannot access file",
        ),
        ("SELECT * FROM '{run}/tables/units.csv'", "Permission Error"),
        ("SELECT * FROM glob('/*')", "Permission Error"),
    ],
)
def test_a_query_that_is_not_one_select_of_the_tables_is_refused(
    sql: str, fault: str, run: Path
) -> None:
    with pytest.raises(InputError, match=fault):
        query(run, sql.format(run=run))


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the folder of a run"):
        query(tmp_path, "SELECT 1")
