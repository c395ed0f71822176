"""``westward export`` and ``westward import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import stdout
from pipeline.cli.options import Coder, RunFolder, interviews
from pipeline.exports.formats import FORMATS, READABLE

LISTED = "; ".join(f"{one.name}: {one.about}" for one in FORMATS)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export_command)
    app.command("import")(import_command)


def _formats(incomplete: str) -> list[tuple[str, str]]:
    return [(one.name, one.about) for one in FORMATS if one.name.startswith(incomplete)]


def export_command(
    run: RunFolder,
    to: Annotated[
        str,
        typer.Option(metavar="FORMAT", help=f"Format to write. {LISTED}.", autocompletion=_formats),
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Place to write to. [default: in RUN.exports/]"),
    ] = None,
    interview: Annotated[
        str | None,
        typer.Option(help="Id of the only interview to export.", autocompletion=interviews),
    ] = None,
) -> None:
    """Write a run in the format of another program."""
    from pipeline.exports.export import export

    written = export(run, to, out=out, interview=interview)
    stdout().print(f"written to {written}", soft_wrap=True)


def import_command(
    run: RunFolder,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=f"Corrected export, or file of labels: {', '.join(READABLE)}."
        ),
    ],
    coder: Coder,
) -> None:
    """Import labels that a person corrected or coded elsewhere.

    They are kept beside the run, in RUN.labels/NAME.jsonl; the run itself is not changed.
    """
    from pipeline.exports.edits import read_edits
    from pipeline.labels.files import append_labels, coder_file

    labels = read_edits(run, file, coder=coder)
    path = coder_file(run, coder)
    if labels:
        append_labels(path, labels)
    kept = f"; kept beside the run in {path.parent.name}/{path.name}" if labels else ""
    stdout().print(f"units changed: {len(labels)}{kept}", soft_wrap=True)
