"""The tables of a run as CSV files and as pandas DataFrames.

Each column has the nullable type that its declaration states (``Int64``, ``Float64``, ``boolean``,
``string``), even if all its cells are empty; an empty cell is ``pandas.NA``.

In the CSV files a cell that starts with = + - @, a tab or a line break (or the full-width forms of
these signs) gets an apostrophe in front, so that no spreadsheet treats a transcript's words as a
formula. ``read_frame`` takes it off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from pipeline.config import Duplicates, TableEncoding
from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.write import rows
from pipeline.write.columns import CODEBOOK, ESTIMATES, TABLES, Table, codebook_rows
from pipeline.write.counts import Cell, Row
from pipeline.write.lookup import Lookup
from pipeline.write.totals import Fact, fact_of, total_rows

InterviewRows = Mapping[str, Sequence[Row]]
"""Rows of an interview by the name of their table."""
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def interview_rows(interview: Interview) -> InterviewRows:
    """Return an interview's rows in the tables that hold one fact a row."""
    lookup = Lookup(interview)
    return {
        "interviews": [rows.interview_row(lookup)],
        "speakers": list(rows.speaker_rows(lookup)),
        "questions": list(rows.question_rows(lookup)),
        "units": list(rows.unit_rows(lookup)),
        "claims": list(rows.claim_rows(lookup)),
        "stances": list(rows.stance_rows(lookup)),
        "attributions": list(rows.attribution_rows(lookup)),
        "entities": list(rows.entity_rows(lookup)),
    }


class TableWriter:
    """Writes the tables of a run into a folder, one interview after the other.

    Call ``append`` for each interview, then ``finish`` for the tables that need them all.

    Args:
        folder: of the tables.
        duplicates: how the tables over all interviews count.
        seed: of the intervals in them.
        encoding: of the files.
        more: tables in addition to the usual ones, which the caller writes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        duplicates: Duplicates,
        seed: int,
        encoding: TableEncoding = "utf-8",
        more: Sequence[Table] = (),
    ) -> None:
        self.folder = folder
        self.duplicates: Duplicates = duplicates
        self.seed = seed
        self.tables = {table.name: table for table in (*TABLES, ESTIMATES, *more, CODEBOOK)}
        self._facts: list[Fact] = []
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.tables.values():
            write_frame(build_frame(table, ()), self._path(table.name), encoding=encoding)

    def append(self, lines: InterviewRows) -> None:
        """Append an interview's rows, and keep what the tables over all interviews need."""
        for name, table_rows in lines.items():
            self.write(name, table_rows)
        self._facts.extend(map(fact_of, lines["stances"]))

    def finish(self) -> None:
        """Write targets.csv, holders.csv, positions.csv and codebook.csv."""
        totals = total_rows(self._facts, duplicates=self.duplicates, seed=self.seed)
        for name, lines in totals.items():
            self.write(name, lines)
        explained = [table for table in self.tables.values() if table is not CODEBOOK]
        self.write(CODEBOOK.name, codebook_rows(explained))

    def write(self, name: str, lines: Iterable[Mapping[str, Cell]]) -> None:
        """Append rows to a table."""
        write_frame(build_frame(self.tables[name], lines), self._path(name), mode="a")

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"


def build_frames(
    interviews: Iterable[Interview], *, duplicates: Duplicates, seed: int
) -> dict[str, pd.DataFrame]:
    """Return the tables of interviews by name: as a run writes them, in the same order.

    Args:
        interviews: each with its layers; cells of a layer that was not computed are empty.
        duplicates: how the tables over all interviews count.
        seed: of the intervals in them.
    """
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for interview in interviews:
        for name, lines in interview_rows(interview).items():
            found[name].extend(lines)
    facts = map(fact_of, found["stances"])
    found |= {
        name: list(lines)
        for name, lines in total_rows(facts, duplicates=duplicates, seed=seed).items()
    }
    frames = {table.name: build_frame(table, found[table.name]) for table in TABLES}
    return {**frames, CODEBOOK.name: build_frame(CODEBOOK, codebook_rows())}


def build_frame(table: Table, lines: Iterable[Mapping[str, Cell]]) -> pd.DataFrame:
    """Return rows as a DataFrame with the table's columns; a cell that a row lacks is empty.

    Raises:
        ValueError: a row has a cell of no column.
    """
    lines = list(lines)
    if strange := {name for line in lines for name in line} - set(table.header):
        raise ValueError(f"{table.name}: cells of no column: {', '.join(sorted(strange))}")
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [None if (cell := line.get(column.name)) == "" else cell for line in lines],
                dtype=column.dtype,
            )
            for column in table.columns
        }
    )


def write_frame(
    frame: pd.DataFrame,
    path: Path,
    *,
    mode: Literal["w", "a"] = "w",
    encoding: TableEncoding = "utf-8",
) -> None:
    """Write a DataFrame as CSV, with its header, or append its rows to the file.

    Cells are separated by commas, and quoted if they contain a comma, quote or line break; rows
    end in a line feed. The encoding ``utf-8-sig`` adds a byte order mark for Excel.
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
        InputError: the file is missing, or lacks columns of the table.
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
