"""All tables of a run, and codebook.csv, which is made from their declaration as headers are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.write.columns import Table, columns
from pipeline.write.fact_tables import (
    ATTRIBUTIONS,
    CLAIMS,
    ENTITIES,
    INTERVIEWS,
    QUESTIONS,
    SPEAKERS,
    STANCES,
    UNITS,
)
from pipeline.write.sensitivity_tables import SENSITIVITY_TABLES
from pipeline.write.total_tables import HOLDERS, POSITIONS, TARGETS

TABLES = (
    INTERVIEWS,
    SPEAKERS,
    QUESTIONS,
    UNITS,
    CLAIMS,
    STANCES,
    ATTRIBUTIONS,
    ENTITIES,
    TARGETS,
    HOLDERS,
    POSITIONS,
)

CODEBOOK = Table(
    "codebook",
    "one column of one table",
    columns(
        table="the file, without .csv",
        row="what one row of the table is",
        column="name of the column",
        meaning="what stands in it",
        denominator="for a share: the column of the same row that it is a share of",
    ),
)


def tables_in(folder: Path) -> tuple[Table, ...]:
    """Return the tables that a run wrote into a folder, in order, with the codebook.

    Those of a comparison of blocs are among them where the run made one.
    """
    compared = [one for one in SENSITIVITY_TABLES if (folder / f"{one.name}.csv").is_file()]
    return (*TABLES, *compared, CODEBOOK)


def codebook_rows(tables: Sequence[Table] = TABLES) -> Iterator[dict[str, str | None]]:
    """Yield a row for each column of each table, in their order."""
    for table in tables:
        for column in table.columns:
            yield {
                "table": table.name,
                "row": table.row,
                "column": column.name,
                "meaning": column.meaning,
                "denominator": column.denominator,
            }
