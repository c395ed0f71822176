"""What stands in a Markdown file and is not its text: footnotes, and captions of images."""

from __future__ import annotations

import re

from markdown_it.token import Token

from pipeline.ingest.content import clean
from pipeline.records import Dropped

_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,80})\]:.*(?:\n(?:[ \t]*\n)*(?: {4}|\t).*\S.*)*", re.M)
_MARK = re.compile(r"\[\^([^\]\s]{1,80})\]")


def take_footnotes(body: str, *, offset: int) -> tuple[str, list[Dropped]]:
    """Take out footnotes and the marks in the text that refer to them.

    Args:
        body: a Markdown text; its lines keep their numbers.
        offset: the number of its first line in the file.
    """
    dropped: list[Dropped] = []
    names: set[str] = set()
    pieces: list[str] = []
    at, line = 0, offset
    for found in _NOTE.finditer(body):
        names.add(found.group(1))
        line += body.count("\n", at, found.start())
        dropped.append(Dropped(text=clean(found.group()), reason="footnote", line=line))
        breaks = found.group().count("\n")
        line += breaks
        pieces += (body[at : found.start()], "\n" * breaks)
        at = found.end()
    rest = "".join((*pieces, body[at:]))
    return _MARK.sub(lambda mark: "" if mark.group(1) in names else mark.group(), rest), dropped


def read_caption(token: Token) -> str:
    """The words in italics that are all a paragraph holds beside an image; empty if it is none."""
    children = token.children or []
    if not children or children[0].type != "image":
        return ""
    words: list[str] = []
    italic = 0
    for child in children[1:]:
        if child.type in ("em_open", "em_close"):
            italic += 1 if child.type == "em_open" else -1
        elif child.type in ("softbreak", "hardbreak") or not child.content.strip():
            words.append(" ")
        elif italic or child.type == "image":
            words.append(child.content if italic else "")
        else:
            return ""
    return clean("".join(words))
