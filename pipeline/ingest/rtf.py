"""Rich text, by striprtf; bold and italic are carried through it as marks."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from pipeline.errors import InputError
from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.reflow import reflow
from pipeline.ingest.tables import mostly_turns, read_rows

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'[0-9a-fA-F]{2}|\\[^a-z]|[{}]|[^\\{}\r\n]+|[\r\n]+", re.S
)
_MARKS = {"b": ("\x02", "\x03"), "i": ("\x04", "\x05")}
_RUN = re.compile("([\x02-\x05])")
_MAX_DEPTH = 1_000


def read(data: bytes, *, name: str) -> Content:
    """Read rich text; a table with a row a turn gives the turns.

    Raises:
        InputError: it is no rich text, or nested beyond reason.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise InputError(
            f'{name}: does not start with "{{\\rtf"; expected rich text (.rtf); open it and save '
            "it anew"
        )
    marked = _mark(re.sub("[\x02-\x05]", "", data.decode("latin-1")), name=name)
    try:
        text = rtf_to_text(marked, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, KeyError, TypeError, OverflowError,
            RecursionError, UnicodeError) as error:  # fmt: skip
        raise InputError(
            f"{name}: cannot be read as rich text ({error}); open it and save it anew"
        ) from error
    blocks, rows = _blocks(text)
    paragraphs = [p for line in reflow(blocks) if (p := line.paragraph())]
    content = Content(paragraphs, _metadata(marked))
    turns = read_rows(rows, name=name) if len(rows) > 1 else []
    if turns and mostly_turns(turns, paragraphs):
        content.turns = turns
    return content


def _metadata(text: str) -> dict[str, str]:
    found = re.search(r"{\\info[^{}]*(?:{[^{}]*}[^{}]*)*?{\\title ([^{}\\]+)}", text)
    title = clean(found.group(1)) if found else ""
    return {"title": title} if title else {}


def _mark(text: str, *, name: str) -> str:
    """Set a mark where the type changes to bold or italic and back, groups taken into account."""
    parts: list[str] = []
    stack: list[dict[str, bool]] = []
    state, shown = {"b": False, "i": False}, {"b": False, "i": False}
    for token in _TOKEN.finditer(text):
        piece, word = token.group(), token.group(1)
        if piece == "{":
            stack.append(dict(state))
            if len(stack) > _MAX_DEPTH:
                raise InputError(f"{name}: nested more than {_MAX_DEPTH} deep; expected rich text")
        elif piece == "}":
            state = stack.pop() if stack else state
        elif word in _MARKS:
            state[word] = token.group(2) != "0"
        elif word == "plain" or word == "pard":
            state = {"b": False, "i": False} if word == "plain" else state
        elif word is None and not piece.isspace() and piece[0] not in "\r\n":
            for kind, (on, off) in _MARKS.items():
                if state[kind] != shown[kind]:
                    parts.append(on if state[kind] else off)
                    shown[kind] = state[kind]
        parts.append(piece)
    return "".join(parts)


def _blocks(text: str) -> tuple[list[list[Line]], list[list[str]]]:
    blocks: list[list[Line]] = []
    rows: list[list[str]] = []
    bold = italic = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = Line(number)
        for run in _RUN.split(raw):
            if run in "\x02\x03" and run:
                bold = run == "\x02"
            elif run in "\x04\x05" and run:
                italic = run == "\x04"
            else:
                line.add(run, bold=bold, italic=italic)
        plain = line.plain()
        if not plain:
            continue
        if raw.rstrip("\x02\x03\x04\x05 ").endswith("|"):
            rows.append([clean(cell) for cell in _RUN.sub("", raw).rstrip(" |").split("|")])
        blocks.append([line])
    return blocks, rows
