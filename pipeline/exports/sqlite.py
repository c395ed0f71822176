"""SQLite: the tables of the run in one database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.exports.source import Source


def write(source: Source, path: Path) -> None:
    """Write the tables into a database."""
    with closing(sqlite3.connect(path)) as connection:
        for table, frame in source.tables():
            frame.to_sql(table.name, connection, index=False)
        connection.commit()
