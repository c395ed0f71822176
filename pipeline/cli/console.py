"""Where the command line prints: results on stdout, all else on stderr."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

# what pydantic puts before a validator's own words
_JARGON = re.compile(r"\b(?:value error|assertion failed), ", re.I)


def stdout() -> Console:
    """Return the console for results."""
    return Console(highlight=False)


def stderr() -> Console:
    """Return the console for progress, warnings and errors."""
    return Console(stderr=True, highlight=False)


def print_error(message: str) -> None:
    """Print an error as one message."""
    _print_labelled("error", message, style="bold red")


def print_warning(message: str) -> None:
    """Print a warning as one message."""
    _print_labelled("warning", message, style="bold yellow")


def _print_labelled(label: str, message: str, *, style: str) -> None:
    text = Text.assemble((f"{label}: ", style), _JARGON.sub("", message))
    stderr().print(text, soft_wrap=True)
