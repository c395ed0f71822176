"""``westward add``, ``westward check`` and ``westward turns``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import (
    counts_table,
    print_error,
    print_json,
    print_notice,
    print_warning,
    say,
    stdout,
)
from pipeline.cli.options import Json

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.corpus.check import Finding
    from pipeline.records import Dropped, Interview

CORPUS = Path("corpus")
FIRST_WORDS = 9
SHOWN = 100


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("add")(add_command)
    app.command("check")(check_command)
    app.command("turns")(turns_command)


def add_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Transcript to add: a file, or a web address.")
    ],
    title: Annotated[str | None, typer.Option(help="Title of the interview.")] = None,
    date: Annotated[str | None, typer.Option(help="Date: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    series: Annotated[str | None, typer.Option(help="Series or outlet it appeared in.")] = None,
    interviewer: Annotated[
        str | None, typer.Option(help='Interviewer; join several by " / ".')
    ] = None,
    interviewee: Annotated[
        str | None, typer.Option(help='Interviewee; join several by " / ".')
    ] = None,
    affiliation: Annotated[str | None, typer.Option(help="Office of the interviewee.")] = None,
    country: Annotated[str | None, typer.Option(help="Interviewee's country, such as DE.")] = None,
    url: Annotated[str | None, typer.Option(help="Web address of the original.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence of the transcript.")] = None,
    notes: Annotated[str | None, typer.Option(help="Notes for readers of the corpus.")] = None,
    interview_id: Annotated[
        str | None, typer.Option("--id", help="Id of the interview. [default: the file's name]")
    ] = None,
    convention: Annotated[
        str | None,
        typer.Option(help="How speakers are marked; see `westward formats`. [default: detected]"),
    ] = None,
    speakers: Annotated[
        str | None, typer.Option(help='Roles, as "A=interviewer,B=respondent". [default: detected]')
    ] = None,
    keys: Annotated[
        str | None,
        typer.Option(help='Columns or keys, as "speaker=WHO,text=SAID". [default: detected]'),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="List the text that is in no turn, and why.")
    ] = False,
    corpus: Annotated[Path, typer.Option(help="Folder of the corpus to add it to.")] = CORPUS,
) -> None:
    """Add a transcript to a corpus and show its turns.

    Copies it, and adds its line to the index. What is set by hand (--convention, --speakers,
    --keys) is kept in a file next to it.
    """
    from pipeline.config import load_settings
    from pipeline.corpus.add import add_transcript
    from pipeline.corpus.fetch import fetched, is_address
    from pipeline.turns.sidecar import parse_decisions

    given = {
        "title": title, "date": date, "series": series, "interviewer": interviewer,
        "interviewee": interviewee, "affiliation": affiliation, "country": country, "url": url,
        "licence": licence, "notes": notes,
    }  # fmt: skip
    hand = parse_decisions(convention=convention, speakers=speakers, keys=keys)
    if is_address(file):
        given["url"] = url or file
    with fetched(file) as path:
        added = add_transcript(
            path,
            corpus=corpus,
            metadata={key: value for key, value in given.items() if value is not None},
            interview_id=interview_id,
            settings=load_settings().segment,
            by_hand=hand,
        )
    say(f"added as {added.row.id}: {added.path}", style="bold")
    _print_understanding(added.interview)
    if explain:
        _print_dropped(added.dropped)


def _print_dropped(dropped: Sequence[Dropped]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for piece in dropped:
        place = f"page {piece.page}, line {piece.line}" if piece.page else f"line {piece.line}"
        text = piece.text if len(piece.text) <= SHOWN else piece.text[: SHOWN - 4] + " ..."
        table.add_row(f"  {place}", piece.reason, escape(text))
    stdout().print(f"in no turn: {len(dropped)} pieces", style="bold")
    stdout().print(table)


def turns_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Transcript to split into turns.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="File to write to. [default: NAME.turns.toml beside it]"),
    ] = None,
) -> None:
    """Write the turns of a transcript for correction by hand.

    Correct speakers, roles and texts in the file; as long as it is beside the transcript, every
    run takes the turns from it. An earlier file of that name is renamed.
    """
    from pipeline.config import load_settings
    from pipeline.corpus.turns_file import export_turns

    written = export_turns(file, out=out, settings=load_settings().segment)
    say(f"written to {written.path}: {written.turns} turns")
    if written.renewed:
        print_warning(
            f"{file}: altered since its turns were set by hand; they are read again from the file "
            "as it is now, and the corrections are only in the earlier file"
        )
    if written.kept:
        print_warning(f"the earlier file, with your comments, is kept as {written.kept}")


def _print_understanding(interview: Interview) -> None:
    from rich.text import Text

    console = stdout()
    kinds = Counter(turn.kind for turn in interview.turns)
    say(
        f"{interview.title}, {interview.date or 'no date'}; speakers marked by: "
        f"{interview.convention} (confidence {interview.convention_confidence:.2f})"
    )
    console.print(
        f"{kinds['question']} questions, {kinds['answer']} answers, "
        f"{kinds['statement']} statements, {kinds['aside']} asides"
    )
    console.print(_speakers(interview))
    names = {speaker.id: speaker.name or speaker.id for speaker in interview.speakers}
    for turn in interview.turns:
        words = turn.text.split()
        opening = " ".join(words[:FIRST_WORDS]) + (" ..." if len(words) > FIRST_WORDS else "")
        line = Text.assemble((f"{turn.kind:<9} ", "dim"), (names[turn.speaker_id], "bold"))
        console.print(line.append(f": {opening}"), no_wrap=True, overflow="ellipsis")
    for warning in interview.warnings:
        print_notice(warning)


def _speakers(interview: Interview) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for speaker in interview.speakers:
        turns = [turn for turn in interview.turns if turn.speaker_id == speaker.id]
        words = sum(len(turn.text.split()) for turn in turns)
        about = ", ".join(part for part in (speaker.affiliation, speaker.country) if part)
        counts = f"{len(turns)} turns, {words:,} words"
        name = escape(speaker.name or speaker.id)
        table.add_row(f"  {name}", speaker.role, counts, escape(about))
    return table


def check_command(
    corpus: Annotated[
        Path, typer.Argument(metavar="CORPUS", help="Folder of the corpus to check.")
    ] = CORPUS,
    as_json: Json = False,
) -> None:
    """Check a corpus: index, files, and the turns found.

    Compares hashes and ids, and shows how each transcript was split. Exits with 1 if there is a
    problem.
    """
    from pipeline.config import load_settings
    from pipeline.corpus.check import check_corpus
    from pipeline.notices import sentence

    findings = check_corpus(corpus, settings=load_settings().segment)
    if as_json:
        print_json([_as_json(found) for found in findings])
    else:
        stdout().print(_check_table(findings))
    problems = [(found, text) for found in findings for text in found.problems]
    for found, text in problems:
        print_error(text if text.startswith(found.where) else f"{found.where}: {text}")
    for found in findings:
        for warning in found.interview.warnings if found.interview else ():
            print_warning(f"{found.interview_id}: {sentence(warning)}")
    if not as_json:
        stdout().print(f"transcripts: {len(findings)}, problems: {len(problems)}", style="bold")
    if problems:
        raise typer.Exit(1)


def _check_table(findings: list[Finding]) -> Table:
    titles = ("transcript", "marked by", "conf.", "speakers", "quest.", "answ.", "words", "")
    table = counts_table(dict.fromkeys(titles, ""))
    table.columns[1].justify = table.columns[-1].justify = "left"
    for found in findings:
        verdict = "problem" if found.problems else "ok"
        table.add_row(found.interview_id or found.where, *_counts(found.interview), verdict)
    return table


def _counts(interview: Interview | None) -> list[str]:
    if interview is None:
        return ["-"] * 6
    confidence = f"{interview.convention_confidence:.2f}"
    return [interview.convention, confidence, *(f"{n:,}" for n in _totals(interview).values())]


def _totals(interview: Interview) -> dict[str, int]:
    kinds = Counter(turn.kind for turn in interview.turns)
    return {
        "speakers": len(interview.speakers),
        "questions": kinds["question"],
        "answers": kinds["answer"],
        "words": sum(len(turn.text.split()) for turn in interview.turns),
    }


def _as_json(found: Finding) -> dict[str, object]:
    row: dict[str, object] = {"where": found.where, "interview_id": found.interview_id}
    row["problems"] = found.problems
    if found.interview is not None:
        names = {"convention", "convention_confidence", "warnings"}
        row |= found.interview.model_dump(mode="json", include=names) | _totals(found.interview)
    return row
