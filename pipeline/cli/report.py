"""``westward report``."""

from __future__ import annotations

import typer

from pipeline.cli.console import say
from pipeline.cli.options import Models, RunFolder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report_command)


def report_command(
    run: RunFolder,
    models: Models = None,
) -> None:
    """Write the page and the figures of a run again.

    Use it after people coded some of the run, or where it was made with --no-report.
    """
    from pipeline.report.page import PAGE_NAME, Report
    from pipeline.runs.folder import read_manifest, replace_outputs

    report = Report(run, read_manifest(run), models=models)
    replace_outputs(run, dict(report.files()))
    say(f"written to {run / PAGE_NAME}")
