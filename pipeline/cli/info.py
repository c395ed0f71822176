"""``westward schema``, ``blocs``, ``formats``: what the package can read and code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import stdout
from pipeline.cli.options import Actors


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("blocs")(blocs_command)
    app.command("formats")(formats_command)
    app.command("schema")(schema_command)


def schema_command(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write to.")] = None,
) -> None:
    """Write the JSON Schema of a line of annotated.jsonl."""
    from pipeline.runs.files import replace_file
    from pipeline.runs.jsonl import dump_schema

    if out is None:
        typer.echo(dump_schema(), nl=False)
    else:
        replace_file(out, dump_schema().encode("utf8"), option="-o")


def blocs_command(table: Actors = None) -> None:
    """List the blocs that stance can be about.

    With today's members; membership is taken at an interview's date.
    """
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.actors import load_actors
    from pipeline.config import load_settings
    from pipeline.runs.manifest import members

    console, actors = stdout(), load_actors(table or load_settings().actors.path)
    for name in actors.bloc_names:
        console.print(Text.assemble((name, "bold"), f"  {actors.blocs[name].description}"))
        console.print(Padding(Text(", ".join(members(actors, name)), style="dim"), (0, 0, 1, 2)))


def formats_command() -> None:
    """List file formats and speaker conventions."""
    from rich.table import Table

    from pipeline.ingest import FORMATS
    from pipeline.turns import CONVENTIONS

    console = stdout()
    suffixes: dict[str, list[str]] = {}
    for suffix, form in FORMATS.items():
        suffixes.setdefault(form.name, []).append(suffix)
    files, speakers = Table.grid(padding=(0, 2)), Table.grid(padding=(0, 2))
    for form in {form.name: form for form in FORMATS.values()}.values():
        files.add_row(" ".join(suffixes[form.name]), form.description, form.library)
    for name, description in CONVENTIONS.items():
        speakers.add_row(name, description)
    console.print("files", style="bold")
    console.print(files)
    console.print("\nspeakers (--convention)", style="bold")
    console.print(speakers)
