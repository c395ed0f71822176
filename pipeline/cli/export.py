"""``westward export`` and ``westward import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import say
from pipeline.cli.options import RunFolder, WithoutLabels, interviews
from pipeline.cli.results import print_labels
from pipeline.exports.formats import FORMATS, READABLE

if TYPE_CHECKING:
    from pipeline.records import Label

SHOWN = 20
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
    without_labels: WithoutLabels = False,
) -> None:
    """Write a run in the format of another program.

    Where people's labels are beside the run, they count instead of the judge's answers.
    """
    from pipeline.exports.export import export

    written = export(run, to, out=out, interview=interview, labels=not without_labels)
    say(f"written to {written}")


def import_command(
    run: RunFolder,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="What the page saved, a corrected export, or a file of labels: "
            f"{', '.join(READABLE)}.",
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Name of the person. [default: as the file says]"),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the last import; of --coder, if given.")
    ] = False,
) -> None:
    """Import labels that a person corrected or coded elsewhere.

    They are kept beside the run, in RUN.labels/NAME.jsonl, and count from now on: the tables, the
    page and the figures are written again. Estimates rest on coded samples alone.
    """
    from pipeline.errors import InputError

    if (file is None) != undo:
        given = "a file and --undo" if undo else "neither a file nor --undo"
        raise InputError(f"{run}: {given}; expected a FILE to import, or --undo alone")
    if file is None:
        _take_back(run, coder)
    else:
        _take(run, file, coder)


def _take(run: Path, file: Path, coder: str | None) -> None:
    from pipeline.exports.edits import read_edits
    from pipeline.labels.files import append_labels, coder_file, coder_of

    labels = read_edits(run, file, coder=coder)
    if not labels:
        say("units changed: 0")
        return
    path = coder_file(run, coder_of(labels[0].source))
    append_labels(path, labels)
    say(f"units changed: {len(labels)}; kept beside the run in {path.parent.name}/{path.name}")
    _write_again(run)
    say(f"take back with: westward import {run} --undo")


def _take_back(run: Path, coder: str | None) -> None:
    from pipeline.exports.edits import undo_import
    from pipeline.labels.files import coder_of

    batch, labels = undo_import(run, coder=coder)
    day, _, name = batch.partition(" ")
    who = coder_of(labels[0].source)
    when = day.partition(".")[0].replace("T", " ")
    say(f"units taken back: {len(labels)}; of {name} by {who}, imported {when} (UTC)")
    for label in labels[:SHOWN]:
        say(f"  {label.unit_id}  {_answers(label)}")
    if len(labels) > SHOWN:
        say(f"  and {len(labels) - SHOWN} more")
    _write_again(run)


def _answers(label: Label) -> str:
    """Return what a label says, on a line."""
    from pipeline.exports.notation import Answers

    said = Answers.of(label)
    fields = said.fields() | {"relation": said.relation, "to": said.parent}
    return ", ".join(f"{name} {text}" for name, text in fields.items() if text)


def _write_again(run: Path) -> None:
    from pipeline.report.update import update

    print_labels(update(run))
    say(f"written again: tables, page and figures of {run}")
