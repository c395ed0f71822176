"""``westward actors list``, ``find`` and ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.actors.lexicon import Kind
from pipeline.cli.console import many, print_error, print_json, print_warning, say, stdout
from pipeline.cli.options import Actors, Json, blocs

if TYPE_CHECKING:
    from pipeline.actors import ActorTable
    from pipeline.actors.catalogue import Candidate, Explained

WORDS_SHOWN = 12
FORMS = {
    "demonym": "adjective or demonym",
    "leader": "a leader's name",
    "capital": "the capital",
    "phrase": "a phrase, not a name",
}

app = typer.Typer(
    name="actors",
    help="Look up actors and their blocs, or check your own table.",
    no_args_is_help=True,
)

Date = Annotated[
    str | None, typer.Option(help="Date of blocs and offices, as 2019-06. [default: today]")
]


@app.callback()
def _actors() -> None:
    """Look up actors and their blocs, or check your own table."""


def register(typer_app: typer.Typer) -> None:
    """Add the commands."""
    app.command("list")(list_command)
    app.command("find")(find_command)
    app.command("check")(check_command)
    typer_app.add_typer(app, name="actors")


def list_command(
    bloc: Annotated[
        str | None, typer.Option(help="List only members of this bloc.", autocompletion=blocs)
    ] = None,
    kind: Annotated[Kind | None, typer.Option("--type", help="List only this type.")] = None,
    date: Date = None,
    actors: Actors = None,
    as_json: Json = False,
) -> None:
    """List actors, their names and their blocs at a date.

    A leader is in the blocs of the actor whose office he or she holds at the date.
    """
    from rich.text import Text

    from pipeline.actors.catalogue import list_actors

    table = _load(actors, date)
    found = list(list_actors(table, bloc=bloc, kind=kind, date=date))
    if as_json:
        print_json([one.model_dump(mode="json", by_alias=True) for one in found])
        return
    console = stdout()
    for one in found:
        facts = [one.kind, *([one.wikidata] if one.wikidata else [])]
        facts += ["your own table"] if one.own else []
        line = Text.assemble((one.name, "bold"), f"  {', '.join(facts)}")
        line.append(f"; {', '.join(one.blocs) or 'in no bloc'}")
        say(line)
        words = [word for word in one.words if word != one.name]
        more = f", ... ({len(words)} in all)" if len(words) > WORDS_SHOWN else ""
        if words:
            text = f"  {', '.join(words[:WORDS_SHOWN])}{more}"
            say(Text(text, style="dim"))
    console.print(f"{many(len(found), 'actor')}, {_when(date)}", style="bold")


def find_command(
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Name to look up, or a whole sentence.")
    ],
    date: Date = None,
    actors: Actors = None,
    as_json: Json = False,
) -> None:
    """Show which actor a name refers to, why, and its blocs.

    Takes a name, adjective, capital or leader, or a sentence with several. Pronouns are resolved
    only in a run. Exits with 1 if nothing is found.
    """
    from pipeline.actors.catalogue import explain, near_phrases

    words = " ".join(text)
    table = _load(actors, date)
    found = explain(table, words, date=date)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        for one in found:
            _print_explained(one)
        if found:
            stdout().print(_when(date), style="dim")
    if not found:
        close = near_phrases(table, words)
        meant = f"; did you mean {', '.join(close)}?" if close else ""
        hint = "" if close else "; case matters, see: westward actors list"
        print_error(f'"{words}" names no actor of the table{meant}{hint}')
        raise typer.Exit(1)


def check_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="File of your own actors and blocs (TOML).")
    ],
) -> None:
    """Check your own actor table for errors before a run.

    Checks names, dates and blocs, and lists words that the shipped table defines too. Exits with 1
    if the table cannot be used.
    """
    from pipeline.actors import examine_actors

    examined = examine_actors(file)
    for problem in examined.problems:
        print_error(problem)
    for note in examined.notes:
        print_warning(note)
    if examined.problems or examined.table is None:
        raise typer.Exit(1)
    table = examined.table
    counts = {
        "actor": len(table.actor),
        "alias": sum(len(alias.texts) for alias in table.alias),
        "bloc": len(table.bloc),
        "change of membership": len(table.membership),
    }
    listed = ", ".join(f"{name}: {number}" for name, number in counts.items())
    say(f"{file}: can be used; {listed}")
    if not any(counts.values()):
        print_warning(f"{file}: has no entry; a run with it gives the same result as one without")


def _load(actors: Path | None, date: str | None) -> ActorTable:
    from pydantic import TypeAdapter, ValidationError

    from pipeline.actors import load_actors
    from pipeline.actors.overlay import DATES
    from pipeline.config import load_settings
    from pipeline.errors import ConfigError
    from pipeline.records import PartialDate

    if date is not None:
        try:
            TypeAdapter(PartialDate).validate_python(date)
        except ValidationError as error:
            raise ConfigError(f'--date "{date}": expected {DATES}') from error
    return load_actors(actors or load_settings().actors.path)


def _print_explained(one: Explained) -> None:
    from rich.text import Text

    console = stdout()
    whom = ", ".join(one.actors) or f"no actor ({one.reason})"
    line = Text.assemble((one.text, "bold"), f" → {whom}")
    if one.via is not None:
        line.append(f"  via {one.via}")
    say(line)
    if one.actors:
        say(f"  blocs: {', '.join(one.blocs) or 'none'}")
    several = len(one.candidates) > 1
    if several:
        console.print(f"  {many(len(one.candidates), 'meaning')}, tried in this order:")
    for number, candidate in enumerate(one.candidates, start=1):
        _print_candidate(candidate, number=number if several else None)


def _print_candidate(one: Candidate, *, number: int | None) -> None:
    indent, mark = ("     ", f"  {number}. ") if number else ("    ", "  ")
    form = f", {FORMS[one.form]}" if one.form in FORMS else ""
    label = f", {one.label}" if one.label else ""
    entry = f"{one.entry} ({one.kind}): via {one.via}" if one.entry else "refers to no actor"
    say(f"{mark}{entry}{form}{label}")
    if number:
        whom = f"{', '.join(one.actors)}: {', '.join(one.blocs) or 'in no bloc'}"
        say(f"{indent}refers to {whom if one.actors else 'no actor'}")
    if one.decides:
        say(f"{indent}decided by: {'; '.join(one.decides)}")
    if one.source:
        say(f"{indent}source: {one.source}", style="dim")


def _when(date: str | None) -> str:
    return f"on {date}" if date else "no date given: the blocs of today"
