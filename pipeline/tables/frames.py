"""The tables of a run as pandas DataFrames.

Each column has the nullable type that its declaration states (``Int64``, ``Float64``, ``boolean``,
``string``), even if all its cells are empty; an empty cell is ``pandas.NA``. Texts are exact: the
apostrophe that CSV files have in front of what looks like a formula is taken off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.actors import ActorTable, load_actors
from pipeline.config import Duplicates, Inferred
from pipeline.errors import InputError
from pipeline.records import Interview
from pipeline.tables.columns import CODEBOOK, TABLES, Table, codebook_rows
from pipeline.tables.counts import Cell
from pipeline.tables.own import Own, join_own, own_of, with_own
from pipeline.tables.reasons import reason_rows
from pipeline.tables.totals import total_rows
from pipeline.tables.writer import CLAIMED, FACTS, interview_rows, typed_cells, unprotect


def build_frames(
    interviews: Iterable[Interview],
    *,
    duplicates: Duplicates,
    inferred: Inferred = "exclude",
    actors: ActorTable | None = None,
) -> dict[str, pd.DataFrame]:
    """Return the tables of interviews by name: as a run writes them, in the same order.

    Cells of a layer that was not computed are empty.
    """
    actors = actors or load_actors()
    found: defaultdict[str, list[Any]] = defaultdict(list)
    own: list[Own] = []
    for interview in interviews:
        own.append(own_of([interview]))
        for name, lines in interview_rows(interview, actors).items():
            found[name].extend(lines)
    totals = total_rows(found[FACTS], duplicates=duplicates, inferred=inferred, actors=actors)
    found.update({name: list(lines) for name, lines in totals.items()})
    found["reasons"] = list(reason_rows(found[CLAIMED]))
    tables = [with_own(table, join_own(own)) for table in TABLES]
    frames = {table.name: build_frame(table, found[table.name]) for table in tables}
    return {**frames, CODEBOOK.name: build_frame(CODEBOOK, codebook_rows(tables))}


def build_frame(table: Table, lines: Iterable[Mapping[str, Cell]]) -> pd.DataFrame:
    """Return rows as a DataFrame with the table's columns; a cell that a row lacks is empty.

    Raises:
        ValueError: a row has a cell of no column, or of another type than its column.
    """
    cells = [typed_cells(table, line) for line in lines]
    return pd.DataFrame(
        {
            column.name: pd.Series([line[number] for line in cells], dtype=column.dtype)
            for number, column in enumerate(table.columns)
        }
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
    texts: list[str] = list(frame.select_dtypes("string").columns)
    exact = {name: frame[name].map(unprotect, na_action="ignore") for name in texts}
    return frame.assign(**{name: found.astype("string") for name, found in exact.items()})
