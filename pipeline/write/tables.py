"""The tables of a run: CSV files for spreadsheets, R and pandas, written interview by interview."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.config import Duplicates, TableEncoding
from pipeline.records import Interview
from pipeline.write import codebook, fact_tables, rows, total_tables
from pipeline.write.attributions import attribution_rows
from pipeline.write.columns import Table
from pipeline.write.counts import Cell, Row
from pipeline.write.facts import Fact, fact_of, without_repeats
from pipeline.write.frames import build_frame, write_frame
from pipeline.write.lookup import Lookup
from pipeline.write.totals import holder_rows, position_rows, target_rows

InterviewRows = Mapping[Table, Sequence[Row]]


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
            write_frame(build_frame(table, ()), self._path(table), encoding=encoding)

    def append(self, lines: InterviewRows) -> None:
        """Append an interview's rows, and keep what the tables over all interviews need."""
        for table, table_rows in lines.items():
            self.write(table, table_rows)
        self._facts.extend(fact_of(row) for row in lines[fact_tables.STANCES])

    def finish(self) -> None:
        """Write targets.csv, holders.csv, positions.csv and codebook.csv."""
        totals = total_rows(self._facts, duplicates=self.duplicates, seed=self.seed)
        for table, lines in totals.items():
            self.write(table, lines)
        self.write(codebook.CODEBOOK, codebook.codebook_rows(self.tables))

    def write(self, table: Table, lines: Iterable[Mapping[str, Cell]]) -> None:
        """Append rows to a table."""
        write_frame(build_frame(table, lines), self._path(table), mode="a")

    def _path(self, table: Table) -> Path:
        return self.folder / f"{table.name}.csv"


def build_frames(
    interviews: Iterable[Interview], *, duplicates: Duplicates, seed: int
) -> dict[str, pd.DataFrame]:
    """Return the tables of interviews by name: as a run writes them, in the same order.

    Args:
        interviews: each with its layers; cells of a layer that was not computed are empty.
        duplicates: how the tables over all interviews count.
        seed: of the intervals in them.
    """
    found: dict[Table, list[Row]] = {table: [] for table in codebook.TABLES}
    for interview in interviews:
        for table, lines in interview_rows(interview).items():
            found[table].extend(lines)
    facts = [fact_of(row) for row in found[fact_tables.STANCES]]
    for table, totals in total_rows(facts, duplicates=duplicates, seed=seed).items():
        found[table].extend(totals)
    frames = {table.name: build_frame(table, lines) for table, lines in found.items()}
    book = build_frame(codebook.CODEBOOK, codebook.codebook_rows())
    return {**frames, codebook.CODEBOOK.name: book}


def total_rows(
    facts: Sequence[Fact], *, duplicates: Duplicates, seed: int
) -> dict[Table, Iterator[Row]]:
    """Return the rows of the tables that need all interviews: targets, holders, positions."""
    kept = list(without_repeats(facts, duplicates))
    return {
        total_tables.TARGETS: target_rows(kept, duplicates=duplicates),
        total_tables.HOLDERS: holder_rows(kept, duplicates=duplicates, seed=seed),
        total_tables.POSITIONS: position_rows(kept, duplicates=duplicates, seed=seed),
    }


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
