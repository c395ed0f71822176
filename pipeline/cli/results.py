"""What the terminal shows of a run: its progress, the answers, and the faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from pipeline.cli.console import (
    counts_table,
    print_error,
    print_json,
    print_notice,
    print_warning,
    say,
    stderr,
    stdout,
)

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.table import Table

    from pipeline.report.overview import Overview
    from pipeline.run import RunResult
    from pipeline.tables.counts import Row
    from pipeline.tables.rows import Summary
    from pipeline.tally import Progress, Step


def print_result(result: RunResult, *, as_json: bool) -> None:
    """Print what a run wrote, and its faults; exit with 1 where some transcripts failed, 2 all."""
    if as_json:
        print_json(_summary(result))
    elif result.summaries:
        _print_written(result)
    _print_faults(result)
    if result.failures:
        raise typer.Exit(1 if result.summaries else 2)


def print_labels(overview: Overview) -> None:
    """Print how many sentences are by whom, and warn of those in which people differ."""
    from pipeline.report.update import warn_of_labels

    if overview.labelled:
        say(f"sentences by people: {overview.labelled:,} ({overview.by_people})")
    for found in warn_of_labels(overview):
        print_notice(found)


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

    from pipeline.notices import stated
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
        "warnings": [stated(warning) for warning in result.warnings],
        **({"judge": dict(result.judge)} if result.judge else {}),
    }


def _print_faults(result: RunResult) -> None:
    for warning in result.warnings:
        print_notice(warning)
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
    from pipeline.runs.folder import TABLES_NAME

    console = stdout()
    tables = sorted((result.folder / TABLES_NAME).glob("*.csv"))
    console.print(_summary_table(result.summaries))
    for row in result.compared:
        say(_changes(row))
    if "cost" in result.judge:
        say(_usage(result.judge))
    if result.overview is not None:
        say("\n".join([*answers(result.overview), ""]))
    say(f"written to {result.folder}/", style="bold")
    for name, what in (
        (PAGE_NAME, "the page to read first; figures/ for a paper"),
        ("annotated.jsonl", "one interview a line, with every judgement"),
        ("tables/*.csv", f"{len(tables)} tables; tables/codebook.csv explains each column"),
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


def _usage(judge: Mapping[str, Any]) -> str:
    """Return what was asked of a language model, as a line."""
    paid = f", {judge['cost']:.2f} paid" if judge["cost"] else ""
    return (
        f"{judge['source']}: {judge['requests']} requests, {judge['from_ledger']} answered before; "
        f"{judge['tokens_in']:,} tokens in, {judge['tokens_out']:,} out{paid}"
    )
