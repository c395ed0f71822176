"""``westward train``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import stderr, stdout

MODELS = Path("outputs/models")


class Trainable(StrEnum):
    """Models that can be trained."""

    CLAIMS = "claims"
    STANCE = "stance"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train")(train_command)


def train_command(
    task: Annotated[Trainable, typer.Argument(metavar="TASK", help="claims or stance.")],
    more: Annotated[list[Path] | None, typer.Argument(metavar="FILE", hidden=True)] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE...", help="Annotated rows, JSON Lines."),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder of models.")] = MODELS,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a setting.")
    ] = None,
) -> None:
    """Train a model on annotated rows, and store it with its card."""
    from pipeline.config import load_settings
    from pipeline.errors import InputError
    from pipeline.learn.train import train_claims, train_stance
    from pipeline.stages.judges import load_claims_judge, load_stance_judge
    from pipeline.write.evaluation import render, render_change

    files = [*(data or ()), *(more or ())]
    if not files:
        raise InputError(f"nothing to train on; expected westward train {task} --data FILE...")
    settings = load_settings(overrides or ())
    with stderr().status(f"training {task} on {len(files)} files"):
        if task is Trainable.CLAIMS:
            shipped = load_claims_judge(settings.claims.model)
            report = train_claims(files, out=out, settings=settings, before=shipped)
        else:
            before = load_stance_judge(settings.stance.model)
            report = train_stance(files, out=out, settings=settings, before=before)
    console = stdout()
    size = report.size_bytes / 1e6
    console.print(f"{report.folder}: {report.rows:,} rows, {size:.1f} MB", soft_wrap=True)
    for key, evaluation in report.after.items():
        console.print(render(evaluation))
        if key in report.before:
            console.print(render_change(report.before[key], evaluation))
    use = f"--models {out} --set {task}.model={report.name}"
    console.print(f"use it with: westward run PATH {use}", soft_wrap=True)
