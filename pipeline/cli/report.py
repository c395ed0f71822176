"""``westward report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import say
from pipeline.cli.options import Models


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report_command)


def report_command(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.")],
    models: Models = None,
) -> None:
    """Make the page and the figures of a run again.

    Such as after people coded some of it, or where the run left them out.
    """
    from pipeline.report.page import PAGE_NAME, Report
    from pipeline.runs.folder import read_manifest, replace_outputs

    report = Report(run, read_manifest(run), models=models)
    replace_outputs(run, dict(report.files()))
    say(f"written to {run / PAGE_NAME}")
