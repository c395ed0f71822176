"""``westward code``: sentences on the terminal, a key an answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from select import select
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import stdout
from pipeline.cli.options import Coder, RunFolder

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pipeline.coding.session import Context, Question, Session

By = StrEnum("By", "INTERVIEW LABEL PROBABILITY DISAGREEMENT")
ENTER, NO, TYPE, UNDO, SKIP, QUIT, HELP = "", "n", "t", "u", "s", "q", "?"
COMMANDS = ("u undo", "s skip", "q stop", "? help")
BACKSPACE, CTRL_D = "\x7f", "\x04"
ESCAPE = b"\x1b"
GLUE, ROOM = "\xa0", 3  # a space at which no line ends; columns for the key that is pressed
GUIDE = """\
claim: a contestable standpoint; premise: put forward as a reason or evidence; none: neither
fact: how things are, were, will be; value: good or bad; policy (o): what should be done
stance: what this sentence says of the bloc, whoever speaks; n where it is not about it;
0 where it is about it, neither for nor against; a stance of others is reported, not own"""
GUIDE_TO_LINKS = """\
parent: the one sentence that this one most directly gives a reason or an example for, or argues
against ("but", "however"), whichever comes first; n where it goes on, restates or lists
back: a reason, evidence, an example; attack: an objection, a correction, a point granted first"""
DIGITS, MARK = "123456789", ">"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("code")(code_command)


def code_command(
    run: RunFolder,
    coder: Coder,
    n: Annotated[
        int, typer.Option("--n", min=1, help="Sentences in all; more extend the sample.")
    ] = 100,
    by: Annotated[
        By | None, typer.Option(help="Draw within these strata. [default: no strata]")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Second run, for --by disagreement.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the random sample.")] = 1,
    relations: Annotated[
        bool,
        typer.Option("--relations", help="Also ask which sentence each one backs or attacks."),
    ] = False,
) -> None:
    """Code a random sample of sentences by hand on the terminal.

    Each sentence is shown with its question and context, and without the machine's answer; single
    keys answer. Labels are written at once, beside the run, and a new run keeps them; you can stop
    and continue at any time.
    """
    from pipeline.coding.samples import draw
    from pipeline.coding.session import Session
    from pipeline.labels.files import coder_file, drawn_in
    from pipeline.runs.folder import read_manifest

    path = coder_file(run, coder)
    bloc = read_manifest(run)["settings"]["bloc"]["name"]
    sample = draw(run, n=n, by=by, other=against, seed=seed, earlier=drawn_in(path))
    session = Session(sample, path=path, coder=coder, bloc=bloc, relations=relations)
    with Keys() as keys:
        _code(session, keys)
    stdout().print(f"{path}: {len(session.done):,} of {len(sample):,} coded", soft_wrap=True)
    if session.finished:
        stdout().print(f"next: westward estimate {run}", soft_wrap=True)


def _code(session: Session, keys: Keys) -> None:
    """Ask until the sample is coded or the coder stops."""
    from rich.text import Text

    console, shown = stdout(), None
    while not session.finished:
        if shown != session.current.unit.id:
            shown = session.current.unit.id
            _show(session, console)
        question = session.question
        console.print(_prompt(question, console.width), end=" ")
        key = keys.read()
        if key is None or key == QUIT:
            console.print()
            return
        console.print(key, markup=False)
        if key in (UNDO, BACKSPACE):
            session.undo()
        elif key == SKIP:
            session.skip()
        elif key == HELP:
            console.print(GUIDE, markup=False)
            if session.relations:
                console.print(GUIDE_TO_LINKS, markup=False)
        elif key == TYPE and question.typed:
            console.print(f"{question.typed}:", end=" ")
            typed = keys.read_line()
            if not typed or (question.numbers and typed not in question.keys):
                found = f'"{typed}" is typed' if typed else "nothing typed"
                console.print(Text(f"{found}; expected {question.typed}", "yellow"))
            else:
                session.answer(key, typed)
        elif key in question.keys:
            session.answer(key)
        else:
            expected = ", ".join(_choices(question))
            console.print(Text(f"{_pressed(key)} is no answer; expected {expected}", "yellow"))


def _show(session: Session, console: Console) -> None:
    """Print where a sentence is from, who says it, and what is said around it."""
    from rich.text import Text

    found = session.context()
    place = f"{len(session.done) + 1} of {len(session.sample)}"
    console.rule(Text(f"{place}  {session.current.lookup.interview.id}"), align="left")
    console.print(Text(f"{found.title}, {found.date or 'no date'}"))
    console.print(Text(f"Q: {found.asked}\n" if found.asked else "", "dim"))
    if found.number is not None:
        console.print(Text(f"{found.who}:", "cyan"))
        console.print(_numbered(found, found.number, session.current.unit.text), end="\n\n")
        return
    parts = (
        (f"{found.who}: ", "cyan"),
        *((f"{one} ", "dim") for one in found.before),
        (session.current.unit.text, "bold"),
        *((f" {one}", "dim") for one in found.after),
    )
    console.print(Text.assemble(*parts), end="\n\n")


def _numbered(found: Context, number: int, text: str) -> Table:
    """Return a sentence, marked, among those around it, a line each with its number."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    shown = (*found.before, text, *found.after)
    for at, said in enumerate(shown, start=number - len(found.before)):
        mark, style = (MARK, "bold") if at == number else ("", "dim")
        table.add_row(mark, Text(str(at), style), Text(" ".join(said.split()), style))
    return table


