"""``westward schema``, ``blocs``, ``formats``: what the package can read and code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import print_json, stdout
from pipeline.cli.options import Actors, Json


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("blocs")(blocs_command)
    app.command("formats")(formats_command)
    app.command("schema")(schema_command)


def schema_command(
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write to. [default: print it]")
    ] = None,
) -> None:
    """Write the JSON Schema of a line of annotated.jsonl."""
    from pipeline.runs.files import replace_file
    from pipeline.runs.jsonl import dump_schema

    if out is None:
        typer.echo(dump_schema(), nl=False)
    else:
        replace_file(out, dump_schema().encode("utf8"), option="-o")


def blocs_command(actors: Actors = None, as_json: Json = False) -> None:
    """List the blocs that stance can be about.

    Members are those of today; a run takes membership at the interview's date.
    """
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.actors import load_actors
    from pipeline.config import load_settings
    from pipeline.runs.manifest import members

    table = load_actors(actors or load_settings().actors.path)
    if as_json:
        print_json([
            {
                "name": name, "description": table.blocs[name].description,
                "members": members(table, name),
            }
            for name in table.bloc_names
        ])  # fmt: skip
        return
    console = stdout()
    for name in table.bloc_names:
        console.print(Text.assemble((name, "bold"), f"  {table.blocs[name].description}"))
        console.print(Padding(Text(", ".join(members(table, name)), style="dim"), (0, 0, 1, 2)))


def formats_command(as_json: Json = False) -> None:
    """List the file formats and the ways of marking speakers."""
    from rich.table import Table

    from pipeline.ingest import FORMATS
    from pipeline.turns import CONVENTIONS

    console = stdout()
    suffixes: dict[str, list[str]] = {}
    for suffix, form in FORMATS.items():
        suffixes.setdefault(form.name, []).append(suffix)
    forms = {form.name: form for form in FORMATS.values()}.values()
    if as_json:
        print_json({
            "files": [
                {
                    "name": form.name, "suffixes": suffixes[form.name],
                    "description": form.description, "library": form.library,
                }
                for form in forms
            ],
            "conventions": [
                {"name": name, "description": text} for name, text in CONVENTIONS.items()
            ],
        })  # fmt: skip
        return
    files, speakers = Table.grid(padding=(0, 2)), Table.grid(padding=(0, 2))
    for form in forms:
        files.add_row(" ".join(suffixes[form.name]), form.description, form.library)
    for name, description in CONVENTIONS.items():
        speakers.add_row(name, description)
    console.print("files", style="bold")
    console.print(files)
    console.print("\nspeakers (--convention)", style="bold")
    console.print(speakers)
