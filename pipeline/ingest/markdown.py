"""Markdown, by the tokens of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.errors import InputError
from pipeline.ingest import html
from pipeline.ingest.content import Content, Line
from pipeline.ingest.header import split_front_matter
from pipeline.ingest.markdown_links import find_link_lines, take_note_marks
from pipeline.ingest.markdown_notes import (
    find_captions,
    read_caption,
    read_words,
    take_footnotes,
)
from pipeline.ingest.reflow import reflow
from pipeline.ingest.shortcodes import take_shortcodes
from pipeline.records import Dropped

MAX_LINE = 250_000
_LOOSE_BOLD = re.compile(r"(?<!\S)\*\*(?=\S)([^*\n]{1,600}?)([ \t\u00a0]+)\*\*")
_TAG = re.compile(r"<\s*(/?)\s*(b|strong|i|em|br)\b", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)


def read(text: str, *, name: str) -> Content:
    """Read Markdown.

    Two rules of CommonMark are off, since they eat speech: an indented line is not code, and
    ``[Reporter]: ...`` does not define a link.

    Raises:
        InputError: the front matter is malformed, or a line is too long for a Markdown file.
    """
    metadata, body, skipped = split_front_matter(text, name=name)
    for number, line in enumerate(body.split("\n"), start=skipped + 1):
        if len(line) > MAX_LINE:
            raise InputError(
                f"{name}:{number}: a line of {len(line):,} characters; expected Markdown with at "
                f"most {MAX_LINE:,} in a line; start a new line where the speaker changes"
            )
    body = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)
    body = _LOOSE_BOLD.sub(r"**\1**\2", body)
    body, dropped = take_shortcodes(body, offset=skipped + 1)
    body, notes = take_footnotes(body, offset=skipped + 1)
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
    tokens, furniture = _drop_furniture(parser.parse(body), offset=skipped + 1)
    dropped += notes + furniture
    blocks = _blocks(tokens, offset=skipped + 1)
    paragraphs = [p for line in reflow(blocks) if (p := line.paragraph())]
    return Content(paragraphs, metadata, dropped=sorted(dropped, key=lambda piece: piece.line))


def _drop_furniture(tokens: Sequence[Token], *, offset: int) -> tuple[list[Token], list[Dropped]]:
    """Take out captions, notes, and lines that only lead elsewhere; return the rest, and those."""
    reasons = dict.fromkeys(find_link_lines(tokens), "page furniture (link)")
    reasons.update(dict.fromkeys(find_captions(tokens), "caption"))
    reasons.update(dict.fromkeys(take_note_marks(tokens), "footnote"))
    kept: list[Token] = []
    dropped: list[Dropped] = []
    for index, token in enumerate(tokens):
        caption = read_caption(token) if token.type == "inline" else ""
        if not caption and index not in reasons:
            kept.append(token)
            continue
        line = (token.map[0] if token.map else 0) + offset
        text = caption or read_words(token)
        dropped.append(Dropped(text=text, reason=reasons.get(index, "caption"), line=line))
    return kept, dropped


def _blocks(tokens: Iterable[Token], *, offset: int) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    heading = quotes = 0
    ordinal = ""
    for token in tokens:
        number = (token.map[0] if token.map else 0) + offset
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
                first = Line(number, heading=heading, quoted=quotes > 0)
                first.add(ordinal)
                ordinal = ""
                blocks.append(_lines(token.children or [], first))
            case "fence":
                line = Line(number)
                line.add(token.content)
                blocks.append([line])
            case "html_block":
                found = html.read_fragment(token.content, first_line=number)
                blocks.extend([line] for line in found)
            case "hr":
                line = Line(number)
                line.add("* * *")
                blocks.append([line])
    return blocks


def _lines(children: Iterable[Token], first: Line) -> list[Line]:
    lines = [first]
    bold = italic = 0
    for child in children:
        kind = child.type
        if kind == "html_inline":
            tag = _TAG.match(child.content)
            name = tag.group(2).lower() if tag else ""
            step = -1 if tag and tag.group(1) else 1
            bold = max(0, bold + step) if name in ("b", "strong") else bold
            italic = max(0, italic + step) if name in ("i", "em") else italic
            kind = "hardbreak" if name == "br" else kind
        if kind in ("softbreak", "hardbreak"):
            if bold or italic:
                lines[-1].add(" ", bold=bold > 0, italic=italic > 0)
            else:
                last = lines[-1]
                lines.append(Line(last.number + 1, heading=last.heading, quoted=last.quoted))
        elif kind in ("strong_open", "strong_close"):
            bold += 1 if kind == "strong_open" else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind == "em_open" else -1
        elif kind in ("text", "text_special", "code_inline"):
            lines[-1].add(child.content, bold=bold > 0, italic=italic > 0)
    return lines
