"""Tables as pandas DataFrames: built from rows, written to CSV, read back as they were.

Each column has the nullable type that its declaration states (``Int64``, ``Float64``, ``boolean``,
``string``), also where all its cells are empty; an empty cell is ``pandas.NA``.

In the CSV files a cell that starts with = + - @, a tab or a line break (or the full-width forms of
these signs) gets an apostrophe in front, so that no spreadsheet treats a transcript's words as a
formula. ``read_frame`` takes it off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pipeline.config import TableEncoding
from pipeline.errors import InputError
from pipeline.write.columns import Column, Table
from pipeline.write.counts import Cell

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def build_frame(table: Table, rows: Iterable[Mapping[str, Cell]]) -> pd.DataFrame:
    """Return rows as a DataFrame with the table's columns; texts are exact.

    Args:
        table: of the rows; each row holds its columns and no others.
        rows: in order.
    """
    lines = list(rows)
    return pd.DataFrame(
        {
            column.name: _cells(column, [line[column.name] for line in lines])
            for column in table.columns
        }
    )


def _cells(column: Column, cells: Sequence[Any]) -> pd.Series[Any]:
    known = [None if cell == "" else cell for cell in cells]
    return pd.Series(known, dtype=column.dtype)


def write_frame(
    frame: pd.DataFrame,
    path: Path,
    *,
    mode: Literal["w", "a"] = "w",
    encoding: TableEncoding = "utf-8",
) -> None:
    """Write a DataFrame as CSV, with its header, or append its rows to the file.

    Comma-separated, a quoted cell where one holds a comma, quote or line break, line feeds at the
    ends of rows; with the encoding ``utf-8-sig`` a byte order mark tells Excel that it is UTF-8.
    """
    _map_texts(frame, protect).to_csv(
        path,
        mode=mode,
        index=False,
        header=mode == "w",
        encoding=encoding,
        lineterminator="\n",
        quoting=csv.QUOTE_MINIMAL,
    )


def read_frame(path: Path, table: Table) -> pd.DataFrame:
    """Read a CSV file of a run; equal to the DataFrame that was written.

    Raises:
        InputError: the file is missing, or does not hold the table's columns.
    """
    try:
        frame = pd.read_csv(
            path,
            dtype={column.name: column.dtype for column in table.columns},
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
        )
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); expected a table as a run wrote it; run again"
        ) from error
    if missing := [name for name in table.header if name not in frame.columns]:
        raise InputError(
            f"{path}: no column {missing[0]}; expected the columns that codebook.csv names; the "
            "run was written by another version of Westward; run again"
        )
    return _map_texts(frame, unprotect)


def _map_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    texts: list[str] = list(frame.select_dtypes("string").columns)
    return frame.assign(
        **{name: frame[name].map(change, na_action="ignore").astype("string") for name in texts}
    )


def protect(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet would treat as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Take off the apostrophe that ``protect`` put on."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
