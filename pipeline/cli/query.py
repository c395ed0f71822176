"""``westward query``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import harmless, many, print_json, stdout
from pipeline.cli.options import Json, RunFolder, WithoutLabels

if TYPE_CHECKING:
    from rich.table import Table

SHOWN = 100
READABLE, GAP = 24, 3  # characters of a column that is folded, and between two


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
    """Print rows as a table, or a column a line where columns would be too narrow to read."""
    from rich.table import Table
    from rich.text import Text

    console, shown = stdout(), rows[:SHOWN]
    texts = [["" if cell is None else str(cell) for cell in row] for row in shown]
    columns = zip(names, *texts, strict=True)
    widths = [
        max(len(name), min(READABLE, max(map(len, cells), default=0))) for name, *cells in columns
    ]
    if sum(widths) + GAP * len(names) <= console.width:
        table = _empty_table(names, shown)
        for cells in texts:
            table.add_row(*map(Text, cells))
        console.print(table)
    else:
        for number, cells in enumerate(texts, start=1):
            console.rule(f"row {number}", align="left")
            grid = Table.grid(padding=(0, 2, 0, 0))
            for name, cell in zip(names, cells, strict=True):
                grid.add_row(Text(name, style="dim"), Text(cell, overflow="fold"))
            console.print(grid)
    rest = len(rows) - SHOWN
    more = f"; {rest} more are not shown: use --csv or --json" if rest > 0 else ""
    console.print(f"{many(len(rows), 'row')}{more}", style="bold")


def _empty_table(names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Table:
    """Return an empty table, its columns of numbers to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, cell in zip(names, (rows or [()])[0], strict=False):
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    return table
