"""Spreadsheets with a row a turn: CSV, TSV and Excel."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping

import openpyxl

from pipeline.errors import InputError
from pipeline.ingest.archive import open_archive
from pipeline.ingest.content import Content, clean
from pipeline.ingest.header import KEYS
from pipeline.ingest.tables import as_content_paragraphs, read_by_speaker, read_rows

EXCEL = "an Excel workbook (.xlsx)"
MAX_ROWS, MAX_COLUMNS = 200_000, 200
_FORMULA = re.compile(r"^\s*(?:=|[+@-]\s*[A-Za-z]+\()")
_DELIMITERS = ",;\t|"


def read_csv(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read comma-, semicolon-, bar- or tab-separated values.

    Raises:
        InputError: the table is malformed, or none of its columns holds running text.
    """
    csv.field_size_limit(10_000_000)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append(row[:MAX_COLUMNS])
            if len(rows) > MAX_ROWS:
                raise InputError(f"{name}: more than {MAX_ROWS:,} rows; expected one transcript")
    except csv.Error as error:
        raise InputError(
            f"{name}:{len(rows) + 1}: no table ({error}); expected a row a turn; check the quotes"
        ) from error
    return _content(rows, name=name, keys=keys)


def read_xlsx(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read the sheet of a workbook that holds the most text; formulas are never computed.

    Raises:
        InputError: it is damaged, encrypted, unpacks to too much, or holds no running text.
    """
    open_archive(data, name=name, expected=EXCEL)
    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [list(_sheet_rows(sheet)) for sheet in book.worksheets]
    except Exception as error:  # openpyxl lets what it meets in a damaged part through
        raise InputError(
            f"{name}: cannot be read ({type(error).__name__}: {error}); expected {EXCEL}; "
            "open it and save it anew"
        ) from error
    sizes = [sum(len(cell.split()) for row in rows for cell in row) for rows in sheets]
    best = max(range(len(sheets)), key=lambda i: sizes[i], default=None)
    content = _content(sheets[best] if best is not None else [], name=name, keys=keys)
    others = [book.sheetnames[i] for i, size in enumerate(sizes) if i != best and size]
    if others:
        content.warnings.append(f"{name}: other sheets are not read: {', '.join(others)}")
    return content


def _sheet_rows(sheet: object) -> Iterator[list[str]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):  # type: ignore[attr-defined]
        if number > MAX_ROWS:
            return
        cells = ["" if value is None else str(value) for value in row[:MAX_COLUMNS]]
        yield cells


def _delimiter(text: str) -> str:
    """The delimiter that parts most lines into the same number of cells, more than one."""
    sample = text[:100_000]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""),
                                                     delimiter=delimiter) if row]  # fmt: skip
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=1)
        regular = widths.count(common) / max(1, len(widths))
        value = regular * (1 + 0.1 * min(common, 6)) if common > 1 else 0.0
        if value > most:
            best, most = delimiter, value
    return best


def _content(rows: list[list[str]], *, name: str, keys: Mapping[str, str] | None) -> Content:
    metadata, above = ({}, 0) if read_by_speaker(rows) else _metadata(rows)
    turns = read_rows(rows[above:], name=name, keys=keys, first_row=above + 1)
    if not turns:
        raise InputError(
            f"{name}: no column of running text; expected a row a turn, with columns such as "
            '"speaker" and "text"; name them with --keys "speaker=COLUMN,text=COLUMN"'
        )
    doubts = [
        f"{name}:{turn.line}: the cell holds a formula; kept as text, not computed"
        for turn in turns
        if _FORMULA.match(turn.text)
    ]
    if any(turn.speaker for turn in turns):
        return Content([], metadata, warnings=doubts, turns=turns)
    return Content(as_content_paragraphs(turns), metadata, warnings=doubts)


def _metadata(rows: list[list[str]]) -> tuple[dict[str, str], int]:
    """``title | A harbour`` rows above the table; return them and how many rows they take."""
    metadata: dict[str, str] = {}
    above = 0
    for row in rows:
        cells = [clean(cell) for cell in row if cell.strip()]
        key = KEYS.get(cells[0].rstrip(":").lower()) if cells else None
        if cells and (len(cells) != 2 or key is None):
            break
        above += 1
        if cells and key is not None:
            metadata[key] = cells[1]
    return (metadata, above) if metadata and above < len(rows) else ({}, 0)
