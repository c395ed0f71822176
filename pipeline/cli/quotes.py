"""``westward quotes``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import print_json, say, stdout
from pipeline.cli.options import Json, RunFolder, WithoutLabels, interviews
from pipeline.cli.show import VoiceChoice

if TYPE_CHECKING:
    from pipeline.tables.quotations import Quotation

SideChoice = StrEnum("SideChoice", "FAVOR AGAINST NEUTRAL")
MOST = 1_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("quotes")(quotes_command)


def quotes_command(
    run: RunFolder,
    target: Annotated[str | None, typer.Option(help="Only stances on this target.")] = None,
    stance: Annotated[SideChoice | None, typer.Option(help="Only this stance.")] = None,
    holder: Annotated[str | None, typer.Option(help="Only stances of this holder.")] = None,
    speaker: Annotated[str | None, typer.Option(help="Only what this speaker says.")] = None,
    voice: Annotated[
        VoiceChoice | None,
        typer.Option(help="Only own, or only reported, stances. [default: own, or the holder's]"),
    ] = None,
    interview: Annotated[
        str | None, typer.Option(help="Only of this interview.", autocompletion=interviews)
    ] = None,
    n: Annotated[
        int, typer.Option("--n", min=1, max=MOST, help="How many quotations to show.")
    ] = 5,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write: .md, .docx or .xlsx.")
    ] = None,
    as_json: Json = False,
    without_labels: WithoutLabels = False,
) -> None:
    """Find the clearest sentences for a stance, to quote them.

    Ranked by probability; sentences that are very short or long, only mean their target, or are to
    be read twice rank lower, and none that nearly repeats a better one is shown. A part of a name
    is enough. Read a sentence in its place before you quote it.
    """
    from pipeline.exports.quotations import Wanted, cells, find_quotations, write_quotations

    wanted = Wanted(target, stance, holder, speaker, voice, interview)
    found = find_quotations(run, wanted, n=n, labels=not without_labels)
    if out is not None:
        title = ", ".join(f"{name} {value}" for name, value in wanted.asked.items())
        write_quotations(out, found, title=f"{run.resolve().name}: {title}")
    if as_json:
        print_json([{**cells(one), "clearness": one.clearness} for one in found])
        return
    if out is not None:
        say(f"{out}: {len(found)} quotations")
        return
    for number, one in enumerate(found, start=1):
        _print(number, one)


def _print(number: int, one: Quotation) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from pipeline.exports.quotations import label, source

    console = stdout()
    console.print(Text(f"{number}. {label(one)}", style="bold"))
    text = Text.assemble(
        (f"{one.before.strip()} " if one.before else "", "dim"), one.unit.text.strip(),
        (f" {one.after.strip()}" if one.after else "", "dim"),
    )  # fmt: skip
    console.print(Padding(text, (0, 0, 0, 3), expand=False))
    console.print(Padding(Text(source(one), style="dim"), (0, 0, 1, 3), expand=False))
