"""``westward query``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from pipeline.cli.console import harmless, print_json, stdout
from pipeline.cli.options import Json, RunFolder, WithoutLabels

SHOWN = 100


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query")(query_command)


def query_command(
    run: RunFolder,
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One SELECT statement in DuckDB's SQL.")
    ],
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the result as CSV on standard output.")
    ] = False,
    as_json: Json = False,
    without_labels: WithoutLabels = False,
) -> None:
    """Query the tables of a run with SQL.

    A table has the name of its file without .csv; tables/codebook.md explains the columns. Texts
    are exact; as CSV they have an apostrophe in front of what looks like a formula. Where people's
    labels are beside the run, they count instead of the judge's answers.
    """
    from pipeline.tables.query import query
    from pipeline.tables.writer import protect

    names, rows = query(run, sql, labels=not without_labels)
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(
            [harmless(protect(c)) if isinstance(c, str) else c for c in row] for row in rows
        )
    else:
        _print_table(names, rows)


def _print_table(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, cell in zip(names, (rows or [()])[0], strict=False):
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows[:SHOWN]:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console, rest = stdout(), len(rows) - SHOWN
    console.print(table)
    more = f"; {rest} more are not shown: use --csv or --json" if rest > 0 else ""
    console.print(f"{len(rows)} rows{more}", style="bold")
