"""The tables that a person keeps beside the transcripts: CSV, Excel or JSON Lines, read alike.

CSV may be in UTF-8, UTF-16 or Windows-1252, with commas, semicolons, tabs or bars. What is changed
is written back in the format that the file has; all other rows stay as they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel

from pipeline.errors import InputError, did_you_mean
from pipeline.ingest.decode import find_encoding
from pipeline.ingest.guard import guarded
from pipeline.ingest.office import open_workbook
from pipeline.ingest.read import read_file
from pipeline.runs.files import replace_file
from pipeline.runs.jsonl import load_object, parse_lines
from pipeline.tables.writer import protect, unprotect

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

JSONL, CSV, XLSX = ".jsonl", ".csv", ".xlsx"
SUFFIXES = (JSONL, CSV, XLSX)
OPTION = "--corpus"
_DELIMITERS = ",;\t|"
_SAID_DELIMITER = re.compile(r"sep=(.)\r?\n", re.I)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_MIN_SERIAL = 10_000  # in 1927, as Excel counts days; below it a number is a year

Cells = Mapping[str, Any]
"""A row by its columns, without empty cells; texts, in JSON Lines also other values."""


@dataclass(frozen=True)
class Kind:
    """What a table has to be.

    Attributes:
        record: what a row is, for messages.
        needed: columns that must be there.
        known: columns with a meaning; their names are found in any case.
        dates: columns of dates.
    """

    record: str
    needed: Sequence[str]
    known: Sequence[str]
    dates: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """A row: its number in the file, from 1, and its cells or its fault."""

    number: int
    cells: Cells = field(default_factory=dict)
    fault: InputError | None = None


@dataclass(frozen=True)
class Sheet:
    """A table as read.

    Attributes:
        columns: their names, in order; of JSON Lines all keys, in order of appearance.
        encoding: of a text.
        delimiter: of CSV.
        ends: the line ends of CSV.
        title: of the sheet of a workbook.
        head: the row of the header.
        raw: the text of each row of CSV or JSON Lines, with its end; the header's at 0 in CSV.
    """

    path: Path
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    ends: str = "\n"
    title: str = ""
    head: int = 1
    raw: tuple[str, ...] = ()
    before: str = ""

    def where(self, number: int, column: str | None = None) -> str:
        """Return the place of a row or a cell, for messages: ``index.csv:3, column D "date"``."""
        place = f"{self.path}:{number}"
        if column is None:
            return place
        if self.path.suffix.lower() == JSONL or column not in self.columns:
            return f'{place}, "{column}"'
        return f'{place}, column {get_column_letter(self.columns.index(column) + 1)} "{column}"'


_Page = tuple[str, int, tuple[str, ...], list[tuple[int, dict[str, str], str | None]]]
"""Title of a sheet, row of its header, columns, and of each row the number, cells and fault."""


def find_sheet(folder: Path, stem: str) -> Path | None:
    """Return the table of a name in a folder, in whichever format it is there; None if in none.

    Raises:
        InputError: it is there in two.
    """
    there = [path for suffix in SUFFIXES if (path := folder / f"{stem}{suffix}").exists()]
    if len(there) > 1:
        names = " and ".join(path.name for path in there)
        raise InputError(
            f"{folder}: {names}; expected one of them; move the other out of the folder"
        )
    return there[0] if there else None


def read_sheet(path: Path, kind: Kind) -> Sheet:
    """Read a table; a malformed row is in it with its fault.

    Raises:
        InputError: the file cannot be read as a table, or a column is missing or there twice.
    """
    suffix = path.suffix.lower()
    if suffix == JSONL:
        return _read_jsonl(path, kind)
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path}: expected a file that ends in {', '.join(SUFFIXES)}; save it in one of these"
        )
    return _read_xlsx(path, kind) if suffix == XLSX else _read_csv(path, kind)


def new_sheet(path: Path, columns: Sequence[str], *, like: Sheet | None = None) -> Sheet:
    """Return an empty table for a new file; CSV is as Excel writes it, or like another table's."""
    delimiter = like.delimiter if like is not None and like.path.suffix.lower() == CSV else ","
    sheet = Sheet(path, tuple(columns), encoding="utf-8", delimiter=delimiter)
    if path.suffix.lower() == CSV:
        text = _csv_row(columns, sheet)
        return Sheet(path, tuple(columns), encoding="utf-8-sig", delimiter=delimiter, raw=(text,))
    return sheet


