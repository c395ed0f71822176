"""The codebook: every column of every table, and the documents' list of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.write.codebook import CODEBOOK, TABLES, codebook_rows
from pipeline.write.columns import Table
from pipeline.write.counts import MIN_STANCES, MIN_TURNS
from pipeline.write.sensitivity_tables import SENSITIVITY_TABLES

ALL = (*TABLES, *SENSITIVITY_TABLES)
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"


def meanings() -> dict[tuple[str, str], str]:
    return {
        (str(row["table"]), str(row["column"])): str(row["meaning"]) for row in codebook_rows(ALL)
    }


def test_every_column_of_every_table_stands_in_it_once_with_a_meaning() -> None:
    listed = [(row["table"], row["column"]) for row in codebook_rows(ALL)]
    assert listed == [(table.name, name) for table in ALL for name in table.header]
    assert len(listed) == len(set(listed))
    assert all(meanings().values())


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_denominator_is_a_column_of_the_same_table(table: Table) -> None:
    denominators = {column.denominator for column in table.columns if column.denominator}
    assert denominators <= set(table.header)


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_share_names_its_denominator(table: Table) -> None:
    for column in table.columns:
        if "share" in column.name and not column.name.startswith("difference_"):
            assert column.denominator


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_table_can_be_read_alone(table: Table) -> None:
    """Who speaks and when stand beside the ids; a table of units holds their text."""
    header = set(table.header)
    if "interview_id" in header:
        assert "date" in header
    if "speaker_id" in header:
        assert {"speaker_name", "role"} <= header
    if "unit_id" in header:
        assert {"text", "unit_text"} & header


@pytest.mark.parametrize(
    ("table", "column"),
    [("holders", "voice"), ("positions", "voice"), ("targets", "attributed_n")],
)
def test_reports_are_called_a_reading_list_with_the_figures_of_the_documents(
    table: str, column: str
) -> None:
    meaning = meanings()[table, column]
    assert "reading list, not a count" in meaning
    accuracy = " ".join((DOCUMENTS / "accuracy.md").read_text(encoding="utf8").split())
    found = re.search(r"F1 is (\.\d+): of (\d+) annotated sentences (\d+) were found, and (\d+) were",
                      accuracy)  # fmt: skip
    assert found is not None
    f1, there, right, shown = found.groups()
    assert f"{right} of {shown} shown were right" in meaning
    assert f"{right} of {there} were found" in meaning
    assert f"F1 {f1}" in meaning
    assert f"precision {int(right) / int(shown):.2f}".replace("0.", ".") in meaning


@pytest.mark.parametrize(
    ("table", "prefix"),
    [("holders", ""), ("positions", ""), ("targets", "own_"), ("targets", "attributed_")],
)
def test_net_says_that_it_divides_by_undecided_rows_too(table: str, prefix: str) -> None:
    meaning = meanings()[table, f"{prefix}net"]
    assert f"{prefix}n counts all, neutral and not decided too" in meaning


@pytest.mark.parametrize("table", ["holders", "positions"])
def test_the_least_behind_an_interval_is_stated(table: str) -> None:
    meaning = meanings()[table, "net_low"]
    assert f"{MIN_STANCES} stances" in meaning
    assert f"{MIN_TURNS} turns" in meaning


@pytest.mark.parametrize("table", [*ALL, CODEBOOK], ids=lambda table: table.name)
def test_the_codebook_page_lists_every_table(table: Table) -> None:
    assert f"`tables/{table.name}.csv`" in (DOCUMENTS / "codebook.md").read_text(encoding="utf8")
