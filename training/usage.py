"""The frame of ``python -m training COMMAND``: usage, work, errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from pipeline.errors import WestwardError

DONE, FAILED = 0, 2


def run_module(
    usage: str | None,
    arguments: Sequence[str],
    work: Callable[[Sequence[str]], None],
    *,
    expected: str,
    least: int,
    most: int | None = None,
) -> int:
    """Do a module's work; return its exit code.

    Args:
        usage: the module's docstring, which ``--help`` prints.
        arguments: of the command line.
        work: is given the arguments.
        expected: the arguments in words, for messages.
        least: how many there must be.
        most: how many there may be; any number if not given.
    """
    text = f"{(usage or '').strip()}\n"
    if {"-h", "--help"} & set(arguments):
        sys.stdout.write(text)
        return DONE
    if len(arguments) < least or (most is not None and len(arguments) > most):
        sys.stderr.write(f"{text}\nerror: {len(arguments)} arguments; expected {expected}\n")
        return FAILED
    try:
        work(arguments)
    except WestwardError as error:
        sys.stderr.write(f"error: {error}\n")
        return FAILED
    except FileNotFoundError as error:
        sys.stderr.write(f"error: {error.filename}: no such file; expected {expected}\n")
        return FAILED
    return DONE


def write_figures(name: str, figures: Mapping[str, float]) -> None:
    """Write a line of figures, with three decimals, to standard output."""
    shown = ", ".join(f"{key} {value:.3f}" for key, value in figures.items())
    sys.stdout.write(f"{name}: {shown}\n")