def write_sheet(
    sheet: Sheet,
    *,
    changed: Mapping[int, Cells] | None = None,
    added: Sequence[Cells] = (),
    removed: Collection[int] = (),
) -> None:
    """Write a table with other cells in some rows, and with rows at its end, in one step.

    Args:
        sheet: as read, or new.
        changed: cells by the number of their row; None as a cell empties it.
        added: rows; a column that the table lacks is added to it.
        removed: numbers of rows to leave out.

    Raises:
        InputError: the file cannot be written, or its encoding lacks a character.
    """
    suffix = sheet.path.suffix.lower()
    write = {JSONL: _dump_jsonl, CSV: _dump_csv, XLSX: _dump_xlsx}[suffix]
    data = write(sheet, changed or {}, added, removed)
    replace_file(sheet.path, data, option=OPTION)


def _columns(names: Sequence[str], kind: Kind, path: Path, row: int) -> tuple[str, ...]:
    """The columns of a header, those that are known as they are known; or InputError."""
    known = {name.casefold(): name for name in kind.known}
    found: list[str] = []
    for place, name in enumerate(names, start=1):
        text = " ".join(name.split())
        found.append(known.get(text.casefold(), text) or f"column {get_column_letter(place)}")
    folded = [re.sub(r"\W+", "_", name).casefold() for name in found]
    for place, name in enumerate(folded):
        if name in folded[:place]:
            raise InputError(
                f'{path}:{row}: two columns "{found[place]}", '
                f"{get_column_letter(folded.index(name) + 1)} and {get_column_letter(place + 1)}; "
                "expected each once; rename or delete one"
            )
    for name in kind.needed:
        if name not in found:
            there = ", ".join(found) or "nothing"
            raise InputError(
                f'{path}:{row}: no column "{name}"; found {there}'
                f"{did_you_mean(name, found)}; expected a {kind.record} in each row, with at least "
                f"{' and '.join(kind.needed)}; name the column, or rename the file if it is no "
                "such table"
            )
    return tuple(found)


def _read_jsonl(path: Path, kind: Kind) -> Sheet:
    def load(line: str) -> dict[str, Any]:
        return load_object(line.removeprefix("\ufeff"))

    found = parse_lines(
        path,
        load,
        record=kind.record,
        expected=f"one JSON object a line, in UTF-8, with at least {_needed(kind)}; correct it, "
        "then see `westward check`",
    )
    lines, columns = [], dict.fromkeys(kind.needed)
    for number, item in found:
        if isinstance(item, InputError):
            lines.append(Line(number, fault=item))
        else:
            columns |= dict.fromkeys(item)
            lines.append(Line(number, {k: v for k, v in item.items() if v not in (None, "")}))
    rows = re.findall(rb"[^\n]*\n|[^\n]+$", path.read_bytes())
    raw = tuple(row.decode("utf-8", "surrogateescape") for row in rows)
    return Sheet(path, tuple(columns), tuple(lines), raw=raw)


def _needed(kind: Kind) -> str:
    return " and ".join(f'"{name}"' for name in kind.needed)


def _read_csv(path: Path, kind: Kind) -> Sheet:
    data = read_file(path)
    encoding = find_encoding(data, name=str(path))
    text = data.decode(encoding)
    said = _SAID_DELIMITER.match(text)
    before, text = (said[0], text[said.end() :]) if said else ("", text)
    delimiter = said[1] if said else _delimiter(text)
    ends = "\r\n" if "\r\n" in text else "\n"
    every = list(_csv_rows(path, text, delimiter)) or [(1, [], "")]
    first = next((place for place, (_, row, _) in enumerate(every) if any(map(str.strip, row))), 0)
    before += "".join(raw for _, _, raw in every[:first])
    head, *rows = every[first:]
    columns = _columns(_without_empty_end(head[1]), kind, path, head[0])
    lines = [_csv_line(path, number, row, columns) for number, row, _ in rows]
    return Sheet(
        path, columns, tuple(line for line in lines if line.cells or line.fault),
        encoding, delimiter, ends, head=head[0], before=before,
        raw=(head[2], *(raw for _, _, raw in rows)),
    )  # fmt: skip


