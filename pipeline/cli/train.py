"""``westward train``."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import many, print_warning, progress, say, stdout
from pipeline.cli.options import Overrides, model_choices

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.config import Settings
    from pipeline.train.reports import Compared, HeadReport, HeadResult

MODELS = Path("outputs/models")
PEOPLE = "people"


Trainable = StrEnum("Trainable", "CLAIMS STANCE")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train")(train_command)


def train_command(
    task: Annotated[
        Trainable, typer.Argument(metavar="TASK", help="What to train: claims or stance.")
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Files of labels, JSON Lines.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Folder of models to write to.")
    ] = MODELS,
    model: Annotated[
        str | None,
        typer.Option(
            help="Whose heads to retrain: standard (the default) or small.",
            autocompletion=model_choices,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Keep the new heads even if their gain is not clear.")
    ] = False,
    source: Annotated[
        str,
        typer.Option(
            help="Train only on labels whose source starts with this (human:, llm:); sentences "
            "that people labelled are held out, and agreement with them is shown. [default: all]"
        ),
    ] = "",
    overrides: Overrides = None,
) -> None:
    """Retrain the heads of an encoder on your own labels.

    Keeps them if they do clearly better than the shipped ones on documents they have not seen. They
    are stored with a card.
    """
    from pipeline.artefacts import find_model
    from pipeline.config import choose_models, load_settings
    from pipeline.encoder import is_encoder
    from pipeline.errors import ConfigError
    from pipeline.runs.files import check_place

    check_place(out, option="-o")
    settings = load_settings([*(choose_models(model) if model else ()), *(overrides or ())])
    if settings.by_llm:
        raise ConfigError(
            "a language model is asked, not trained; expected --model standard or small; "
            "--source llm: trains on the labels that one gave"
        )
    name = getattr(settings, task).model
    if not is_encoder(find_model(name)):
        raise ConfigError(
            f"{name}: no encoder, so it has no heads to retrain; expected --model standard or small"
        )
    _train_heads(task, files, encoder=name, out=out, settings=settings, force=force, source=source)


def _train_heads(
    task: Trainable,
    files: Sequence[Path],
    *,
    encoder: str,
    out: Path,
    settings: Settings,
    force: bool,
    source: str,
) -> None:
    from pipeline.train.heads import train_heads

    with progress("{task.description}", remaining=True) as bar:
        shown = bar.add_task(f"embedding with {encoder}", total=None)

        def tell(done: int, total: int) -> None:
            what = "fitting heads" if done == total else f"embedding with {encoder}"
            bar.update(shown, completed=done, total=total or None, description=what)

        report = train_heads(
            task, files, encoder=encoder, out=out, settings=settings, force=force, source=source,
            told=tell,
        )  # fmt: skip
    _print_report(report, task, out)


def _print_report(report: HeadReport, task: str, out: Path) -> None:
    console = stdout()
    for result in report.heads:
        console.print(_table(result))
        say(_verdict(result))
        if cost := _cost(result):
            say(cost)
    for head in report.shipped:
        console.print(f"{head}: no training row has a label for it; it stays as shipped")
    if report.folder is None:
        say(
            f"nothing was written: {report.encoder} as shipped is the better choice; --force keeps "
            "the new heads"
        )
        if (out / report.name).is_dir():
            print_warning(f"{out / report.name}: this is from an earlier training")
        return
    say(f"{report.folder}: {many(report.rows, 'row')}")
    _print_use(task, out, report.name)


def _verdict(result: HeadResult) -> str:
    gain = next(one.gain for one in result.compared if one.on == result.decided_on)
    change = f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f}, {result.decided_on})"
    if result.helps:
        return f"{result.head}: the {result.candidate} head helps, {change}; it is kept"
    kept = "is kept" if result.kept == "shipped" else "would be kept without --force"
    return (
        f"{result.head}: no clear gain of the {result.candidate} head: {change}, an interval above "
        f"0 is asked for; the shipped head {kept}; label more interviews"
    )


def _cost(result: HeadResult) -> str | None:
    """Return what labels cost in agreement with people, where people's were held out."""
    for one in result.compared:
        if one.on == PEOPLE:
            before, after = (one.scores[way].accuracy for way in ("shipped", result.candidate))
            return (
                f"{result.head}: agrees with people on {after:.1%} of {one.rows:,} held-out "
                f"sentences, the shipped head on {before:.1%} ({after - before:+.1%})"
            )
    return None


def _table(result: HeadResult) -> Table:
    from pipeline.evaluate.tables import simple_table

    title = (
        f"{result.head}: macro-F1 with 95 % interval; {result.rows:,} training rows of "
        f"{result.docs:,} documents"
    )
    table = simple_table(title, "on", *result.compared[0].scores, "gain")
    for one in result.compared:
        table.add_row(*_cells(one))
    return table


def _cells(one: Compared) -> list[str]:
    from pipeline.evaluate.tables import interval

    figures = ["\n".join(interval(score.macro_f1)) for score in one.scores.values()]
    gain = one.gain
    change = f"{gain.value:+.3f}\n{gain.low:+.3f} to {gain.high:+.3f}"
    return [f"{one.on}\n{one.rows:,} rows", *figures, change]


def _print_use(task: str, out: Path, name: str) -> None:
    use = f"--models {out} --set {task}.model={name}"
    say(f"use it with: westward run PATH {use}")
