"""What the shell may complete: blocs, models, and the interviews of a run."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import typer

from pipeline.errors import WestwardError


def blocs(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the blocs that begin so, each with its description; of ``--actors``, where given."""
    from pipeline.actors import load_actors
    from pipeline.config import load_settings

    with suppress(WestwardError):
        actors = load_actors(ctx.params.get("actors") or load_settings().actors.path)
        known = ((name, actors.blocs[name].description) for name in actors.bloc_names)
        return [(name, about) for name, about in known if name.startswith(incomplete)]
    return []


def model_choices(incomplete: str) -> list[str]:
    """Return the choices of ``--model`` that begin so."""
    from pipeline.config import MODEL_CHOICES

    return [name for name in MODEL_CHOICES if name.startswith(incomplete)]


def interviews(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids that begin so of the interviews in the run that is named before."""
    from pipeline.write.folder import ANNOTATED_NAME
    from pipeline.write.jsonl import read_interviews

    run = Path(ctx.params.get("run") or ".")
    with suppress(WestwardError):
        found = read_interviews(run / ANNOTATED_NAME if run.is_dir() else run)
        return [one.id for one in found if one.id.startswith(incomplete)]
    return []
