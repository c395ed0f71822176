"""``westward report``."""

from __future__ import annotations

import typer

from pipeline.cli.console import say
from pipeline.cli.options import Models, RunFolder, WithoutLabels
from pipeline.cli.results import print_labels


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report_command)


def report_command(
    run: RunFolder,
    models: Models = None,
    without_labels: WithoutLabels = False,
) -> None:
    """Write the tables, the page and the figures of a run again.

    Use it after people coded some of the run, or where it was made with --no-report. Where people's
    labels are beside the run, they count instead of the judge's answers.
    """
    from pipeline.report.page import PAGE_NAME
    from pipeline.report.update import update

    overview = update(run, labels=not without_labels, pages=True, models=models)
    print_labels(overview)
    say(f"written to {run / PAGE_NAME}")
