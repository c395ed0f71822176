"""``westward evaluate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counts_table, print_json, print_warning, stderr, stdout
from pipeline.cli.options import Json, Model, Models, Overrides, SendText

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.config import Settings
    from pipeline.evaluate.turns import TurnScore


Measurable = StrEnum(
    "Measurable", "COMPONENTS KIND WEST TARGETED RELATIONS TURNS PLAIN CLAIMS STANCE"
)
"""What can be measured; claims is components and kind, stance another name for west."""
TEST = "test"
By = StrEnum("By", "DOC")
"""What else a result can be split by."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate_command)


def evaluate_command(
    task: Annotated[
        Measurable,
        typer.Argument(
            metavar="TASK",
            help="What to measure: components, kind, claims (both), west (or stance), targeted "
            "(stance toward any marked target), relations, turns, or plain (Westward's own "
            "plain sentences).",
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="File of labels, passages or turns; none for plain."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            help="Rows to measure on: train, dev, test, ... Of plain cases: train or test. "
            "[default: test; all with --run]",
        ),
    ] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Measure the judgements in this run.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option(help="For turns: the corpus index. [default: the nearest]")
    ] = None,
    models: Models = None,
    as_json: Json = False,
    by: Annotated[
        By | None, typer.Option(help="With doc: add a row for each document, the worst first.")
    ] = None,
    model: Model = None,
    send_text: SendText = False,
    answers: Annotated[
        Path | None, typer.Option(help="With llm: take answers from this batch file.")
    ] = None,
    overrides: Overrides = None,
) -> None:
    """Measure a model, a run or the turns against labels.

    Prints, for each question, macro-F1 with its interval over documents, precision and recall of
    each class, the confusions, the calibration error, what is decided at the thresholds for
    abstention, and the baselines: the majority class and a lexicon.
    """
    from pipeline.config import choose_models, load_settings
    from pipeline.errors import ConfigError, InputError

    chosen = choose_models(model) if model else ()
    sent = ("llm.send_text=true",) if send_text else ()
    settings = load_settings([*chosen, *sent, *(overrides or ())])
    if task is Measurable.PLAIN:
        if settings.by_llm:
            raise ConfigError(
                "plain cases are for the encoders; expected another --model; a "
                "language model is measured on annotated rows: evaluate claims FILE --model llm"
            )
        _evaluate_plain(split or TEST, settings=settings, models=models, as_json=as_json)
        return
    if file is None:
        raise InputError(f"evaluate {task}: no file; expected a file of labels, or of turns")
    if task is Measurable.TURNS:
        if by is not None:
            raise ConfigError("--by does not go with turns: it shows each interview anyway")
        _evaluate_turns(file, index=index, settings=settings, as_json=as_json)
        return
    if task is Measurable.RELATIONS:
        if by is not None:
            raise ConfigError("relations do not go with --by; leave it out")
        if run is not None:
            _evaluate_run_links(file, split=split, run=run, seed=settings.seed, as_json=as_json)
        else:
            _evaluate_relations(
                file, split=split or TEST, settings=settings, answers=answers, as_json=as_json
            )
        return
    from pipeline.evaluate.models import ALL, Plan, evaluate
    from pipeline.evaluate.runs import evaluate_run
    from pipeline.evaluate.tables import render

    rows = split or (ALL if run else TEST)
    plan = Plan(file, rows, models, settings, by_doc=by is By.DOC, answers=answers)
    missing = 0
    with stderr().status(f"evaluating {task} on {file.name}"):
        if run is None:
            evaluation = evaluate(task.value, plan)
        else:
            evaluation, missing = evaluate_run(task.value, plan, run)
    if as_json:
        print_json(evaluation.model_dump(mode="json"))
    else:
        stdout().print(render(evaluation))
    if missing:
        print_warning(f"{missing:,} rows match no sentence that the run judged; left out")


def _evaluate_plain(half: str, *, settings: Settings, models: Path | None, as_json: bool) -> None:
    from dataclasses import asdict

    from pipeline.evaluate.cases import score_plain
    from pipeline.evaluate.tables import render_plain

    with stderr().status("evaluating plain cases"):
        scores = score_plain(half, settings, models=models)
    if as_json:
        print_json([asdict(score) for score in scores])
    else:
        stdout().print(render_plain(scores))


def _evaluate_relations(
    file: Path, *, split: str, settings: Settings, answers: Path | None, as_json: bool
) -> None:
    from pipeline.evaluate.passages import evaluate_links, render_links

    with stderr().status(f"evaluating relations on {file.name}"):
        found = evaluate_links(file, split=split, settings=settings, answers=answers)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        stdout().print(render_links(found))


def _evaluate_run_links(
    file: Path, *, split: str | None, run: Path, seed: int, as_json: bool
) -> None:
    from pipeline.evaluate.models import ALL
    from pipeline.evaluate.run_links import evaluate_run_links, render_run_links

    with stderr().status(f"evaluating relations of {run.name} on {file.name}"):
        found = evaluate_run_links(file, split=split or ALL, run=run, seed=seed)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        stdout().print(render_run_links(found))


def _evaluate_turns(file: Path, *, index: Path | None, settings: Settings, as_json: bool) -> None:
    from dataclasses import asdict

    from pipeline.evaluate.turns import score_corpus_turns

    scores = score_corpus_turns(file, index=index, settings=settings.segment)
    if as_json:
        print_json([asdict(score) for score in scores])
    else:
        stdout().print(_turn_table(scores))


def _turn_table(scores: list[TurnScore]) -> Table:
    def total(name: str) -> int:
        return sum(getattr(score, name) for score in scores)

    words = total("words")
    role, speaker = (f"{total(one) / max(words, 1):.3f}" for one in ("right_role", "right_speaker"))
    footers = {"interview": "all", "words": f"{words:,}", "role": role, "speaker": speaker}
    footers |= {name: f"{total(name):,}" for name in ("missing", "furniture")}
    caption = "share of gold's words in a turn of the right role, under the right speaker"
    table = counts_table(footers, caption=caption)
    for score in scores:
        shares = (f"{score.role_share:.3f}", f"{score.speaker_share:.3f}")
        counts = (f"{score.missing:,}", f"{score.furniture:,}")
        table.add_row(score.interview_id, f"{score.words:,}", *shares, *counts)
    return table
