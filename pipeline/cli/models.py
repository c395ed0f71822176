"""``westward evaluate`` and ``westward finetune``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli import train
from pipeline.cli.console import stderr, stdout
from pipeline.cli.train import MODELS

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.config import Settings
    from pipeline.learn.turn_score import TurnScore


class Measurable(StrEnum):
    """What can be measured; claims is components and kind, stance another name for west."""

    COMPONENTS = "components"
    KIND = "kind"
    WEST = "west"
    TARGETED = "targeted"
    TURNS = "turns"
    CLAIMS = "claims"
    STANCE = "stance"


class By(StrEnum):
    """What else a result can be split by."""

    DOC = "doc"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    train.register(app)
    app.command("evaluate")(evaluate_command)
    app.command("finetune")(finetune_command)


def finetune_command(
    data: Annotated[Path, typer.Option(help="Folder of annotated data, with train/ in it.")],
    corpus: Annotated[Path, typer.Option(help="Folder of transcripts, for unlabelled text.")],
    bases: Annotated[
        Path | None, typer.Option(help="Folder with the base models standard/ and small/.")
    ] = None,
    start: Annotated[
        Path | None,
        typer.Option("--from", help="Encoder folder to go on from, instead of the base models."),
    ] = None,
    teacher: Annotated[
        Path | None,
        typer.Option(help="With --from: encoder-standard, whose judgements encoder-small learns."),
    ] = None,
    work: Annotated[Path, typer.Option(help="Folder for checkpoints.")] = Path("outputs/finetune"),
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder of models.")] = MODELS,
    threads: Annotated[int, typer.Option(min=1, help="Processors to use.")] = 2,
    minutes: Annotated[float, typer.Option(min=1, help="Bound on each of the two fits.")] = 240.0,
) -> None:
    """Fit the encoders anew, or one further: hours of work, resumed where it was cut off.

    Needs the extra westward[finetune], and base models whose hashes are checked, or an encoder.
    """
    from pipeline.errors import ConfigError

    try:
        from pipeline.learn.finetune.go_on import go_on
        from pipeline.learn.finetune.make import finetune
    except ModuleNotFoundError as error:
        raise ConfigError(
            f'{error.name} is not installed; expected the extra: pip install "westward[finetune]"'
        ) from error
    if start is not None and bases is None:
        encoder = go_on(
            data, corpus, start, work, out, threads=threads, minutes=minutes, taught_by=teacher
        )
        stdout().print(f"{out}/{encoder.meta['name']}", soft_wrap=True)
    elif bases is not None and start is None:
        finetune(data, corpus, bases, work, out, threads=threads, minutes=minutes)
        made = ", ".join(f"{out}/encoder-{size}" for size in ("standard", "small", "ensemble"))
        stdout().print(made, soft_wrap=True)
    else:
        raise ConfigError("expected either --bases, to fit both encoders, or --from, to go on")


def evaluate_command(
    task: Annotated[
        Measurable,
        typer.Argument(
            metavar="TASK",
            help="components, kind, claims (both), west (or stance), targeted or turns.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Annotated rows or turns.")],
    split: Annotated[
        str,
        typer.Option(
            help="Rows to measure on: train, dev, test, ...; cv5: all rows, the linear claims "
            "model fitted anew for each of their folds."
        ),
    ] = "test",
    index: Annotated[
        Path | None, typer.Option(help="turns: index of the transcripts. [default: the nearest]")
    ] = None,
    models: Annotated[
        Path | None, typer.Option(help="Folder of models, searched before the shipped ones.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    by: Annotated[
        By | None, typer.Option(help="doc: a row for each document too, the worst first.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="ensemble (the default), standard, small (fast) or linear.")
    ] = None,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a setting.")
    ] = None,
) -> None:
    """Measure a model, or the segmentation, against annotated data.

    Each question with macro-F1 and its interval over documents, precision and recall a class, the
    confusions, the calibration error, what is decided at the thresholds for abstention, and the
    baselines: the majority class, a lexicon, the linear model.
    """
    from pipeline.config import choose_models, load_settings
    from pipeline.errors import ConfigError

    chosen = choose_models(model) if model else ()
    settings = load_settings([*chosen, *(overrides or ())])
    if task is Measurable.TURNS:
        if by is not None:
            raise ConfigError("--by does not go with turns: it shows each interview anyway")
        _evaluate_turns(file, index=index, settings=settings, as_json=as_json)
        return
    from pipeline.learn.evaluate import Plan, evaluate
    from pipeline.write.evaluation import render

    plan = Plan(file, split, models, settings, by_doc=by is By.DOC)
    with stderr().status(f"evaluating {task} on {file.name}"):
        evaluation = evaluate(task.value, plan)
    if as_json:
        typer.echo(evaluation.model_dump_json(indent=2))
    else:
        stdout().print(render(evaluation))


def _evaluate_turns(file: Path, *, index: Path | None, settings: Settings, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    from pipeline.corpus.score import score_corpus_turns

    scores = score_corpus_turns(file, index=index, settings=settings.segment)
    if as_json:
        typer.echo(json.dumps([asdict(score) for score in scores], indent=2, ensure_ascii=False))
    else:
        stdout().print(_turn_table(scores))


def _turn_table(scores: list[TurnScore]) -> Table:
    from rich import box
    from rich.table import Table

    words = sum(score.words for score in scores)
    table = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False)
    table.caption = "share of gold's words in a turn of the right role, under the right speaker"
    table.add_column("interview", footer="all", overflow="fold")
    table.add_column("words", justify="right", footer=f"{words:,}")
    for title, count in (("role", "right_role"), ("speaker", "right_speaker")):
        total = sum(getattr(score, count) for score in scores)
        table.add_column(title, justify="right", footer=f"{total / max(words, 1):.3f}")
    for title in ("missing", "furniture"):
        total = sum(getattr(score, title) for score in scores)
        table.add_column(title, justify="right", footer=f"{total:,}")
    for score in scores:
        shares = (f"{score.role_share:.3f}", f"{score.speaker_share:.3f}")
        counts = (f"{score.missing:,}", f"{score.furniture:,}")
        table.add_row(score.interview_id, f"{score.words:,}", *shares, *counts)
    return table
