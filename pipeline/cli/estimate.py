"""``westward estimate`` and ``westward gold``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import many, print_json, print_notice, print_warning, short, stdout
from pipeline.cli.options import Json, RunFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.tables.counts import Row


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("estimate")(estimate_command)
    app.command("gold")(gold_command)


def estimate_command(
    run: RunFolder,
    coder: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Coder to use; can be repeated. [default: all]"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Correct a run's shares with the sentences that people coded.

    Writes tables/estimates.csv of the run again, from the judge's answers and the labels of
    `westward code`: shares and net positions with 95 % intervals.
    """
    from pipeline.coding.estimates import write_estimates

    rows, warnings = write_estimates(run, coders=coder)
    corrected = [row for row in rows if row["method"] != "raw"]
    if as_json:
        print_json(rows)
    else:
        _print_rows([row for row in rows if row["level"] == "all"])
        told = f"{len(rows):,} rows, {len(corrected):,} corrected"
        stdout().print(f"{run / 'tables' / 'estimates.csv'}: {told}", soft_wrap=True)
    for found in warnings:
        print_notice(found)
    if not corrected and rows:
        print_warning(
            f"not corrected: {rows[0]['note']}; the judge may miss favor more often than against, "
            "or the reverse, so these shares can be far off; do not publish them uncorrected"
        )


def _print_rows(rows: Sequence[Row]) -> None:
    from pipeline.evaluate.tables import simple_table

    figures = ("raw", "corrected", "95 % interval", "coded", "of")
    table = simple_table("all interviews", "voice", "share", *figures)
    table.columns[1].justify = "left"
    for column in table.columns[2:]:
        column.no_wrap = True
    for row in rows:
        raw, value, low, high = (short(row[name]) for name in ("raw", "corrected", "low", "high"))
        between = f"{low} to {high}" if value else ""
        counts = (f"{row[name]:,}" for name in ("n_coded", "n_judged"))
        table.add_row(str(row["voice"]), str(row["estimand"]), raw, value, between, *counts)
    stdout().print(table)


def gold_command(
    run: RunFolder,
    out: Annotated[Path, typer.Option("-o", "--out", help="JSON Lines file to write to.")],
    source: Annotated[
        str,
        typer.Option(
            help="Beginning of the sources to write: model:, llm:, human:ANNA. [default: all]"
        ),
    ] = "",
) -> None:
    """Write a run's judgements as labels for train and evaluate.

    `westward agree` reads them too. The machine's come first, with its best guess where it
    abstained, then people's, each with its source.
    """
    from pipeline.coding.judgements import labels_of_run
    from pipeline.errors import InputError
    from pipeline.runs.files import replace_file
    from pipeline.runs.jsonl import dump_line

    lines = [dump_line(label) for label in labels_of_run(run, source)]
    if not lines:
        raise InputError(
            f'{run}: no judgement of a source that starts with "{source}"; leave --source out'
        )
    replace_file(out, "".join(lines).encode("utf8"), option="-o")
    stdout().print(f"{out}: {many(len(lines), 'label')}", soft_wrap=True)
