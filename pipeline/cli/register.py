"""``westward corpus``: the tables of a corpus, its index and its register of speakers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import print_error, say
from pipeline.cli.corpus import CORPUS, print_pairs
from pipeline.cli.options import Follow
from pipeline.errors import InputError

Corpus = Annotated[Path, typer.Option(help="Folder of the corpus.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    corpus = typer.Typer(
        help="Change the index of a corpus, and the register of its speakers.",
        no_args_is_help=True,
    )
    corpus.command("set")(set_command)
    corpus.command("speakers")(speakers_command)
    corpus.command("merge")(merge_command)
    app.add_typer(corpus, name="corpus")


def set_command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|FIELD=VALUE",
            help="Interviews, and what to set; an empty VALUE clears.",
        ),
    ],
    corpus: Corpus = CORPUS,
) -> None:
    """Set fields of interviews in the index.

    Date, country, ..., or a column of your own. The index keeps its format: JSON Lines, CSV or
    Excel.
    """
    from pipeline.corpus.index import change_row

    ids = [word for word in words if "=" not in word]
    changes = dict(word.split("=", 1) for word in words if "=" in word)
    if not ids or not changes or not all(name.strip() for name in changes):
        raise InputError(
            f"{' '.join(words)}: expected ids of interviews, then FIELD=VALUE, such as "
            "`westward corpus set talk-1 date=2016-09-26 country=DE`"
        )
    for one in ids:
        row = change_row(corpus, one, {name.strip(): value for name, value in changes.items()})
        said = {**row.model_dump(exclude_none=True), **row.fields()}
        found = (f"{name}={said.get(name, '')}" for name in changes)
        say(f"{row.id}: {', '.join(found)}")


def speakers_command(corpus: Corpus = CORPUS, follow: Follow = False) -> None:
    """Fill the register of speakers from all transcripts.

    Lists who may be one person. What the register says already stays. Exits with 1 if a
    transcript cannot be read.
    """
    from pipeline.config import load_settings
    from pipeline.corpus.check import enrol_all, propose_persons
    from pipeline.corpus.persons import open_register

    new, faults = enrol_all(corpus, settings=load_settings().segment, follow=follow)
    persons = open_register(corpus)
    say(f"{persons.path}: {len(persons.persons)} persons, {len(new)} of them new", style="bold")
    for name in new:
        say(f"  {name}")
    print_pairs(propose_persons(corpus), corpus)
    for fault in faults:
        print_error(fault)
    if faults:
        raise typer.Exit(1)


def merge_command(
    keep: Annotated[str, typer.Argument(metavar="NAME", help="The person, as it is to be named.")],
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="Another person of the register, or a spelling.")
    ],
    different: Annotated[
        bool, typer.Option("--different", help="They are two: do not propose them again.")
    ] = False,
    corpus: Corpus = CORPUS,
) -> None:
    """Make two persons or spellings one.

    They are one holder in all tables, from the next run.
    """
    from pipeline.corpus.persons import keep_apart, merge

    if different:
        keep_apart(corpus, keep, other)
        say(f'"{keep}" and "{other}" are different persons, and not proposed again')
        return
    person = merge(corpus, keep, other)
    spelt = ", ".join(f'"{one}"' for one in person.spellings)
    say(f'"{person.name}" is also {spelt}: one person from the next run')
