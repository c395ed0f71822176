"""Options that several commands share, and what the shell completes: blocs, models, interviews."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from pipeline.errors import WestwardError


def blocs(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the blocs that start so, with descriptions; of ``--actors`` if given."""
    from pipeline.actors import load_actors
    from pipeline.config import load_settings

    with suppress(WestwardError):
        actors = load_actors(ctx.params.get("actors") or load_settings().actors.path)
        known = ((name, actors.blocs[name].description) for name in actors.bloc_names)
        return [(name, about) for name, about in known if name.startswith(incomplete)]
    return []


def model_choices(incomplete: str) -> list[str]:
    """Return the choices of ``--model`` that start so."""
    from pipeline.config import LLM, MODEL_CHOICES

    return [name for name in (*MODEL_CHOICES, LLM) if name.startswith(incomplete)]


def interviews(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids that start so of the interviews in the run named before."""
    from pipeline.runs.folder import interviews_of

    run = Path(ctx.params.get("run") or ".")
    with suppress(WestwardError):
        return [one.id for one in interviews_of(run) if one.id.startswith(incomplete)]
    return []


Follow = Annotated[
    bool,
    typer.Option("--follow", help="Read what links or the index name outside of the folder."),
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="Folder that a run wrote.")]
Coder = Annotated[str, typer.Option(metavar="NAME", help="Name of the person who codes.")]
Actors = Annotated[
    Path | None, typer.Option("--actors", metavar="FILE", help="File of your own actors and blocs.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on standard output.")]
WithoutLabels = Annotated[
    bool,
    typer.Option("--without-labels", help="Use the judge's answers alone, not people's labels."),
]
Model = Annotated[
    str | None,
    typer.Option(
        help="standard (the default), small (fast), or llm: a language model.",
        autocompletion=model_choices,
    ),
]
SendText = Annotated[
    bool, typer.Option("--send-text", help="With llm: allow sending sentences to another machine.")
]
Models = Annotated[Path | None, typer.Option(help="Folder of your own models, searched first.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a setting; can be repeated."),
]
