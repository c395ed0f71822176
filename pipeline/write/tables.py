"""The tables of a run: CSV files for spreadsheets, R and pandas, written interview by interview.

Text is exact but for one thing: a cell that starts with = + - @ gets an apostrophe in front, so
that no spreadsheet takes a transcript's words for a formula. ``unprotect`` takes it off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from pipeline.records import Interview
from pipeline.write import codebook, rows
from pipeline.write.columns import Table
from pipeline.write.counts import Cell, Row, contest, tally
from pipeline.write.lookup import Lookup, Position

Duplicates = Literal["include", "interview"]
InterviewRows = Mapping[Table, Sequence[Row]]
UNNAMED = "(only meant)"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_TARGET = ["target", "target_kind"]
_HOLDER = ["voice", "holder_name", "holder_kind"]
_FACTS = ["interview_id", *_HOLDER, *_TARGET, "counted_as"]


class TableWriter:
    """Writes the tables of a run into a folder, one interview after the other.

    Call ``append`` for each interview, then ``finish`` for the tables that need them all.

    Args:
        folder: of the tables.
        duplicates: how the tables over all interviews count.
        more: tables beside the usual ones, which the caller writes.
    """

    def __init__(self, folder: Path, *, duplicates: Duplicates, more: Sequence[Table] = ()) -> None:
        self.folder = folder
        self.duplicates: Duplicates = duplicates
        self.tables = (*codebook.TABLES, *more)
        self._facts: list[Row] = []
        folder.mkdir(parents=True, exist_ok=True)
        for table in (*self.tables, codebook.CODEBOOK):
            self._append(table, [table.header])

    def append(self, lines: InterviewRows) -> None:
        """Append an interview's rows, and keep what the tables over all interviews need."""
        for table, table_rows in lines.items():
            self.write(table, table_rows)
        self._facts.extend(fact_of(row) for row in lines[codebook.STANCES])

    def finish(self) -> None:
        """Write targets.csv, holders.csv and codebook.csv."""
        facts = pd.DataFrame(self._facts, columns=_FACTS, dtype=object)
        if self.duplicates == "interview":
            facts = facts.drop_duplicates()
        self.write(codebook.TARGETS, target_rows(facts, duplicates=self.duplicates))
        self.write(codebook.HOLDERS, holder_rows(facts, duplicates=self.duplicates))
        self.write(codebook.CODEBOOK, codebook.codebook_rows(self.tables))

    def write(self, table: Table, lines: Iterable[Mapping[str, Cell]]) -> None:
        """Append rows to a table."""
        cells = ([_cell(line[name]) for name in table.header] for line in lines)
        self._append(table, cells)

    def _append(self, table: Table, lines: Iterable[Iterable[Cell]]) -> None:
        frame = pd.DataFrame(list(map(list, lines)), dtype=object)
        frame.to_csv(
            self.folder / f"{table.name}.csv",
            mode="a",
            index=False,
            header=False,
            encoding="utf-8",
            lineterminator="\n",
            quoting=csv.QUOTE_MINIMAL,
        )


def interview_rows(interview: Interview) -> InterviewRows:
    """Return an interview's rows in the tables that hold one fact a row."""
    lookup = Lookup(interview)
    return {
        codebook.INTERVIEWS: [rows.interview_row(lookup)],
        codebook.SPEAKERS: list(rows.speaker_rows(lookup)),
        codebook.QUESTIONS: list(rows.question_rows(lookup)),
        codebook.UNITS: list(rows.unit_rows(lookup)),
        codebook.CLAIMS: list(rows.claim_rows(lookup)),
        codebook.STANCES: list(rows.stance_rows(lookup)),
        codebook.ENTITIES: list(rows.entity_rows(lookup)),
    }


def target_rows(facts: pd.DataFrame, *, duplicates: Duplicates) -> Iterator[Row]:
    """Yield a row for each target, the most frequent first."""
    found: list[Row] = []
    for (target, kind), group in facts.groupby(_TARGET, sort=True):
        row: Row = {
            "target": str(target),
            "target_kind": str(kind),
            "interviews": int(group["interview_id"].nunique()),
            "duplicates": duplicates,
        }
        for voice in ("own", "attributed"):
            said = group[group["voice"] == voice]
            pairs: list[tuple[str, Position]] = list(
                zip(said["holder_name"], said["counted_as"], strict=True)
            )
            row |= tally((side for _, side in pairs), prefix=f"{voice}_")
            row |= contest(pairs, prefix=f"{voice}_")
        found.append(row)
    yield from sorted(found, key=lambda row: (-_int(row["own_n"]), -_int(row["attributed_n"])))


def holder_rows(facts: pd.DataFrame, *, duplicates: Duplicates) -> Iterator[Row]:
    """Yield a row for each holder in each voice, own voices first, then the most frequent."""
    found: list[Row] = []
    for (voice, holder, kind), group in facts.groupby(_HOLDER, sort=True):
        found.append(
            {
                "voice": str(voice),
                "holder": str(holder),
                "holder_kind": str(kind),
                "interviews": int(group["interview_id"].nunique()),
                "targets": int(group["target"].nunique()),
                "duplicates": duplicates,
                **tally(group["counted_as"], prefix=""),
            }
        )
    yield from sorted(found, key=lambda row: (row["voice"] != "own", -_int(row["n"])))


def protect(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotect(text: str) -> str:
    """Take off the apostrophe that ``protect`` put on."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _cell(value: Cell) -> Cell:
    return protect(value) if isinstance(value, str) else value


def fact_of(row: Row) -> Row:
    """Return what the tables over all interviews count of a row of stances.csv."""
    if row["target_actor"]:
        target, kind = row["target_actor"], "actor"
    elif row["target_text"]:
        target, kind = str(row["target_text"]).casefold(), "words"
    else:
        target, kind = UNNAMED, "unnamed"
    whole: Row = {**row, "target": target, "target_kind": kind}
    return {name: whole[name] for name in _FACTS}


def _int(value: Cell) -> int:
    return int(value or 0)
