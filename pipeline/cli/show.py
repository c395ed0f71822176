"""``westward show``."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Interview


class ComponentChoice(StrEnum):
    """Components that can be asked for."""

    CLAIM = "claim"
    PREMISE = "premise"
    NONE = "none"


class StanceChoice(StrEnum):
    """Own stances that can be asked for."""

    FAVOR = "favor"
    AGAINST = "against"
    NEUTRAL = "neutral"
    ABSTAINED = "abstained"
    NOT_ABOUT = "not_about"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show")(show_command)


def show_command(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of a run, or an annotated.jsonl.")
    ],
    interview: Annotated[
        str | None, typer.Argument(metavar="INTERVIEW", help="Id of an interview. [default: all]")
    ] = None,
    speaker: Annotated[str | None, typer.Option(help="Part of a name, or an id.")] = None,
    component: Annotated[ComponentChoice | None, typer.Option(help="Of the unit.")] = None,
    stance: Annotated[StanceChoice | None, typer.Option(help="The speaker's own.")] = None,
    width: Annotated[int | None, typer.Option(min=40, help="Columns. [default: all]")] = None,
    color: Annotated[bool, typer.Option("--color/--no-color", help="Use colour.")] = True,
    pager: Annotated[bool, typer.Option("--pager/--no-pager", help="Page the output.")] = True,
) -> None:
    """Read annotated interviews, question by question."""
    from rich.console import Console

    from pipeline.write.show import Filter, render_interview, render_legend

    only = Filter(speaker=speaker, component=component, stance=stance)
    console = Console(highlight=False, width=width, no_color=True if not color else None)
    os.environ.setdefault("LESS", "-RFX")

    def print_all() -> None:
        for number, found in enumerate(_find(run, interview)):
            if number == 0:
                console.print(render_legend())
            console.print(render_interview(found, only=only))

    if pager and console.is_terminal:
        with console.pager(styles=True):
            print_all()
    else:
        print_all()


def _find(run: Path, interview_id: str | None) -> Iterator[Interview]:
    from pipeline.errors import InputError
    from pipeline.write.folder import ANNOTATED_NAME
    from pipeline.write.jsonl import read_interviews

    path = run / ANNOTATED_NAME if run.is_dir() else run
    ids: list[str] = []
    for interview in read_interviews(path):
        ids.append(interview.id)
        if interview_id is None or interview.id == interview_id:
            yield interview
            if interview_id is not None:
                return
    if interview_id is not None or not ids:
        wanted = f' "{interview_id}"' if interview_id is not None else ""
        there = f"expected one of {', '.join(ids)}" if ids else "the run wrote none"
        raise InputError(f"{path}: no interview{wanted} in it; {there}")
