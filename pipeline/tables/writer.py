"""The tables of a run as CSV files, written row by row.

Each column has the type that its declaration states; an empty cell is missing. A cell that starts
with = + - @, a tab or a line break (or the full-width forms of these signs) gets an apostrophe in
front, so that no spreadsheet treats a transcript's words as a formula; ``unprotect`` takes it off.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO

from pipeline.actors import ActorTable, load_actors
from pipeline.config import Duplicates, Inferred, TableEncoding
from pipeline.records import Interview
from pipeline.tables import rows
from pipeline.tables.arguments import argument_rows, relation_rows
from pipeline.tables.columns import (
    CODEBOOK,
    COMPARISON_TABLES,
    DIFFERENCES,
    ESTIMATES,
    GROUPS,
    TABLES,
    Column,
    Table,
    codebook_page,
    codebook_rows,
)
from pipeline.tables.counts import Cell
from pipeline.tables.groups import Comparison, Observed, compared_columns, observe
from pipeline.tables.ledger import Ledger
from pipeline.tables.lookup import Lookup
from pipeline.tables.own import Own, with_own
from pipeline.tables.reasons import Claimed, claimed_in, reason_rows
from pipeline.tables.totals import Fact, facts_of, total_rows

FACTS, OBSERVED, CLAIMED = "facts", "observed", "claimed"
InterviewRows = Mapping[str, Sequence[Any]]
"""Rows of an interview by the name of their table, and what those over all count by these names."""
FORMULA = re.compile("^'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def interview_rows(interview: Interview, actors: ActorTable | None = None) -> InterviewRows:
    """Return an interview's rows in the tables that are not over all interviews."""
    return rows_of(Lookup(interview, actors))


def rows_of(lookup: Lookup) -> InterviewRows:
    """Return an interview's rows in the tables that are not over all interviews."""
    return {
        "interviews": [rows.interview_row(lookup)],
        "speakers": list(rows.speaker_rows(lookup)),
        "questions": list(rows.question_rows(lookup)),
        "units": list(rows.unit_rows(lookup)),
        "claims": list(rows.claim_rows(lookup)),
        "relations": list(relation_rows(lookup)),
        "arguments": list(argument_rows(lookup)),
        "stances": list(rows.stance_rows(lookup)),
        "attributions": list(rows.attribution_rows(lookup)),
        "entities": list(rows.entity_rows(lookup)),
        "reading": list(rows.reading_rows(lookup)),
        FACTS: facts_of(lookup),
        OBSERVED: list(observe(lookup)),
        CLAIMED: claimed_in(lookup),
    }


@dataclass(frozen=True)
class Portion:
    """What the tables of a run have of one interview.

    Attributes:
        texts: its lines of CSV, by table.
        facts, observed, claimed: what the tables over all interviews count.
    """

    texts: Mapping[str, str]
    facts: Sequence[Fact]
    observed: Sequence[Observed]
    claimed: Sequence[Claimed]


def make_portion(lines: InterviewRows, own: Own | None = None) -> Portion:
    """Return rows of an interview as the tables have them, with the user's columns.

    Raises:
        ValueError: a row has a cell of no column, or of another type than its column.
    """
    texts = {}
    for name in lines.keys() - {FACTS, OBSERVED, CLAIMED}:
        stream = StringIO(newline="")
        write_rows(stream, with_own(_BY_NAME[name], own or {}), lines[name])
        texts[name] = stream.getvalue()
    return Portion(texts, *(tuple(lines[name]) for name in (FACTS, OBSERVED, CLAIMED)))


