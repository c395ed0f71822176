"""The tables: read back as an analyst would, and compared with what the records say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Interview
from pipeline.write.columns import CODEBOOK, ESTIMATES, TABLES, Table
from pipeline.write.tables import (
    TableWriter,
    build_frame,
    build_frames,
    interview_rows,
    protect,
    read_frame,
    unprotect,
)
from tests.write.conftest import build, named

EXPECTED = Path(__file__).parent / "expected"


def write(folder: Path, *interviews: Interview, duplicates: str = "include") -> Path:
    """Write tables and return their folder."""
    writer = TableWriter(folder, duplicates=duplicates, seed=1)  # type: ignore[arg-type]
    for interview in interviews:
        writer.append(interview_rows(interview))
    writer.finish()
    return folder


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read a table; empty cells are empty strings."""
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of one interview."""
    return write(tmp_path_factory.mktemp("alone"), build())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of two interviews, each with a respondent of the same role."""
    return write(tmp_path_factory.mktemp("tables"), build("x"), build("y"))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_interview_gives_the_expected_rows(table: Table, alone: Path) -> None:
    """``expected/`` was checked by hand against the interview of ``conftest.py``."""
    name = f"{table.name}.csv"
    assert (alone / name).read_text(encoding="utf8") == (EXPECTED / name).read_text(encoding="utf8")


def test_a_cell_of_no_column_is_an_error() -> None:
    with pytest.raises(ValueError, match="interviews: cells of no column: shoe_size"):
        build_frame(TABLES[0], [{"shoe_size": 43}])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_is_read_back_as_it_was_written(table: Table, folder: Path) -> None:
    made = build_frames([build("x"), build("y")], duplicates="include", seed=1)[table.name]
    pd.testing.assert_frame_equal(read_frame(folder / f"{table.name}.csv", table), made)


def test_files_have_the_declared_header_also_when_empty(tmp_path: Path) -> None:
    write(tmp_path)
    for table in (*TABLES, ESTIMATES):
        text = (tmp_path / f"{table.name}.csv").read_text(encoding="utf8")
        assert text == ",".join(table.header) + "\n"


def test_the_codebook_names_every_column_of_every_file(folder: Path) -> None:
    book = read(folder, CODEBOOK.name).groupby("table", sort=False)["column"].agg(list)
    files = {path.stem: path for path in folder.glob("*.csv") if path.stem != CODEBOOK.name}
    assert {name: list(read(folder, name).columns) for name in files} == book.to_dict()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_share_of_nothing_is_empty(table: Table, folder: Path) -> None:
    rows = read(folder, table.name)
    for column in table.columns:
        if column.denominator:
            assert set(rows[rows[column.denominator] == 0][column.name]) <= {""}


@pytest.mark.parametrize(
    ("table", "key", "other"),
    [
        ("claims", "unit_id", "units"), ("stances", "unit_id", "units"),
        ("entities", "unit_id", "units"), ("units", "speaker_id", "speakers"),
        ("units", "interview_id", "interviews"), ("claims", "question_id", "questions"),
    ],
)  # fmt: skip
def test_ids_join(table: str, key: str, other: str, folder: Path) -> None:
    assert set(read(folder, table)[key]) <= set(read(folder, other)[key])


def test_a_target_is_counted_over_all_interviews(folder: Path) -> None:
    union = read(folder, "targets").set_index("target").loc["European Union"]
    assert (int(union["interviews"]), int(union["own_n"])) == (2, 4)
    assert float(union["own_contested"]) == 1.0


def test_a_person_is_one_holder_in_all_interviews(tmp_path: Path) -> None:
    holders = read(write(tmp_path, named(build("x")), named(build("y"))), "holders")
    assert list(zip(holders["holder"], holders["n"], strict=True)) == [
        ("President Macron", 10),
        ("Russia", 2),
    ]


def test_holders_of_a_role_are_listed_by_interview(folder: Path) -> None:
    holders = read(folder, "holders")
    assert list(zip(holders["voice"], holders["holder"], holders["n"], strict=True)) == [
        ("own", "Analyst (x.s2)", 5),
        ("own", "Analyst (y.s2)", 5),
        ("attributed", "Russia", 2),
    ]


def test_a_repeated_position_counts_once_a_document_if_so_set(tmp_path: Path) -> None:
    interview = build()
    stances = interview.stances or ()
    again = stances[0].model_copy(update={"unit_id": "x.t002.u5"})
    repeated = interview.model_copy(update={"stances": (*stances, again)})
    counts = {
        rule: read(write(tmp_path / rule, repeated, duplicates=rule), "targets")
        .set_index("target")
        .loc["NATO", "own_n"]
        for rule in ("include", "document")
    }
    assert counts == {"include": 2, "document": 1}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@here", "\t=1", "\n=1", "'=1", "\uff1d1", "\uff201"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert protect(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Well.", "'quoted'", "'tis so", "a=b"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert protect(text) == text


@given(st.text())
def test_protection_can_be_taken_off_again(text: str) -> None:
    assert unprotect(protect(text)) == text


def test_no_text_breaks_a_row(tmp_path: Path) -> None:
    text = 'A "quoted", word\nand a line\rbreak; 🙂'
    title = build().model_copy(update={"title": text})
    assert read(write(tmp_path, title), "interviews")["title"].tolist() == [text]