def _prompt(question: Question, width: int) -> Text:
    """Return a question, and below it its keys, none of them apart from what it answers."""
    from rich.text import Text

    answers, commands = (
        ", ".join(one.replace(" ", GLUE) for one in some) for some in (_choices(question), COMMANDS)
    )
    lines = "\n".join(wrap(f"{answers}; {commands}", width - ROOM)).replace(GLUE, " ")
    return Text.assemble((f"{question.words}\n", "bold"), (lines, "dim"))


def _choices(question: Question) -> list[str]:
    """Return the keys of a question with what each answers."""
    keys = [f"{key} {name}" for key, name in question.keys.items() if name]
    if question.numbers:
        single = [key for key in question.keys if key and key in DIGITS]
        keys = [f"{single[0]}-{single[-1]} the sentence of that number"] if single else []
    typed = [f"{TYPE} type {question.typed}"] if question.typed else []
    return [*keys, *typed, *([f"{NO} {question.nothing}"] if question.nothing else [])]


def _pressed(key: str) -> str:
    """Name a key; one that moves the cursor or deletes has no sign to name it by."""
    return "Enter" if key == ENTER else f'"{key}"' if key.isprintable() else "this key"


class Keys:
    """Keys as they are pressed, or lines where there is no terminal (or it has no termios)."""

    def __init__(self) -> None:
        self._restore: Callable[[], None] | None = None

    def __enter__(self) -> Keys:
        with suppress(ImportError):
            import termios

            if sys.stdin.isatty():
                self._fd = sys.stdin.fileno()
                before = termios.tcgetattr(self._fd)
                self._restore = lambda: termios.tcsetattr(self._fd, termios.TCSADRAIN, before)
                self._press()
        return self

    def __exit__(self, *_: object) -> None:
        if self._restore is not None:
            self._restore()

    def read(self) -> str | None:
        """Return the key or line, "" for Enter; None at the end of the input, or Ctrl-C."""
        try:
            if self._restore is None:
                line = sys.stdin.readline()
                return line.strip() if line else None
            key = self._read_key().decode("utf8", "replace")
        except KeyboardInterrupt:
            return None
        return None if key in ("", CTRL_D) else key.strip("\n")

    def _read_key(self) -> bytes:
        """Return the byte of a key, or all bytes of one that sends several, as an arrow does."""
        key = os.read(self._fd, 1)
        if key == ESCAPE or not key.isascii():
            while select([self._fd], [], [], 0)[0]:
                key += os.read(self._fd, 1)
        return key

    def read_line(self) -> str:
        """Return a line that is typed."""
        if self._restore is None:
            return sys.stdin.readline().strip()
        self._restore()
        line = os.read(self._fd, 4096).decode("utf8", "replace").strip()
        self._press()
        return line

    def _press(self) -> None:
        """Read keys as they are pressed; those pressed before are kept."""
        import termios
        import tty

        tty.setcbreak(self._fd, termios.TCSADRAIN)
