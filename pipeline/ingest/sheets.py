"""Spreadsheets with a row a turn: CSV, TSV and Excel."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from pipeline.errors import InputError
from pipeline.ingest.columns import Rows, read_rows
from pipeline.ingest.content import Content
from pipeline.ingest.office import open_workbook
from pipeline.notices import notice

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 200_000, 200, 4_000_000
_DELIMITERS = ",;\t|"
_SAMPLE = 100_000
_END = "\0"  # after the last line; no text has one
_SHOWN = 40  # characters of a cell in a message


def read_csv(text: str, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read comma-, semicolon-, bar- or tab-separated values.

    Raises:
        InputError: the table is malformed, or none of its columns holds running text.
    """
    csv.field_size_limit(10_000_000)
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    lines = chain(io.StringIO(ended, newline=""), [_END])
    reader = csv.reader(lines, delimiter=_delimiter(text))
    try:
        rows = [(number, row[:MAX_COLUMNS])
                for number, row in enumerate(islice(reader, MAX_ROWS + 2), start=1)]  # fmt: skip
    except csv.Error as error:
        raise InputError(
            f"{name}:{reader.line_num}: no table ({error}); expected a row a turn; check the quotes"
        ) from error
    if len(rows) > MAX_ROWS + 1:
        raise InputError(f"{name}: more than {MAX_ROWS:,} rows; expected one transcript")
    _, last = rows.pop()
    if last != [_END]:
        _refuse_open(last[-1].removesuffix(_END).strip(), text, name=name)
        rows.append((len(rows) + 1, [*last[:-1], last[-1].removesuffix(_END)]))
    return _content(rows, name=name, keys=keys)


def _refuse_open(cell: str, text: str, *, name: str) -> None:
    """Refuse a quotation mark that is never closed, if the rows below it became one cell."""
    if "\n" in cell or "\r" in cell:
        first, line = cell.splitlines()[0], text.count("\n") - cell.count("\n") + 1
        raise InputError(
            f'{name}:{line}: the quotation mark before "{first[:_SHOWN]}" is never closed, so all '
            "rows below are in one cell; expected one at the end of each cell that opens with one; "
            "close it, or double it where it is text"
        )


def read_xlsx(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read the sheet of a workbook that holds the most text; formulas are never computed.

    Raises:
        InputError: it is damaged, encrypted, unpacks to too much, or holds no running text.
    """
    with open_workbook(data, name=name, read_only=True) as book:
        sheets = {sheet.title: list(_sheet_rows(sheet)) for sheet in book.worksheets}
    sizes = {title: sum(len(cell.split()) for _, row in rows for cell in row)
             for title, rows in sheets.items()}  # fmt: skip
    best = max(sizes, key=lambda title: sizes[title], default="")
    content = _content(sheets.get(best, []), name=name, keys=keys)
    others = [title for title, size in sizes.items() if size and title != best]
    if others:
        content.warnings.append(notice("other-sheets", name, sheets=others))
    return content


def _sheet_rows(sheet: object) -> Iterator[tuple[int, Sequence[str]]]:
    rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS, max_col=MAX_COLUMNS)  # type: ignore[attr-defined]
    cells = 0
    for number, row in enumerate(rows, start=1):
        if any(value is not None for value in row):
            cells += len(row)
            if cells > MAX_CELLS:
                raise ValueError(f"more than {MAX_CELLS:,} cells")
            yield number, ["" if value is None else str(value) for value in row]


def _delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of cells, more than one."""
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        sample = io.StringIO(text[:_SAMPLE], newline="")
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if row)
        except csv.Error:
            continue
        [(common, count)] = widths.most_common(1) or [(1, 0)]
        value = count / max(1, widths.total()) * (1 + 0.1 * min(common, 6)) if common > 1 else 0.0
        if value > most:
            best, most = delimiter, value
    return best


def _content(rows: Rows, *, name: str, keys: Mapping[str, str] | None) -> Content:
    content = read_rows(rows, name=name, keys=keys)
    if content is None or not (content.turns or content.paragraphs):
        raise InputError(
            f"{name}: no column of running text; expected a row a turn, with columns such as "
            '"speaker" and "text"; name them with --keys "speaker=COLUMN,text=COLUMN"'
        )
    return content
