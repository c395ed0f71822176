"""Tables that a person keeps: read in the usual forms, written back in the form they have."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.corpus.sheets import Kind, Sheet, new_sheet, read_sheet, write_sheet
from pipeline.errors import InputError

KIND = Kind(record="index row", needed=("id",), known=("id", "date", "series"), dates=("date",))
ROWS = "id;Series;seat\na;Gespräche – früh;Łódź\n"


def cells(sheet: Sheet) -> list[dict[str, object]]:
    return [dict(line.cells) for line in sheet.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_text_is_read_and_written_back_in_its_form(
    encoding: str, ends: str, sign: str, tmp_path: Path
) -> None:
    path = tmp_path / "index.csv"
    text = ROWS.replace("Łódź", "Köln").replace(";", sign).replace("\n", ends)
    path.write_bytes(text.encode(encoding))
    sheet = read_sheet(path, KIND)
    assert cells(sheet) == [{"id": "a", "series": "Gespräche – früh", "seat": "Köln"}]
    write_sheet(sheet, changed={2: {"seat": "Bonn"}}, added=[{"id": "b", "seat": "Trier"}])
    expected = text.replace("Köln", "Bonn") + f"b{sign}{sign}Trier{ends}"
    assert path.read_bytes().decode(encoding) == expected


def test_rows_that_are_not_changed_keep_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    path.write_bytes(b'sep=;\r\nid;note\r\n"a";"two\r\nlines"\r\n\r\nb;x')
    sheet = read_sheet(path, KIND)
    assert [line.number for line in sheet.lines] == [2, 4]
    write_sheet(sheet, changed={4: {"party": "Left"}}, removed={2})
    assert path.read_bytes() == b"sep=;\r\nid;note;party\r\n\r\nb;x;Left\r\n"


def test_a_sign_that_the_encoding_lacks_is_refused_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "index.csv"
    path.write_bytes("id\nMünster\n".encode("cp1252"))
    before = path.read_bytes()
    with pytest.raises(InputError, match='cp1252, which lacks "Ł"; nothing was written'):
        write_sheet(read_sheet(path, KIND), added=[{"id": "Łódź"}])
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", 'index.csv:1: no column "id"; found nothing'),
        ("ID;seat\na;b;c\n", 'index.csv:2: 3 cells, the last "c", in 2 columns'),
        ("ids,date\na,b\n", 'no column "id"; found ids, date; did you mean ids'),
        ("id,seat,Seat\n", 'two columns "Seat", B and C'),
        ('id\n"a', "index.csv:2: no row of a table"),
    ],
)
def test_a_table_that_is_none_is_named_with_row_and_column(
    text: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "index.csv"
    path.write_text(text, encoding="utf8")
    try:
        found = [str(line.fault) for line in read_sheet(path, KIND).lines]
    except InputError as error:
        found = [str(error)]
    assert fault in found[0]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook as people keep one: another sheet first, dates as Excel has them."""
    book = Workbook()
    book.worksheets[0].append(["notes"])
    page = book.create_sheet("talks")
    page.append(["ID", "Date", "wave"])
    page.append(["a", datetime(2016, 9, 26), 2])
    page.append(["b", datetime(2016, 9, 1), 3.5])
    page.append(["c", 2016, None])
    page.append(["d", 42639, None])
    page["B3"].number_format = "mmm-yy"
    book.save(tmp_path / "index.xlsx")
    return tmp_path / "index.xlsx"


def test_dates_are_read_as_excel_writes_them(workbook: Path) -> None:
    assert [one.get("date") for one in cells(read_sheet(workbook, KIND))] == [
        "2016-09-26", "2016-09", "2016", "2016-09-26"
    ]  # fmt: skip


def test_a_workbook_stays_one(workbook: Path) -> None:
    sheet = read_sheet(workbook, KIND)
    write_sheet(sheet, changed={3: {"wave": "=1+1"}}, added=[{"id": "e", "date": "2020-01-31"}])
    again = read_sheet(workbook, KIND)
    assert cells(again)[1] == {"id": "b", "date": "2016-09", "wave": "=1+1"}
    page = load_workbook(workbook)["talks"]
    assert (page["C3"].data_type, page["B6"].value) == ("s", datetime(2020, 1, 31))
    assert load_workbook(workbook).sheetnames == ["Sheet", "talks"]


def test_a_column_of_an_unnamed_cell_is_named(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["talks"]["D2"] = "stray"
    book.save(workbook)
    faults = [str(line.fault) for line in read_sheet(workbook, KIND).lines if line.fault]
    assert len(faults) == 1
    assert 'index.xlsx:2, column D: "stray" in a column without a name' in faults[0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_a_new_table_can_be_read(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"speakers.{suffix}"
    rows = [{"id": "=A1", "seat": "Łódź"}, {"id": "b", "date": date(2020, 1, 2).isoformat()}]
    write_sheet(new_sheet(path, ("id", "date")), added=rows)
    assert cells(read_sheet(path, KIND)) == rows


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    from pipeline.corpus.sheets import find_sheet

    (tmp_path / "index.csv").write_text("id\n")
    (tmp_path / "index.jsonl").write_text("")
    with pytest.raises(InputError, match=r"index.jsonl and index.csv; expected one"):
        find_sheet(tmp_path, "index")
