"""The command line: each command parses, calls one plain function, and prints what it returns.

Nothing else in the package prints or exits. What a command needs is imported when it is called,
so that ``westward --help`` answers at once.
"""

from __future__ import annotations

import errno
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Annotated

import typer

import pipeline
from pipeline.cli import (
    actors,
    agree,
    cache,
    code,
    compare,
    corpus,
    estimate,
    evaluate,
    export,
    info,
    judge,
    query,
    quotes,
    register,
    report,
    run,
    show,
    train,
)
from pipeline.cli.console import discard_stdout, print_error, replace_unencodable
from pipeline.errors import WestwardError

EXIT_ERROR = 2
DISK_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

app = typer.Typer(
    name="westward",
    help="Who claims what, why, and where does each of them stand on the West? Westward codes the "
    "sentences of interview transcripts and writes tables.",
    epilog="Start with: westward run corpus/",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (
    run, show, report, compare, quotes, query, code, agree, estimate, export, corpus, register,
    train, evaluate, actors, judge, info, cache,
):  # fmt: skip
    module.register(app)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"westward {pipeline.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Options of westward itself."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the entry point of ``westward``.

    Exit codes: 0 success, 1 some transcripts failed, 2 the command could not be carried out, such
    as if all transcripts failed.
    """
    replace_unencodable()
    _exit_at_signals()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            app(args=words, prog_name="westward")
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except WestwardError as error:
        print_error(str(error))
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        discard_stdout()
        print_error(
            f"the output cannot be written ({error.strerror}); free some space, or write elsewhere"
        )
    sys.exit(EXIT_ERROR)


def _exit_at_signals() -> None:
    """Make signals that ask to end an exit, so that what a command began is removed."""
    if threading.current_thread() is not threading.main_thread():
        return

    def leave(number: int, frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, leave)
