"""MediaWiki's wikitext, as Wikinews keeps its interviews, by the nodes of mwparserfromhell."""

from __future__ import annotations

import re
from itertools import accumulate

import mwparserfromhell
from mwparserfromhell.nodes import Comment, Heading, Tag
from mwparserfromhell.wikicode import Wikicode

from pipeline.errors import InputError
from pipeline.ingest.content import Content, clean
from pipeline.ingest.reflow import reflow
from pipeline.ingest.tables import mostly_turns, read_rows
from pipeline.ingest.wikitext.speakers import name_by_setting
from pipeline.ingest.wikitext.walker import Walker
from pipeline.records import Dropped

# markup left open makes the parser read to the end of the page, each time anew
MAX_OPEN = 20
MAX_OPEN_TIMES_LENGTH = 5_000_000
_PASSES = 10
_ATTRIBUTES = (
    r"(?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"<>{}\[\]]*\"|'[^'<>{}\[\]]*'|[^\s\"'<>{}\[\]/=]+))?)*\s*"
)
_COMMENT = re.compile(r"<!--((?:(?!<!--).)*?)-->", re.S)
_CLOSED = re.compile(
    r"\{\{[^{}\[\]<>]*\}\}|\[\[[^{}\[\]<>]*\]\]|\[\w*:?//[^{}\[\]<>]*\]|"
    r"\{\|[^{}\[\]<>]*\|\}|"
    rf"<(?P<tag>\w+){_ATTRIBUTES}>[^{{}}\[\]<>]*</(?P=tag)\s*>|<\w+{_ATTRIBUTES}/>|"
    rf"<(?:br|hr|wbr|li|dt|dd|th|td|tr){_ATTRIBUTES}>",
    re.I | re.S,
)
_OPEN = re.compile(r"\{\{|\{\||\[\[|\[(?=\w*:?//|mailto:)|<(?!\s|/\w+\s*>)", re.I)
_MAIN_SHARE = 0.5
_BELOW = frozenset(
    (
        "sources", "source", "references", "external links", "external link", "related news",
        "related articles", "related stories", "see also", "notes", "footnotes", "further reading",
        "bibliography", "sister links",
    )
)  # fmt: skip
# a line of lists, templates, pictures, categories or tags
_FURNITURE_LINE = re.compile(
    r"\s*(?:[*#|}]|\{[{|]|\[https?:|\[\[(?:file|image|category|[a-z]{2,3}(?:-[a-z-]{2,12})?):|"
    r"</?[a-z]|<!--|__|$)",
    re.I,
)


def read(text: str, *, name: str) -> Content:
    """Read a page of wikitext; a table with a row a turn gives the turns.

    Who speaks is marked ``((Name))`` there, which is read as ``Name:`` in bold. Templates, tables
    beside the text, captions, footnotes, comments and the sections below an article are set apart
    with their reason; ``{{date}}`` and ``{{byline}}`` give the day.

    Raises:
        InputError: so much markup is left open that the page cannot be parsed in bounded time.
    """
    if text.rfind("<!--") > text.rfind("-->"):
        text += "-->"
    _check_open(text, name=name)
    code = mwparserfromhell.parse(text, skip_style_tags=True)
    below = _take_below(code)
    walker = Walker(is_main=lambda table: _holds_most(table, text))
    walker.walk(code)
    name_by_setting(line for block in walker.blocks for line in block)
    paragraphs = [p for line in reflow(walker.blocks) if (p := line.paragraph())]
    dropped = sorted((*walker.dropped, *below), key=lambda piece: piece.line)
    content = Content(paragraphs, walker.metadata, dropped=dropped)
    for rows in walker.tables:
        turns = read_rows([cells for _, cells in rows], name=name)
        if turns and mostly_turns(turns, paragraphs):
            content.turns = [
                turn.model_copy(update={"line": rows[turn.line - 1][0]}) if turn.line else turn
                for turn in turns
            ]
    return content


def _check_open(text: str, *, name: str) -> None:
    """Count the markup that is left open, once what is closed is taken out from the inside out.

    Raises:
        InputError: there is too much of it for a page of this length.
    """
    rest = _COMMENT.sub(r"\1", text)
    for _ in range(_PASSES):
        rest, count = _CLOSED.subn(lambda found: "\n" * found.group().count("\n"), rest)
        if not count:
            break
    opened = list(_OPEN.finditer(rest))
    if len(opened) > MAX_OPEN and len(opened) * len(text) > MAX_OPEN_TIMES_LENGTH:
        first = opened[0]
        line = rest.count("\n", 0, first.start()) + 1
        raise InputError(
            f'{name}:{line}: "{first.group()}" opens markup that is not closed, and so do '
            f"{len(opened) - 1:,} more places; expected a page of wikitext; close them, or save "
            "the page as plain text (.txt)"
        )


def _take_below(code: Wikicode) -> list[Dropped]:
    """Take the sections below the article off the page: sources, related news; return them.

    Only those at its end, with nothing in them but lists, links and templates.
    """
    lines = list(accumulate((str(node).count("\n") for node in code.nodes), initial=1))
    taken: list[Dropped] = []
    headings = [i for i, node in enumerate(code.nodes) if isinstance(node, Heading)]
    for index in reversed(headings):
        heading, *body = code.nodes[index:]
        title = clean(heading.title.strip_code()).rstrip(":").casefold()
        section = "".join(str(node) for node in body if not isinstance(node, Comment))
        furniture = all(map(_FURNITURE_LINE.match, section.split("\n")))
        if title not in _BELOW or "((" in section or not furniture:
            break
        words = clean("".join(map(str, (heading, *body))))
        taken.append(Dropped(text=words, reason="below the article", line=lines[index]))
        del code.nodes[index:]
    return taken


def _holds_most(table: Tag, text: str) -> bool:
    """The table holds most of the page, as one does that its layout or its turns are set in."""
    return len(str(table)) >= _MAIN_SHARE * len(text)