class TableWriter:
    """Writes the tables of a run into a folder, one interview after the other.

    Call ``append`` or ``add`` for each interview, then ``finish`` for the tables that need them
    all. Of an interview only its facts are kept in memory: a small record a stance, without text,
    one a respondent, and one a turn and stance of its claims.

    Args:
        folder: of the tables.
        duplicates: how the tables over all interviews count.
        inferred: whether counts by target have those that are only meant.
        encoding: of the files; ``utf-8-sig`` adds a byte order mark for Excel.
        more: tables in addition to the usual ones, which the caller writes.
        actors: the table of actors of the run; the shipped one if not given.
        own: the user's columns that the interviews may have.

    Attributes:
        facts, claimed: of the interviews so far.
        compared: the groups of groups.csv, after ``finish``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        duplicates: Duplicates,
        inferred: Inferred = "exclude",
        encoding: TableEncoding = "utf-8",
        more: Sequence[Table] = (),
        actors: ActorTable | None = None,
        own: Own | None = None,
    ) -> None:
        self.folder = folder
        self.actors = actors or load_actors()
        self._rules: dict[str, Any] = {"duplicates": duplicates, "inferred": inferred}
        every = (*TABLES, ESTIMATES, GROUPS, DIFFERENCES, *more, CODEBOOK)
        self._own = own or {}
        self.tables = {table.name: with_own(table, self._own) for table in every}
        self.facts, self.claimed = Ledger(Fact), Ledger(Claimed)
        self._observed: list[Observed] = []
        self.compared: list[Comparison] = []
        folder.mkdir(parents=True, exist_ok=True)
        for table in self.tables.values():
            with self._path(table.name).open("w", encoding=encoding, newline="") as stream:
                write_rows(stream, table, (), header=True)

    def append(self, lines: InterviewRows) -> None:
        """Append an interview's rows, and keep what the tables over all interviews need."""
        self.add(make_portion(lines, self._own))

    def add(self, portion: Portion) -> None:
        """Append what the tables have of an interview, and keep what those over all need."""
        for name, text in portion.texts.items():
            with self._path(name).open("a", encoding="utf8", newline="") as stream:
                stream.write(text)
        self._observed.extend(portion.observed)
        self.facts.extend(portion.facts)
        self.claimed.extend(portion.claimed)

    def finish(self) -> None:
        """Write the tables over all interviews, codebook.csv and codebook.md."""
        for name, lines in total_rows(self.facts, actors=self.actors, **self._rules).items():
            self.write(name, lines)
        self.write("reasons", reason_rows(self.claimed))
        self.compared = compared_columns(self._observed)
        for found in self.compared:
            self.write(GROUPS.name, found.groups)
            self.write(DIFFERENCES.name, found.differences)
        explained = [table for table in self.tables.values() if table.name != CODEBOOK.name]
        self.write(CODEBOOK.name, codebook_rows(explained))
        (self.folder / f"{CODEBOOK.name}.md").write_bytes(codebook_page(explained).encode())

    def write(self, name: str, lines: Iterable[Mapping[str, Cell]]) -> None:
        """Append rows to a table.

        Raises:
            ValueError: a row has a cell of no column, or of another type than its column.
        """
        with self._path(name).open("a", encoding="utf8", newline="") as stream:
            write_rows(stream, self.tables[name], lines)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"


def write_rows(
    stream: TextIO, table: Table, lines: Iterable[Mapping[str, Cell]], *, header: bool = False
) -> None:
    """Write rows of a table as CSV to a stream that leaves line ends as they are.

    Raises:
        ValueError: a row has a cell of no column, or of another type than its column.
    """
    # told to end rows in both, csv also quotes a cell with a lone carriage return
    ends = SimpleNamespace(write=lambda row: stream.write(row.removesuffix("\r\n") + "\n"))
    writer = csv.writer(ends)
    if header:
        writer.writerow(table.header)
    for line in lines:
        writer.writerow(
            protect(cell) if isinstance(cell, str) else cell for cell in typed_cells(table, line)
        )


def typed_cells(table: Table, line: Mapping[str, Cell]) -> list[Cell]:
    """Return a row's cells in the order of the table's columns; None where one is missing.

    Raises:
        ValueError: the row has a cell of no column, or of another type than its column.
    """
    if strange := line.keys() - set(table.header):
        raise ValueError(f"{table.name}: cells of no column: {', '.join(sorted(strange))}")
    return [_typed(table, column, line.get(column.name)) for column in table.columns]


def _typed(table: Table, column: Column, cell: Cell) -> Cell:
    if cell is None or cell == "":
        return None
    if column.dtype == "Float64" and type(cell) in (int, float) and math.isfinite(float(cell)):
        return float(cell)
    if column.dtype == _DTYPES.get(type(cell)):
        return cell
    raise ValueError(
        f"{table.name}: {column.name}: found {type(cell).__name__}; expected {column.dtype}"
    )


_DTYPES = {str: "string", int: "Int64", bool: "boolean"}
_BY_NAME = {table.name: table for table in (*TABLES, *COMPARISON_TABLES)}


def protect(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet would treat as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Take off the apostrophe that ``protect`` put on."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
