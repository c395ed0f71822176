"""SQL over the tables of a run: DuckDB in memory, without access to files or the network."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError
from pipeline.tables.columns import Column, Dtype, Table, tables_in
from pipeline.tables.folder import current_tables
from pipeline.tables.writer import FORMULA

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPES: dict[Dtype, str] = {
    "string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"
}  # fmt: skip
_ALLOWED = ("SELECT", "EXPLAIN")
_UNPROTECTED = """\
CASE WHEN starts_with("NAME", '''') AND regexp_matches("NAME", $formula)
THEN substr("NAME", 2) ELSE "NAME" END AS "NAME" """
_FIRST_DAY = """\
CAST("NAME" || CASE length("NAME") WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END AS DATE)
AS "NAME" """

_READ = """\
read_csv($path, columns = $columns, auto_detect = false, header = true, delim = ',', quote = '"',
escape = '"', new_line = '\\n', nullstr = '', encoding = 'utf-8')"""

Answer = tuple[list[str], list[tuple[Any, ...]]]
"""Names of columns, and rows."""


def query(run: Path, sql: str, *, labels: bool = True) -> Answer:
    """Return what a SELECT finds in the tables of a run, each under the name of its file.

    Columns have the types of the codebook, and texts are exact, without the apostrophe in front of
    what looks like a formula. A date that lacks its day or month is the first day of it. The tables
    are copied into memory where the query names them; nothing on the disk can be read or written by
    it.

    Args:
        run: the run's folder.
        sql: the query.
        labels: whether people's labels apply; else the tables are of the judge alone.

    Raises:
        InputError: the folder holds no run, or the query is not one SELECT that DuckDB accepts,
            or needs more than the memory.
        KeyboardInterrupt: a signal ended it.
    """
    with current_tables(run, labels=labels) as folder:
        return _query(folder, sql)


def _query(folder: Path, sql: str) -> Answer:
    import duckdb

    tables, shown = tables_in(folder), shorten(sql, 80, placeholder="...")
    # without a place on the disk: a sort that needs more than the memory is refused
    with duckdb.connect(":memory:", config={"temp_directory": ""}) as base:
        try:
            statements = base.extract_statements(sql)
            if [one.type.name in _ALLOWED for one in statements] != [True]:
                raise InputError(f"{shown}: expected one SELECT; a query changes nothing")
            for table in tables:
                _load(base, folder, table, filled=table.name in sql.casefold())
            base.execute("SET enable_external_access = false; SET lock_configuration = true")
            found = base.execute(statements[0])
            names = [column[0] for column in found.description or ()]
            return names, [tuple(map(_plain, row)) for row in found.fetchall()]
        except duckdb.Error as error:
            fault = " ".join(str(error).partition("\n\nLINE")[0].split()).removesuffix("!")
            expected = _expected(tables, sql if "column" in fault else "")
            raise InputError(f"{shown}: {fault}; {expected}") from error
        except RuntimeError as error:  # DuckDB makes one of a signal to end
            if "interrupted" not in str(error).casefold():
                raise
            raise KeyboardInterrupt from error


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _load(base: DuckDBPyConnection, folder: Path, table: Table, *, filled: bool) -> None:
    """Copy a table into memory; an empty one where the query does not name it."""
    columns = {column.name: _TYPES[column.dtype] for column in table.columns}
    pattern = FORMULA.pattern
    exact = ", ".join(map(_value, table.columns))
    base.execute(
        f'CREATE TABLE "{table.name}" AS SELECT {exact} FROM {_READ} '  # nosec B608
        + ("" if filled else "LIMIT 0"),
        {"path": str(folder / f"{table.name}.csv"), "columns": columns, "formula": pattern},
    )


def _value(column: Column) -> str:
    """Return the expression for a column of a file."""
    if column.is_date:
        return _FIRST_DAY.replace("NAME", column.name)
    given = _UNPROTECTED if column.dtype == "string" else '"NAME"'
    return given.replace("NAME", column.name)


def _expected(tables: Sequence[Table], sql: str) -> str:
    """The columns of the tables that a query names, or else all tables."""
    named = [table for table in tables if table.name in sql.casefold()]
    if not named:
        names = ", ".join(table.name for table in tables)
        return f"expected a SELECT from {names}; see tables/codebook.md"  # nosec B608
    columns = [f"{table.name} ({', '.join(table.header)})" for table in named]
    return f"expected columns of {'; '.join(columns)}"
