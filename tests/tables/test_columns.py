"""The declared columns, codebook.csv, and the documents' list of tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.tables.columns import (
    CODEBOOK,
    COMPARISON_TABLES,
    DIFFERENCES,
    ESTIMATES,
    GROUPS,
    TABLES,
    Table,
    codebook_page,
    codebook_rows,
)
from pipeline.tables.net import MIN_INTERVIEWS, MIN_STANCES, MIN_TURNS

ALL = (*TABLES, ESTIMATES, GROUPS, DIFFERENCES, *COMPARISON_TABLES)
DOCUMENTS = Path(__file__).resolve().parents[2] / "docs"
MEANINGS = {(row["table"], row["column"]): str(row["meaning"]) for row in codebook_rows(ALL)}


def test_every_column_of_every_table_is_listed_once_with_a_meaning() -> None:
    listed = [(row["table"], row["column"]) for row in codebook_rows(ALL)]
    assert listed == [(table.name, name) for table in ALL for name in table.header]
    assert len(listed) == len(set(listed))
    assert all(MEANINGS.values())
    assert not any(sign in text for text in MEANINGS.values() for sign in "{}")


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_a_share_names_its_denominator_in_the_same_table(table: Table) -> None:
    for column in table.columns:
        if "share" in column.name and not column.name.startswith("difference_"):
            assert column.denominator
        assert column.denominator is None or column.denominator in table.header


def test_the_text_of_a_unit_and_of_a_question_is_in_one_table_and_in_reading() -> None:
    for column, home in (("text", "units"), ("question", "questions")):
        assert [table.name for table in ALL if column in table.header] == [home, "reading"]


def test_the_page_of_the_codebook_has_a_line_for_each_column() -> None:
    lines = codebook_page(ALL).splitlines()
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("| `")]
    assert [row[0].strip(" `") for row in cells] == [name for one in ALL for name in one.header]
    assert {len(row) for row in cells} == {5}


@pytest.mark.parametrize(
    "place", [("holders", "voice"), ("positions", "voice"), ("targets", "attributed_n")]
)
def test_reports_are_a_reading_list_with_the_figures_of_the_documents(
    place: tuple[str, str],
) -> None:
    meaning = MEANINGS[place]
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


NETS = [("holders", ""), ("positions", ""), ("targets", "own_"), ("targets", "attributed_")]


@pytest.mark.parametrize(("table", "prefix"), NETS)
def test_net_has_one_formula_of_decided_stances(table: str, prefix: str) -> None:
    formula = f"({prefix}favor - {prefix}against) / {prefix}decided"
    assert formula in MEANINGS[table, f"{prefix}net"]


@pytest.mark.parametrize(("table", "prefix"), NETS)
def test_the_least_that_an_interval_needs_is_stated(table: str, prefix: str) -> None:
    meaning = MEANINGS[table, f"{prefix}net_low"]
    assert f"{MIN_STANCES} decided stances or {MIN_TURNS} turns" in meaning


def test_the_codebook_says_once_what_a_net_position_is() -> None:
    page = codebook_page(ALL)
    assert page.count("Net position: (favor - against) / (favor + against + neutral)") == 1
    assert f"interviews where there are {MIN_INTERVIEWS} or more" in page


@pytest.mark.parametrize("table", [*ALL, CODEBOOK], ids=lambda table: table.name)
def test_the_codebook_page_lists_every_table(table: Table) -> None:
    assert f"`tables/{table.name}.csv`" in (DOCUMENTS / "codebook.md").read_text(encoding="utf8")
