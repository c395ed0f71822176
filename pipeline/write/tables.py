"""The tables of a run: CSV files for spreadsheets, R and pandas, written interview by interview.

Comma-separated, a quoted cell where one holds a comma, quote or line break, line feeds at the
ends of rows, UTF-8; with the encoding ``utf-8-sig`` a byte order mark tells Excel so.

Text is exact but for one thing: a cell that starts with = + - @, a tab or a line break (or the
full-width forms of these signs) gets an apostrophe in front, so that no spreadsheet takes a
transcript's words for a formula. ``unprotect`` takes it off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.config import Duplicates, TableEncoding
from pipeline.records import Interview
from pipeline.write import codebook, fact_tables, rows, total_tables
from pipeline.write.attributions import attribution_rows
from pipeline.write.columns import Table
from pipeline.write.counts import Cell, Row
from pipeline.write.facts import Fact, fact_of, without_repeats
from pipeline.write.lookup import Lookup
from pipeline.write.totals import holder_rows, position_rows, target_rows

InterviewRows = Mapping[Table, Sequence[Row]]
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


class TableWriter:
    """Writes the tables of a run into a folder, one interview after the other.

    Call ``append`` for each interview, then ``finish`` for the tables that need them all.

    Args:
        folder: of the tables.
        duplicates: how the tables over all interviews count.
        seed: of the intervals in them.
        encoding: of the files.
        more: tables beside the usual ones, which the caller writes.
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
        self.tables = (*codebook.TABLES, *more)
        self._facts: list[Fact] = []
        folder.mkdir(parents=True, exist_ok=True)
        for table in (*self.tables, codebook.CODEBOOK):
            self._append(table, [table.header], encoding=encoding)

    def append(self, lines: InterviewRows) -> None:
        """Append an interview's rows, and keep what the tables over all interviews need."""
        for table, table_rows in lines.items():
            self.write(table, table_rows)
        self._facts.extend(fact_of(row) for row in lines[fact_tables.STANCES])

    def finish(self) -> None:
        """Write targets.csv, holders.csv, positions.csv and codebook.csv."""
        rule, seed = self.duplicates, self.seed
        facts = list(without_repeats(self._facts, rule))
        self.write(total_tables.TARGETS, target_rows(facts, duplicates=rule))
        self.write(total_tables.HOLDERS, holder_rows(facts, duplicates=rule, seed=seed))
        self.write(total_tables.POSITIONS, position_rows(facts, duplicates=rule, seed=seed))
        self.write(codebook.CODEBOOK, codebook.codebook_rows(self.tables))

    def write(self, table: Table, lines: Iterable[Mapping[str, Cell]]) -> None:
        """Append rows to a table."""
        cells = ([_cell(line[name]) for name in table.header] for line in lines)
        self._append(table, cells)

    def _append(
        self,
        table: Table,
        lines: Iterable[Iterable[Cell]],
        *,
        encoding: TableEncoding = "utf-8",
    ) -> None:
        frame = pd.DataFrame(list(map(list, lines)), dtype=object)
        frame.to_csv(
            self.folder / f"{table.name}.csv",
            mode="a",
            index=False,
            header=False,
            encoding=encoding,
            lineterminator="\n",
            quoting=csv.QUOTE_MINIMAL,
        )


def interview_rows(interview: Interview) -> InterviewRows:
    """Return an interview's rows in the tables that hold one fact a row."""
    lookup = Lookup(interview)
    return {
        fact_tables.INTERVIEWS: [rows.interview_row(lookup)],
        fact_tables.SPEAKERS: list(rows.speaker_rows(lookup)),
        fact_tables.QUESTIONS: list(rows.question_rows(lookup)),
        fact_tables.UNITS: list(rows.unit_rows(lookup)),
        fact_tables.CLAIMS: list(rows.claim_rows(lookup)),
        fact_tables.STANCES: list(rows.stance_rows(lookup)),
        fact_tables.ATTRIBUTIONS: list(attribution_rows(lookup)),
        fact_tables.ENTITIES: list(rows.entity_rows(lookup)),
    }


def protect(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Take off the apostrophe that ``protect`` put on."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _cell(value: Cell) -> Cell:
    return protect(value) if isinstance(value, str) else value
