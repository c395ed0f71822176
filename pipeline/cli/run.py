"""``westward run``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    counts_table,
    print_error,
    print_json,
    print_warning,
    progress,
    say,
    stderr,
    stdout,
)
from pipeline.cli.judge import describe_usage, print_estimate
from pipeline.cli.options import Actors, Json, Model, Models, Overrides, SendText, blocs

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.table import Table

    from pipeline.run import RunResult
    from pipeline.tables.counts import Row
    from pipeline.tables.rows import Summary
    from pipeline.tally import Progress, Step


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
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor keep results of other runs.")
    ] = False,
    no_report: Annotated[
        bool, typer.Option("--no-report", help="Do not write report.html and figures/.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print the traceback of internal errors.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Code interviews; write JSON Lines, tables and a page.

    Finds turns, sentences, entities, claims, and stances: the speakers' own and those they report.
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
    means = Means(cache=cache, workers=workers, cluster=cluster)
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
        )
    print_result(result, as_json=as_json)


def print_result(result: RunResult, *, as_json: bool) -> None:
    """Print what a run wrote, and its faults; exit with 1 where some transcripts failed, 2 all."""
    if as_json:
        print_json(_summary(result))
    elif result.summaries:
        _print_written(result)
    _print_faults(result)
    if result.failures:
        raise typer.Exit(1 if result.summaries else 2)


def reporter(bar: Bar) -> Progress:
    """Return what shows the steps of a run on a bar."""
    task = bar.add_task("", total=None, interview="", stage="loading models")

    def report(step: Step) -> None:
        bar.update(
            task,
            completed=step.done,
            total=step.total,
            interview=step.interview_id,
            stage=step.stage,
        )

    return report


def _summary(result: RunResult) -> dict[str, object]:
    """What ``--json`` prints, with the names of run.json; no folder where nothing was written."""
    from dataclasses import asdict

    from pipeline.tally import count_all

    return {
        "folder": str(result.folder) if result.summaries else None,
        "totals": count_all(result.summaries, result.failures, result.ignored),
        "counts": [asdict(summary) for summary in result.summaries],
        "failures": [
            {key: value for key, value in asdict(failure).items() if key != "traceback"}
            for failure in result.failures
        ],
        "compared": [dict(row) for row in result.compared],
        "warnings": list(result.warnings),
        **({"judge": dict(result.judge)} if result.judge else {}),
    }


def _print_faults(result: RunResult) -> None:
    for warning in result.warnings:
        print_warning(warning)
    if result.ignored:
        names = ", ".join(path.name for path in result.ignored[:3])
        more = ", ..." if len(result.ignored) > 3 else ""
        print_warning(f"of unknown format, left out: {names}{more}")
    for failure in result.failures:
        print_error(failure.reason)
        if failure.traceback:
            stderr().print(failure.traceback, markup=False, soft_wrap=True)
    if result.failures:
        total = len(result.summaries) + len(result.failures)
        kept = "" if result.summaries else f"; nothing was written to {result.folder}/"
        print_error(f"{len(result.failures)} of {total} transcripts failed{kept}")


def _print_written(result: RunResult) -> None:
    from pipeline.report.page import PAGE_NAME
    from pipeline.report.summary import answers

    console = stdout()
    number = "fifteen" if result.compared else "thirteen"
    console.print(_summary_table(result.summaries))
    for row in result.compared:
        say(_changes(row))
    if "cost" in result.judge:
        say(describe_usage(result.judge))
    if result.overview is not None:
        say("\n".join([*answers(result.overview), ""]))
    say(f"written to {result.folder}/", style="bold")
    for name, what in (
        (PAGE_NAME, "the page to read first; figures/ for a paper"),
        ("annotated.jsonl", "one interview a line, with every judgement"),
        ("tables/*.csv", f"{number} tables; tables/codebook.csv explains each column"),
        ("run.json", "settings, versions, hashes, timings, failures"),
    ):
        if name != PAGE_NAME or (result.folder / name).exists():
            say(f"  {name:<16} {what}")
    say(f"read it with: westward show {result.folder}")


def _changes(row: Row) -> str:
    """Return the effect of another definition of the bloc on all interviews, as a line."""
    words = {
        "enters": "enter", "leaves": "leave", "turns": "turn", "retargets": "have another target",
    }  # fmt: skip
    once = {"retargets": "has another target"}
    counted = [
        f"{row[name]} {once.get(name, name) if row[name] == 1 else several}"
        for name, several in words.items()
        if row[name]
    ]
    whose = "own" if row["voice"] == "own" else "reported"
    line = f"{row['bloc']} → {row['other_bloc']}, {whose} stances: "
    line += f"{_number(row, 'main')} → {_number(row, 'other')}"
    line += f"; {', '.join(counted) or 'none changes'}"
    if row["main_net"] is not None and row["other_net"] is not None:
        line += f"; net {row['main_net']:+.3f} → {row['other_net']:+.3f}"
    return line


def _number(row: Row, which: str) -> str:
    undecided = row[f"{which}_abstained"]
    return f"{row[f'{which}_n']}" + (f" ({undecided} not decided)" if undecided else "")


def _summary_table(summaries: tuple[Summary, ...]) -> Table:
    columns = {
        "turns": "turns", "units": "units", "claims": "claims", "premises": "prem.",
        "entities": "ents", "favor": "+", "against": "−", "neutral": "=", "abstained": "?",
        "attributed": "rep.",
    }  # fmt: skip
    if not any(summary.abstained for summary in summaries):
        del columns["abstained"]
    undecided = "? not decided; " if "abstained" in columns else ""
    caption = (
        f"own stance of respondents: + in favor, − against, = neutral; {undecided}"
        "rep.: stances they report as another's"
    )
    totals = {"interview": f"all {len(summaries)}"}
    for name, title in columns.items():
        totals[title] = f"{sum(getattr(summary, name) for summary in summaries):,}"
    shown = totals if len(summaries) > 1 else dict.fromkeys(totals, "")
    table = counts_table(shown, caption=caption)
    for summary in summaries:
        table.add_row(summary.interview_id, *(f"{getattr(summary, one):,}" for one in columns))
    return table
