"""The tables: read back as an analyst would, and compared with what the records say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Interview
from pipeline.write.codebook import CODEBOOK, TABLES
from pipeline.write.columns import Table
from pipeline.write.fact_tables import STANCES
from pipeline.write.facts import fact_of
from pipeline.write.frames import protect, read_frame, unprotect
from pipeline.write.tables import TableWriter, build_frames, interview_rows, total_rows
from tests.write.conftest import build, named

DTYPES = {str: "string", bool: "boolean", int: "Int64", float: "Float64"}
SHARES = [(table, column) for table in TABLES for column in table.columns if column.denominator]


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
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of two interviews, each with a respondent of the same role."""
    return write(tmp_path_factory.mktemp("tables"), build("x"), build("y"))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_hold_the_declared_columns_and_no_others(table: Table) -> None:
    for row in interview_rows(build()).get(table, ()):
        assert row.keys() == set(table.header)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_column_has_the_type_of_its_cells(table: Table) -> None:
    rows = interview_rows(build())
    facts = [fact_of(row) for row in rows[STANCES]]
    totals = total_rows(facts, duplicates="include", seed=1)
    for row in {**rows, **totals}[table]:
        for column in table.columns:
            cell = row[column.name]
            assert cell is None or DTYPES[type(cell)] == column.dtype, column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_is_read_back_as_it_was_written(table: Table, folder: Path) -> None:
    made = build_frames([build("x"), build("y")], duplicates="include", seed=1)[table.name]
    pd.testing.assert_frame_equal(read_frame(folder / f"{table.name}.csv", table), made)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_files_have_the_declared_header_also_when_empty(table: Table, tmp_path: Path) -> None:
    write(tmp_path)
    text = (tmp_path / f"{table.name}.csv").read_text(encoding="utf8")
    assert text == ",".join(table.header) + "\n"


def test_the_codebook_names_every_column_of_every_file(folder: Path) -> None:
    book = read(folder, CODEBOOK.name)
    for path in folder.glob("*.csv"):
        if path.stem != CODEBOOK.name:
            assert list(read(folder, path.stem).columns) == list(
                book[book["table"] == path.stem]["column"]
            )


@pytest.mark.parametrize(
    ("table", "column"), SHARES, ids=[f"{table.name}.{column.name}" for table, column in SHARES]
)
def test_a_share_has_its_denominator_in_the_same_row(table: Table, column, folder: Path) -> None:
    rows = read(folder, table.name)
    for _, row in rows.iterrows():
        if row[column.denominator] == 0:
            assert row[column.name] == ""


@pytest.mark.parametrize(
    ("table", "key", "other"),
    [
        ("claims", "unit_id", "units"),
        ("stances", "unit_id", "units"),
        ("entities", "unit_id", "units"),
        ("units", "speaker_id", "speakers"),
        ("units", "interview_id", "interviews"),
        ("claims", "question_id", "questions"),
    ],
)
def test_ids_join(table: str, key: str, other: str, folder: Path) -> None:
    assert set(read(folder, table)[key]) <= set(read(folder, other)[key])


def test_not_about_neutral_abstained_and_not_judged_are_kept_apart(folder: Path) -> None:
    units = read(folder, "units").set_index("unit_id")["own_stance"]
    assert units["x.t002.u3"] == "neutral"
    assert units["x.t002.u4"] == "not_about"
    assert units["x.t005.u2"] == "abstained"
    assert units["x.t001.u1"] == ""


def test_names_and_references_are_counted_apart(folder: Path) -> None:
    row = read(folder, "interviews").iloc[0]
    assert (row["entities"], row["references"], row["references_resolved"]) == (1, 1, 0)


def test_an_abstention_is_not_counted_as_its_polarity(folder: Path) -> None:
    stances = read(folder, "stances").set_index("unit_id")
    row = stances.loc["x.t005.u2"]
    assert (row["counted_as"], row["polarity"]) == ("abstained", "against")


def test_codes_of_other_voices_stay_out_of_claims(folder: Path) -> None:
    assert set(read(folder, "claims")["speaker_id"]) == {"x.s2", "y.s2"}


def test_codes_of_interviewers_are_empty_not_zero(folder: Path) -> None:
    speakers = read(folder, "speakers").set_index("speaker_id")
    assert speakers.loc["x.s1", "claims"] == ""
    assert int(speakers.loc["x.s2", "claims"]) == 4


def test_a_target_is_counted_over_all_interviews(folder: Path) -> None:
    union = read(folder, "targets").set_index("target").loc["European Union"]
    assert (int(union["interviews"]), int(union["own_n"])) == (2, 4)
    assert float(union["own_contested"]) == 1.0


def test_own_and_attributed_stances_of_a_target_are_not_added_up(folder: Path) -> None:
    sanctions = read(folder, "targets").set_index("target").loc["the sanctions"]
    assert (int(sanctions["own_n"]), int(sanctions["own_neutral"])) == (2, 2)
    assert (int(sanctions["attributed_n"]), int(sanctions["attributed_against"])) == (2, 2)


def test_a_person_is_one_holder_in_all_interviews(tmp_path: Path) -> None:
    holders = read(write(tmp_path, named(build("x")), named(build("y"))), "holders")
    assert list(zip(holders["holder"], holders["n"], strict=True)) == [
        ("President Macron", 10),
        ("Russia", 2),
    ]


def test_holders_stand_by_name_and_voice(folder: Path) -> None:
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


def test_text_survives_the_round_trip(folder: Path) -> None:
    texts = read(folder, "units").set_index("unit_id")["text"]
    for unit in build().units or ():
        assert unprotect(texts[unit.id]) == unit.text


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


def test_counts_are_whole_numbers_where_some_are_missing(folder: Path) -> None:
    assert "." not in "".join(map(str, read(folder, "speakers")["claims"]))
