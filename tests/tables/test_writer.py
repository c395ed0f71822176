"""The tables: read back as an analyst would, and compared with what the records say."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.records import Interview
from pipeline.tables.columns import CODEBOOK, ESTIMATES, TABLES, Table
from pipeline.tables.frames import build_frame, build_frames, read_frame
from pipeline.tables.writer import TableWriter, interview_rows, protect, unprotect
from tests.built import build, named

EXPECTED = Path(__file__).parent / "expected"


def write(folder: Path, *interviews: Interview, duplicates: str = "include") -> Path:
    """Write tables and return their folder."""
    writer = TableWriter(folder, duplicates=duplicates)  # type: ignore[arg-type]
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


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"shoe_size": 43}, "interviews: cells of no column: shoe_size"),
        ({"turns": "six"}, "interviews: turns: found str; expected Int64"),
        ({"turns": True}, "interviews: turns: found bool; expected Int64"),
        ({"title": 7}, "interviews: title: found int; expected string"),
        ({"own_net": float("nan")}, "interviews: own_net: found float; expected Float64"),
    ],
)
def test_a_cell_of_no_column_or_of_another_type_is_an_error(
    row: dict[str, Any], fault: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=fault):
        build_frame(TABLES[0], [row])
    with pytest.raises(ValueError, match=fault):
        TableWriter(tmp_path, duplicates="include").write("interviews", [row])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_bytes_are_those_that_pandas_would_write(table: Table, folder: Path) -> None:
    frame = build_frames([build("x"), build("y")], duplicates="include")[table.name]
    texts = frame.select_dtypes("string").columns
    safe = {name: frame[name].map(protect, na_action="ignore") for name in texts}
    csv = frame.assign(**safe).to_csv(index=False, lineterminator="\n")
    assert (folder / f"{table.name}.csv").read_bytes() == csv.encode("utf8")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="\r", codec="utf8")),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
    )
)
def test_any_text_and_number_is_written_as_pandas_would(cells: list[tuple[str, float]]) -> None:
    lines = [{"title": text, "own_net": number} for text, number in cells]
    with TemporaryDirectory() as place:
        TableWriter(Path(place), duplicates="include").write("interviews", lines)
        written = (Path(place) / "interviews.csv").read_bytes()
    frame = build_frame(TABLES[0], lines)
    frame["title"] = frame["title"].map(protect, na_action="ignore")
    assert written == frame.to_csv(index=False, lineterminator="\n").encode("utf8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_file_is_read_back_as_it_was_written(table: Table, folder: Path) -> None:
    made = build_frames([build("x"), build("y")], duplicates="include")[table.name]
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
        ("units", "question_id", "questions"), ("stances", "attribution_id", "attributions"),
        ("stances", "holder_id", "holders"), ("stances", "holder_id", "positions"),
        ("stances", "target", "targets"), ("attributions", "holder_id", "holders"),
    ],
)  # fmt: skip
def test_ids_join(table: str, key: str, other: str, folder: Path) -> None:
    assert set(read(folder, table)[key]) - {""} <= set(read(folder, other)[key])


@pytest.mark.parametrize("fact", ["units", "claims", "stances", "attributions", "entities"])
def test_tables_join_on_what_they_share(fact: str, folder: Path) -> None:
    """What two of them both name is the same in both, so that no key has to be looked up."""
    facts = joined = read(folder, fact)
    for dimension in ("units", "speakers", "interviews"):
        joined = joined.merge(read(folder, dimension))
    assert len(joined) == len(facts)
    asked = joined.merge(read(folder, "questions"))
    assert len(asked) == (joined["question_id"] != "").sum()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_cells_have_the_values_of_the_codebook(table: Table, folder: Path) -> None:
    rows = read(folder, table.name)
    for column in table.columns:
        if column.values:
            assert set(rows[column.name]) - {""} <= set(column.values), column.name


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


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(codec="utf8"), min_size=1))
@example("a\rb")
@example('A "quoted", word\nand a line\rbreak; 🙂')
def test_no_text_breaks_a_row(text: str) -> None:
    with TemporaryDirectory() as folder:
        writer = TableWriter(Path(folder), duplicates="include")
        writer.write("interviews", [{"title": text, "turns": 1}])
        found = read_frame(Path(folder) / "interviews.csv", TABLES[0])
    assert found["title"].tolist() == [text]
