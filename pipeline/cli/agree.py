"""``westward agree``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import print_json, print_warning, short, stderr, stdout
from pipeline.cli.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.coding.agreement import Agreement

FEW_INTERVIEWS = 5
SHOWN = 6
NAMES = {
    "equal": "percent", "Cohen": "cohen", "Fleiss": "fleiss", "PABAK": "pabak", "AC1": "ac1",
    "alpha": "alpha",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("agree")(agree_command)


def agree_command(
    raters: Annotated[
        list[Path],
        typer.Argument(metavar="RUN|FILE", help="Two or more runs or files of labels to compare."),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="CSV file for the sentences that differ.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the intervals' random draws.")] = 1,
    as_json: Json = False,
) -> None:
    """Measure the agreement of coders, runs and models.

    Prints, for each question, percent agreement, Cohen's kappa (of two), Fleiss' kappa, PABAK,
    Gwet's AC1 and Krippendorff's alpha, with 95 % intervals over interviews, and the confusions.
    Sentences that only one rater answered are left out.
    """
    from dataclasses import asdict

    from pipeline.coding.agreement import compare, read_raters, write_csv

    with stderr().status("comparing"):
        found, differences = compare(read_raters(raters), seed=seed)
    if out is not None:
        write_csv(out, differences)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    _print_measures(found)
    for one in found:
        _print_confusion(one)
    if min(one.interviews for one in found) < FEW_INTERVIEWS:
        print_warning(f"an interval over fewer than {FEW_INTERVIEWS} interviews says little")
    if out is not None:
        stdout().print(f"{out}: {len(differences):,} answers that differ", soft_wrap=True)


def _print_measures(found: Sequence[Agreement]) -> None:
    """Print a row a measure and a column a question: questions fold, figures never do."""
    from pipeline.evaluate.tables import simple_table

    title = "agreement, with 95 % intervals over interviews"
    table = simple_table(title, "measure", *(one.question for one in found))
    table.add_row("sentences", *(f"{one.n:,}" for one in found))
    for name, measure in NAMES.items():
        table.add_row(name, *(_figure(*one.figures[measure]) for one in found))
    stdout().print(table)


def _figure(value: float | None, low: float | None, high: float | None) -> str:
    return short(value) + ("" if low is None else f"\n{short(low)}–{short(high)}")


def _print_confusion(one: Agreement) -> None:
    from pipeline.evaluate.tables import simple_table

    for pair, counts in one.confusion.items():
        if differing := sorted((n, a, b) for a, b, n in counts if a != b):
            table = simple_table(f"{one.question}: {pair}", "differ", "sentences")
            for n, first, second in differing[: -SHOWN - 1 : -1]:
                table.add_row(f"{first} > {second}", f"{n:,}")
            stdout().print(table)
