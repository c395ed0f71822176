"""``westward add``, ``westward check`` and ``westward turns``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
from pipeline.cli.options import Follow, Json
from pipeline.errors import InputError, WestwardError, listed

if TYPE_CHECKING:
    from rich.table import Table

    from pipeline.corpus.add import Added
    from pipeline.corpus.check import Finding
    from pipeline.corpus.persons import Pair
    from pipeline.records import Dropped, Interview
    from pipeline.turns.sidecar import ByHand

CORPUS = Path("corpus")
MAX_PAIRS = 10
FIRST_WORDS = 9
SHOWN = 100


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("add")(add_command)
    app.command("check")(check_command)
    app.command("turns")(turns_command)


def add_command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Transcripts to add: files, or web addresses. Of several, a last one that is no "
            "transcript is the folder of the corpus.",
        ),
    ],
    title: Annotated[str | None, typer.Option(help="Title of the interview.")] = None,
    date: Annotated[
        str | None, typer.Option(help="Date: YYYY, YYYY-MM, YYYY-MM-DD, or as it is usual.")
    ] = None,
    series: Annotated[str | None, typer.Option(help="Series or outlet it appeared in.")] = None,
    interviewer: Annotated[
        str | None, typer.Option(help='Interviewer; join several by " / ".')
    ] = None,
    interviewee: Annotated[
        str | None, typer.Option(help='Interviewee; join several by " / ".')
    ] = None,
    affiliation: Annotated[
        str | None,
        typer.Option(help='Office of the interviewee; of several, one each, joined by " / ".'),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(help='Interviewee\'s country, such as DE; of several, one each: "DE/RU".'),
    ] = None,
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
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of the corpus to add to. [default: the last FILE, or corpus]"),
    ] = None,
) -> None:
    """Add transcripts to a corpus and show their turns.

    Copies them, and adds a row each to the index, and their respondents to the register of
    speakers. What is set by hand (--convention, --speakers, --keys) is kept in a file next to a
    transcript. Of several, one that cannot be added is reported, and the others are added.
    """
    from pipeline.turns.sidecar import parse_decisions

    given = {
        "title": title, "date": date, "series": series, "interviewer": interviewer,
        "interviewee": interviewee, "affiliation": affiliation, "country": country, "url": url,
        "licence": licence, "notes": notes,
    }  # fmt: skip
    hand = parse_decisions(convention=convention, speakers=speakers, keys=keys)
    names, folder = _split_folder(files, corpus)
    of_one = {"--title": title, "--url": url, "--id": interview_id}
    if len(names) > 1 and (odd := [option for option, value in of_one.items() if value]):
        raise InputError(f"{odd[0]}: of one transcript, {len(names)} are given; add that one alone")

    def add(name: str) -> Added:
        return _add(name, folder, given=given, interview_id=interview_id, hand=hand)

    if len(names) == 1:
        added = add(names[0])
        say(f"added as {added.row.id}: {added.path}", style="bold")
        _print_understanding(added.interview)
        if explain:
            _print_dropped(added.dropped)
        print_pairs(added.proposed, folder)
        return
    done = _add_each(names, add)
    if done:
        from pipeline.corpus.check import propose_persons

        print_pairs(propose_persons(folder, [one.interview for one in done]), folder)
    say(f"added: {len(done)}, not added: {len(names) - len(done)}", style="bold")
    if len(done) < len(names):
        raise typer.Exit(1 if done else 2)


def _split_folder(files: Sequence[str], corpus: Path | None) -> tuple[Sequence[str], Path]:
    """The transcripts, and the folder of the corpus: the option's, or a last one of several."""
    from pipeline.corpus.fetch import is_address
    from pipeline.ingest import FORMATS

    last = Path(files[-1])
    new = not last.exists() and not is_address(files[-1]) and last.suffix.lower() not in FORMATS
    if corpus is None and len(files) > 1 and (last.is_dir() or new):
        return files[:-1], last
    return files, corpus or CORPUS


def _add(
    name: str, folder: Path, *, given: Mapping[str, str | None], interview_id: str | None,
    hand: ByHand,
) -> Added:  # fmt: skip
    from pipeline.config import load_settings
    from pipeline.corpus.add import add_transcript
    from pipeline.corpus.fetch import fetched, is_address

    metadata = {key: value for key, value in given.items() if value is not None}
    if is_address(name):
        metadata.setdefault("url", name)
    with fetched(name) as path:
        return add_transcript(
            path, corpus=folder, metadata=metadata, interview_id=interview_id,
            settings=load_settings().segment, by_hand=hand,
        )  # fmt: skip


def _add_each(names: Sequence[str], add: Callable[[str], Added]) -> list[Added]:
    """Add transcripts one by one, a line each; return those that were added."""
    from pipeline.tables.identity import speaker_name

    done: list[Added] = []
    for name in names:
        try:
            added = add(name)
        except WestwardError as error:
            print_error(str(error))
            continue
        done.append(added)
        about = added.interview
        people = [one for one in about.speakers if one.role == "respondent"]
        who = ", ".join(map(speaker_name, people)) or "no respondent"
        say(f"added as {added.row.id}: {about.date or 'no date'}; {len(about.turns)} turns; {who}")
        for warning in about.warnings:
            print_notice(warning)
    return done


def print_pairs(pairs: Sequence[Pair], corpus: Path) -> None:
    """Print the persons who may be one, each with the command that makes them one."""
    from pipeline.corpus.persons import command_of

    for pair in pairs[:MAX_PAIRS]:
        say(f'"{pair.keep.name}" and "{pair.other.name}": the same person? If so:')
        say(f"  {command_of(pair, corpus)}")
    if pairs:
        rest = len(pairs) - MAX_PAIRS
        more = f"; {rest} more pairs: `westward corpus speakers --corpus {corpus}`" * (rest > 0)
        say(f"if they are different, the same with --different{more}")


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
    follow: Follow = False,
    as_json: Json = False,
) -> None:
    """Check a corpus: index, files, and the turns found.

    Compares hashes and ids, and shows how each transcript was split, the doubtful ones first.
    Exits with 1 if there is a problem.
    """
    from pipeline.config import load_settings
    from pipeline.corpus.check import check_corpus, propose_persons
    from pipeline.notices import sentence

    findings = check_corpus(corpus, settings=load_settings().segment, follow=follow)
    findings.sort(key=lambda found: not found.doubtful)
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
    lacking = dict.fromkeys(name for found in findings for name in found.unlisted)
    if lacking:
        print_warning(
            f"{corpus}: {len(lacking)} respondents are in no register of speakers: "
            f"{listed([*lacking])}; add them with `westward corpus speakers --corpus {corpus}`"
        )
    if not as_json:
        if not any(found.where == str(corpus) for found in findings):
            read = [found.interview for found in findings if found.interview]
            print_pairs(propose_persons(corpus, read), corpus)
        stdout().print(f"transcripts: {len(findings)}, problems: {len(problems)}", style="bold")
    if problems:
        raise typer.Exit(1)


def _check_table(findings: list[Finding]) -> Table:
    titles = ("transcript", "marked by", "conf.", "speakers", "quest.", "answ.", "words", "")
    table = counts_table(dict.fromkeys(titles, ""))
    table.columns[1].justify = table.columns[-1].justify = "left"
    for found in findings:
        verdict = "problem" if found.problems else "doubtful" if found.doubtful else "ok"
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