def _delimiter(text: str) -> str:
    """The sign that splits the header into most cells."""
    first = next(filter(str.strip, text.splitlines()), "")
    widths = {sign: len(next(csv.reader([first], delimiter=sign), [])) for sign in _DELIMITERS}
    return max(widths, key=lambda sign: widths[sign])


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield number, cells and text of each row; a cell may have line ends in it."""
    csv.field_size_limit(10_000_000)
    read: list[str] = []

    def each() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            read.append(line)
            yield line

    reader, number = csv.reader(each(), delimiter=delimiter, strict=True), 0
    try:
        for number, row in enumerate(reader, start=1):
            yield number, row, "".join(read)
            read.clear()
    except csv.Error as error:
        raise InputError(
            f"{path}:{number + 1}: no row of a table ({error}); expected cells between "
            f'"{delimiter}", with each quotation mark in a quoted cell twice; correct it, or save '
            "the table from a spreadsheet"
        ) from error


def _without_empty_end(names: Sequence[str]) -> Sequence[str]:
    """A header without the empty cells at its end."""
    width = max((place for place, name in enumerate(names, 1) if name.strip()), default=0)
    return names[:width]


def _csv_line(path: Path, number: int, row: Sequence[str], columns: Sequence[str]) -> Line:
    if any(cell.strip() for cell in row[len(columns) :]):
        return Line(
            number,
            fault=InputError(
                f'{path}:{number}: {len(row)} cells, the last "{row[-1]}", in {len(columns)} '
                "columns; expected one a column; put quotation marks around a cell that has the "
                "delimiter in it"
            ),
        )
    cells = zip(columns, (unprotect(cell.strip()) for cell in row), strict=False)
    return Line(number, {name: cell for name, cell in cells if cell})


def _read_xlsx(path: Path, kind: Kind) -> Sheet:
    title, head, columns, lines = guarded(_parse_xlsx, read_file(path), name=str(path), kind=kind)
    found = tuple(
        Line(number, cells, InputError(fault) if fault else None) for number, cells, fault in lines
    )
    return Sheet(path, columns, found, title=title, head=head)


def _parse_xlsx(data: bytes, *, name: str, kind: Kind) -> _Page:
    path = Path(name)
    with open_workbook(data, name=name) as opened:
        book = opened
    sheet = _find_page(book, kind)
    rows = ((n, row) for n, row in enumerate(sheet.iter_rows(), start=1) if any(map(_filled, row)))
    head, cells = next(rows, (1, ()))
    names = _without_empty_end(["" if one.value is None else str(one.value) for one in cells])
    columns = _columns(names, kind, path, head)
    found = Sheet(path, columns, title=sheet.title, head=head)
    lines = [_xlsx_line(found, number, row, kind, book) for number, row in rows]
    faults = (str(line.fault) if line.fault else None for line in lines)
    cells_of = [dict(line.cells) for line in lines]
    return (
        sheet.title,
        head,
        columns,
        list(zip((line.number for line in lines), cells_of, faults, strict=True)),
    )


def _find_page(book: Workbook, kind: Kind) -> Worksheet:
    """The sheet whose first row with cells has the needed columns, else the first sheet."""
    for sheet in book.worksheets:
        first = next((row for row in sheet.iter_rows(values_only=True) if any(row)), ())
        if {name.casefold() for name in kind.needed} <= {
            str(cell).strip().casefold() for cell in first
        }:
            return sheet
    return book.worksheets[0]


def _filled(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _xlsx_line(sheet: Sheet, number: int, row: Sequence[Any], kind: Kind, book: Workbook) -> Line:
    cells: dict[str, str] = {}
    for place, cell in enumerate(row):
        if not _filled(cell):
            continue
        if place >= len(sheet.columns):
            said = f'{sheet.path}:{number}, column {get_column_letter(place + 1)}: "{cell.value}"'
            fault = InputError(
                f"{said} in a column without a name; expected a name in row {sheet.head}; name the "
                "column, or empty the cell"
            )
            return Line(number, fault=fault)
        name = sheet.columns[place]
        cells[name] = _xlsx_text(cell, book, dated=name in kind.dates)
    return Line(number, cells)


def _xlsx_text(cell: Any, book: Workbook, *, dated: bool) -> str:
    """A cell as text; a date as exact as it is shown: "Sep 2016" is 2016-09."""
    value = cell.value
    if dated and isinstance(value, int | float) and value >= _MIN_SERIAL:
        with suppress(ValueError, OverflowError):
            value = from_excel(value, book.epoch)
    if isinstance(value, datetime | date):
        shown = _QUOTED.sub("", cell.number_format or "").casefold()
        length = 10
        if is_date_format(cell.number_format) and "d" not in shown and "y" in shown:
            length = 7 if "m" in shown else 4
        return value.isoformat()[:length]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _dump_jsonl(
    sheet: Sheet, changed: Mapping[int, Cells], added: Sequence[Cells], removed: Collection[int]
) -> bytes:
    raw = list(sheet.raw)
    for line in sheet.lines:
        if line.number in changed:
            old = raw[line.number - 1]
            cells = {**load_object(old.removeprefix("\ufeff")), **changed[line.number]}
            end = old[len(old.rstrip("\r\n")) :] or "\n"
            raw[line.number - 1] = _json(cells, spaced='": ' in old) + end
    for number in removed:
        raw[number - 1] = ""
    if added and raw and not raw[-1].endswith("\n"):
        raw[-1] += "\n"
    raw += [f"{_json({k: v for k, v in cells.items() if v is not None})}\n" for cells in added]
    return "".join(raw).encode("utf-8", "surrogateescape")


def _json(cells: Cells, *, spaced: bool = False) -> str:
    separators = (", ", ": ") if spaced else (",", ":")
    return json.dumps(dict(cells), ensure_ascii=False, separators=separators)


def _more_columns(sheet: Sheet, rows: Sequence[Cells]) -> tuple[str, ...]:
    """The columns, with those of new cells that it lacks."""
    new = (name for cells in rows for name, cell in cells.items() if cell not in (None, ""))
    return tuple(dict.fromkeys((*sheet.columns, *new)))


def _dump_csv(
    sheet: Sheet, changed: Mapping[int, Cells], added: Sequence[Cells], removed: Collection[int]
) -> bytes:
    columns = _more_columns(sheet, [*changed.values(), *added])
    raw = list(sheet.raw)
    if columns != sheet.columns:
        raw[0] = _csv_row(columns, sheet)
    for line in sheet.lines:
        if line.number in changed:
            cells = {**line.cells, **changed[line.number]}
            raw[line.number - sheet.head] = _csv_row([cells.get(c) for c in columns], sheet)
    for number in removed:
        raw[number - sheet.head] = ""
    raw = [row for row in raw if row]
    if added and not raw[-1].endswith(("\n", "\r")):
        raw[-1] += sheet.ends
    raw += [_csv_row([cells.get(c) for c in columns], sheet) for cells in added]
    text = sheet.before + "".join(raw)
    try:
        return text.encode(sheet.encoding)
    except UnicodeEncodeError as error:
        raise InputError(
            f'{sheet.path}: is in {sheet.encoding}, which lacks "{text[error.start]}"; nothing was '
            "written; open it in a spreadsheet, save it as CSV UTF-8, and repeat the command"
        ) from error


def _csv_row(cells: Sequence[Any], sheet: Sheet) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=sheet.delimiter, lineterminator=sheet.ends)
    writer.writerow(["" if cell is None else protect(str(cell)) for cell in cells])
    return stream.getvalue()


def _dump_xlsx(
    sheet: Sheet, changed: Mapping[int, Cells], added: Sequence[Cells], removed: Collection[int]
) -> bytes:
    columns = _more_columns(sheet, [*changed.values(), *added])
    if sheet.path.exists():
        book = load_workbook(io.BytesIO(read_file(sheet.path)))
        page = book[sheet.title]
    else:
        book = Workbook()
        page = book.worksheets[0]
        page.title, page.freeze_panes = sheet.path.stem, "A2"
    last = max([sheet.head, *(line.number for line in sheet.lines)])
    header: Cells = {name: name for name in columns}
    rows: dict[int, Cells] = {}
    if columns != sheet.columns or not sheet.path.exists():
        rows[sheet.head] = header
    rows.update(changed)
    rows.update(enumerate(added, start=last + 1))
    for number, cells in rows.items():
        for place, name in enumerate(columns, start=1):
            if name in cells:
                _put(page.cell(number, place), cells[name])
    for table in page.tables.values():
        first_column, first_row, last_column, last_row = range_boundaries(table.ref)
        if last_row == last and first_row == sheet.head and first_column and last_column:
            corner = f"{get_column_letter(last_column)}{last + len(added) - len(removed)}"
            table.ref = f"{get_column_letter(first_column)}{first_row}:{corner}"
    for number in sorted(removed, reverse=True):
        page.delete_rows(number)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(cell: Any, value: Any) -> None:
    """Set a cell: a whole date as a date, all else as text that is no formula."""
    try:
        cell.value = date.fromisoformat(value) if len(value or "") == len("2016-09-26") else value
    except ValueError:
        cell.value = value
    if isinstance(cell.value, date):
        cell.number_format = "yyyy-mm-dd"
    elif cell.value is not None:
        cell.data_type = "s"
