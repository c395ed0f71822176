"""Markdown, by the tokens of markdown-it; the ends of its lines are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.html import defs
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.ingest import text as plain_text
from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.header import split_front_matter
from pipeline.ingest.html import read_fragment
from pipeline.ingest.lines import reflow
from pipeline.ingest.markup import SEPARATOR
from pipeline.ingest.structured import read_front_matter
from pipeline.records import Dropped

MAX_LINE = 250_000  # markdown-it is slow in longer ones
_MAX_HEADING = 200
# "**Name: **text" and "**Name:**text", which CommonMark does not read as bold
_LOOSE_BOLD = re.compile(r"(?<![^\s(\[_])\*\*[ \t]?([^*\n]{1,600})\*\*(?=(\w?))")
_TAG = re.compile(r"<\s*+(/?)\s*+([a-z][\w-]*)", re.I)
_KINDS = {"b": "strong", "strong": "strong", "i": "em_", "em": "em_", "br": "hardbreak"}
# comments, what a site's generator fills in, and notes
_ASIDE = re.compile(
    r"<!--.*?(?:-->|\Z)|\{%[^%{}]*%\}|\{\{[^{}]*\}\}|\{:[^{}\n]*\}"
    r"|\[\^[\w-]{1,40}\](?::[^\n]*)?",
    re.S,
)


def read(text: str, *, name: str, wrapped: bool = False) -> Content:
    """Read Markdown; a file with a line too long for it is read as plain text.

    Args:
        text: of the file.
        name: of the file, for messages.
        wrapped: a line end never ends a paragraph.

    Two rules of CommonMark are off, since they eat speech: an indented line is not code, and
    ``[Reporter]: ...`` does not define a link.
    """
    if any(len(line) > MAX_LINE for line in text.split("\n")):
        return plain_text.read(text, name=name)
    head = split_front_matter(text, name=name)
    if talk := read_front_matter(head, name=name):
        return talk
    dropped: list[Dropped] = []
    line, at = head.lines + 1, 0
    for found in _ASIDE.finditer(head.body):
        line, at = line + head.body.count("\n", at, found.start()), found.start()
        dropped.append(Dropped(text=clean(found[0]), reason="comment, template or note", line=line))
    body = _ASIDE.sub(lambda found: "\n" * found[0].count("\n"), head.body)
    body = _LOOSE_BOLD.sub(_tighten, body)
    if plain_text.has_chevrons(body.split("\n")):
        body = body.replace(">>", r"\>\>")
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
    reader = _Reader(body.split("\n"), head.lines + 1, dropped)
    reader.read(parser.parse(body))
    paragraphs = [p for line in reflow(reader.blocks, wrapped=wrapped) if (p := line.paragraph())]
    return Content(paragraphs, head.metadata, warnings=head.warnings, dropped=dropped)


def _tighten(found: re.Match[str]) -> str:
    """Move white space out of the asterisks, and add it before a word."""
    inner, following = found.group(1), found.group(2)
    words = inner.rstrip()
    if not words.strip():
        return found.group()
    space = inner[len(words) :]
    return f"**{words.lstrip()}**{space or (' ' if following and not words[-1].isalnum() else '')}"


@dataclass
class _Reader:
    """Turns tokens into blocks of lines, and notes what it leaves out."""

    source: Sequence[str]
    offset: int
    dropped: list[Dropped]
    blocks: list[list[Line]] = field(default_factory=list)

    def read(self, tokens: Sequence[Token]) -> None:
        """Add the blocks of a document."""
        heading = quotes = 0
        ordinal = ""
        for token in tokens:
            number = (token.map[0] if token.map else 0) + self.offset
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1])
                case "heading_close":
                    heading = 0
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "list_item_open" if token.info:
                    ordinal = f"{token.info}{token.markup} "
                case "list_item_close":
                    ordinal = ""
                case "inline":
                    # a line of dashes below a long paragraph is a rule
                    level = heading if len(token.content) <= _MAX_HEADING else 0
                    first = Line(number, heading=level, quoted=quotes > 0)
                    first.add(ordinal)
                    ordinal = ""
                    self.blocks.append([one for one in self._lines(token, first) if one.plain()])
                case "fence":
                    lines = list(enumerate(token.content.split("\n")))
                    self.blocks += plain_text.find_text_blocks(lines, offset=number + 1)
                case "html_block":
                    blocks, dropped = read_fragment(token.content, line=number)
                    self.blocks += blocks
                    self.dropped += dropped
                case "hr":
                    line = Line(number)
                    line.add(SEPARATOR)
                    self.blocks.append([line])

    def _lines(self, token: Token, first: Line) -> list[Line]:
        lines = [first]
        bold = italic = 0
        self._indent(first)
        for child in token.children or ():
            kind, step = child.type, -1 if child.type.endswith("_close") else 1
            if kind == "html_inline" and (tag := _TAG.match(child.content)):
                step, name = -1 if tag[1] else 1, tag[2].lower()
                kind = _KINDS.get(name, kind if name in defs.tags else "text")
            if kind in ("softbreak", "hardbreak"):
                last = lines[-1]
                number = last.number + (child.type != "html_inline")
                lines.append(Line(number, heading=last.heading, quoted=last.quoted))
                self._indent(lines[-1])
            elif kind.startswith("strong"):
                bold = max(0, bold + step)
            elif kind.startswith("em_"):
                italic = max(0, italic + step)
            elif kind in ("text", "text_special", "code_inline"):
                lines[-1].add(child.content, bold=bold > 0, italic=italic > 0)
            elif kind == "image" and (alt := clean(child.content)):
                self.dropped.append(Dropped(text=alt, reason="image", line=lines[-1].number))
        return lines

    def _indent(self, line: Line) -> None:
        """Put back the white space before a line of the source, which markdown-it strips."""
        raw = self.source[line.number - self.offset]
        line.add(raw[: len(raw) - len(raw.lstrip(" \t"))])
