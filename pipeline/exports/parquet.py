"""Parquet: a file a table of the run, with the types that the codebook states."""

from __future__ import annotations

from pathlib import Path

from pipeline.exports.source import Source


def write(source: Source, path: Path) -> None:
    """Write the tables into a folder."""
    import duckdb

    with duckdb.connect() as connection:
        for table, frame in source.tables():
            connection.register(table.name, frame.astype(object).where(frame.notna(), None))
            connection.table(table.name).write_parquet(str(path / f"{table.name}.parquet"))
