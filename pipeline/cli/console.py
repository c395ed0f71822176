"""Where the command line prints: results on stdout, all else on stderr."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType
    from rich.progress import Progress
    from rich.segment import Segment
    from rich.table import Table

    from pipeline.records import Notice

# what pydantic puts before a validator's own words
_JARGON = re.compile(r"\b(?:value error|assertion failed), ", re.I)
# one sign for one sign, so that tables stay aligned; other signs lose their accents, or become "?"
_PLAIN = {
    ord(sign): plain
    for signs, plain in (("−–—‐‑‒―", "-"), ("→", ">"), ("●■", "*"), ("○□", "o"), ("‘’‚", "'"),
                         ("“”„", '"'), ("·•", "."), ("×", "x"), ("━─═", "-"), ("│┃", "|"))
    for sign in signs
}  # fmt: skip
_HANDLER = "westward"
# C0 and C1 except tab and line end, marks of direction, and surrogates
_CONTROLS = {
    code: "\ufffd"
    for codes in (
        (0, 9),
        (11, 32),
        (127, 160),
        (0x202A, 0x202F),
        (0x2066, 0x206A),
        (0xD800, 0xE000),
    )
    for code in range(*codes)
}


def replace_unencodable() -> None:
    """Make stdout and stderr print a plain sign in place of one they cannot encode."""
    codecs.register_error(_HANDLER, _to_plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _to_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    plain = (_PLAIN.get(ord(sign)) or _without_accent(sign) for sign in text)
    return "".join(plain), error.end


def _without_accent(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    return "".join(one for one in unicodedata.normalize("NFKD", sign) if one.isascii()) or "?"


def discard_stdout() -> None:
    """Discard what stdout has not yet written, so that closing it raises no second error."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


class _Console(Console):
    """A console on which no text can move the cursor, change colours, or reverse the line."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield the segments of what is printed, its own control characters replaced."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))


def harmless(text: str) -> str:
    """Return a text with a sign in the place of each character that controls a terminal."""
    return text if text.isascii() and text.isprintable() else text.translate(_CONTROLS)


def stdout(*, width: int | None = None) -> Console:
    """Return the console for results."""
    return _Console(highlight=False, width=width)


def say(text: str | Text, *, style: str | None = None) -> None:
    """Print a text of results: its lines whole, and as they are, brackets included."""
    stdout().print(text, style=style, markup=False, soft_wrap=True)


def stderr() -> Console:
    """Return the console for progress, warnings and errors."""
    return _Console(stderr=True, highlight=False)


def progress(*columns: str, remaining: bool = False) -> Progress:
    """Return a bar on stderr, after columns of text; hidden if stderr is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = stderr()
    return Progress(
        *columns,
        BarColumn(),
        MofNCompleteColumn(),
        *([TimeRemainingColumn()] if remaining else []),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def short(value: object) -> str:
    """Return a figure with two decimals and no leading zero, or nothing for None."""
    return "" if value is None else f"{value:.2f}".replace("0.", ".", 1)


def many(n: int, what: str) -> str:
    """Return a number of things: "1 row", "2,000 rows"."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def counts_table(columns: Mapping[str, str], *, caption: str | None = None) -> Table:
    """Return a table with a column of names, which fold, and columns of numbers.

    Args:
        columns: their titles, with what the footer has under each; none if all are empty.
        caption: below the table.
    """
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=0, caption=caption)
    table.show_footer, table.caption_justify = any(columns.values()), "left"
    for title, footer in columns.items():
        table.add_column(title, footer=footer, justify="right", no_wrap=True)
    table.columns[0].justify, table.columns[0].no_wrap = "left", False
    table.columns[0].overflow = "fold"
    return table


def print_json(value: object) -> None:
    """Print a value as JSON; signs that stdout cannot encode become escapes."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf8")
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2, default=str)
    typer.echo(harmless(text))


def print_error(message: str) -> None:
    """Print an error as one message."""
    _print_labelled("error", message, style="bold red")


def print_warning(message: str) -> None:
    """Print a warning as one message."""
    _print_labelled("warning", message, style="bold yellow")


def print_notice(found: Notice) -> None:
    """Print the sentence of a notice as a warning."""
    from pipeline.notices import sentence

    print_warning(sentence(found))


def _print_labelled(label: str, message: str, *, style: str) -> None:
    text = Text.assemble((f"{label}: ", style), _JARGON.sub("", message))
    stderr().print(text, soft_wrap=True)
