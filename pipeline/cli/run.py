"""``westward run``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import progress
from pipeline.cli.judge import print_estimate
from pipeline.cli.options import (
    Actors,
    Follow,
    Json,
    Model,
    Models,
    Overrides,
    SendText,
    WithoutLabels,
    blocs,
)
from pipeline.cli.results import print_result, reporter


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run_command)


def run_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Transcripts: files, folders, or - for standard input."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="Folder to write to; an earlier run there is replaced. [default: outputs/NAME, "
            "by the name of PATH]",
        ),
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option(
            help="Index of the transcripts, with dates and persons. [default: each folder's own]"
        ),
    ] = None,
    bloc: Annotated[
        list[str] | None,
        typer.Option(
            help="Bloc that stance is about; `westward blocs` lists them. Repeat it to compare the "
            "results. [default: west-broad]",
            autocompletion=blocs,
        ),
    ] = None,
    model: Model = None,
    overrides: Overrides = None,
    actors: Actors = None,
    models: Models = None,
    send_text: SendText = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="With llm: print requests, tokens and price; send nothing."),
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, help="Number of processes; each loads the models.")
    ] = 1,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Annotate by a Dask scheduler's workers.")
    ] = None,
    tls: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="With --cluster: its ca.pem, cert.pem and key.pem for TLS."
        ),
    ] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep results of other runs.")
    ] = False,
    no_report: Annotated[
        bool, typer.Option("--no-report", help="Do not write report.html and figures/.")
    ] = False,
    without_labels: WithoutLabels = False,
    follow: Follow = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the traceback of internal errors.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Code interviews; write JSON Lines, tables and a page.

    Finds turns, sentences, entities, claims, and stances: the speakers' own and those they report.
    Where people's labels of an earlier run are beside the folder, they count where they answer.
    """
    from pipeline.config import choose_blocs, choose_models, choose_table, load_settings
    from pipeline.run import Means, default_folder, run

    chosen: tuple[str, ...] = choose_models(model) if model else ()
    chosen += ("llm.send_text=true",) if send_text else ()
    table = choose_table(actors) if actors else ()
    settings = load_settings([*chosen, *(overrides or ()), *choose_blocs(bloc or ()), *table])
    if dry_run:
        print_estimate(paths, index=index, settings=settings, models=models, as_json=as_json)
        return
    folder = out or default_folder(paths)
    cache = None if no_cache else settings.cache.path
    if cache is not None:  # where matplotlib keeps its list of fonts, as reading them takes long
        os.environ.setdefault("MPLCONFIGDIR", str(cache / "matplotlib"))
    means = Means(cache=cache, workers=workers, cluster=cluster, tls=tls)
    with progress("[bold]{task.fields[interview]}[/]", "{task.fields[stage]:<12}") as bar:
        result = run(
            paths,
            out=folder,
            index=index,
            settings=settings,
            models=models,
            progress=reporter(bar),
            debug=debug,
            means=means,
            pages=not no_report,
            use_labels=not without_labels,
            follow=follow,
        )
    print_result(result, as_json=as_json)
