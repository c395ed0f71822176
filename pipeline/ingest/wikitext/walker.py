"""The nodes of a parsed wiki page, in order, as lines of rich text and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable

from mwparserfromhell import nodes
from mwparserfromhell.wikicode import Wikicode

from pipeline.ingest.content import clean
from pipeline.ingest.html import BOLD, BOLD_STYLE, ITALIC
from pipeline.ingest.page_furniture import BLOCKS, HIDDEN_STYLE
from pipeline.ingest.wikitext.links import read_bare_title, read_picture, reason_to_drop_link
from pipeline.ingest.wikitext.rows import Row
from pipeline.ingest.wikitext.speakers import WikiLine
from pipeline.ingest.wikitext.templates import (
    find_rest,
    find_sign,
    find_words,
    is_layout,
    is_quotation,
    read_template_metadata,
    reason_to_drop,
    template_name,
)
from pipeline.records import Dropped

_LIST_MARKS = frozenset(":*#;")
# "__NOTOC__", and tags that are never closed, such as "<p>"
_STRAY = re.compile(
    r"(?P<switch>__[A-Z]{3,}__)|</?(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]*)?/?>"
)
_LITERAL_TAGS = frozenset(("nowiki", "pre"))
_DROPPED_TAGS = {
    "ref": "footnote",
    "references": "footnote",
    "gallery": "caption",
    **dict.fromkeys(("s", "strike", "del"), "struck out"),
    **dict.fromkeys(
        (
            "math", "chem", "ce", "score", "timeline", "graph", "hiero", "imagemap", "inputbox",
            "categorytree", "templatedata", "syntaxhighlight", "source", "includeonly", "section",
            "templatestyles",
        ),
        "no text",
    ),
}  # fmt: skip


class Walker:
    """Walks a page in document order.

    Attributes:
        blocks: runs of lines; an item of a list is a block of its own.
        dropped: what is not the page's text.
        metadata: what its templates say of the page.
        tables: of those that were read, the rows, each with its line and its cells.
    """

    def __init__(self, *, is_main: Callable[[nodes.Tag], bool]) -> None:
        """Take the judgement which tables hold the text; the others are furniture."""
        self.blocks: list[list[WikiLine]] = [[]]
        self.dropped: list[Dropped] = []
        self.metadata: dict[str, str] = {}
        self.tables: list[list[tuple[int, list[str]]]] = []
        self._is_main = is_main
        self._row: Row | None = None
        self._line = 1
        self._heading = self._quotes = self._bold = self._italic = 0
        self._commented = False

    def walk(self, code: Wikicode) -> None:
        """Read a whole page."""
        self._nodes(code)
        self._end_block()
        self.blocks = [block for block in self.blocks if block]

    def _nodes(self, code: Wikicode) -> None:
        for index, node in enumerate(code.nodes):
            start = self._line
            match node:
                case nodes.Text():
                    self._text(str(node))
                case nodes.Template():
                    self._template(node, alone=self._stands_alone(code, index))
                case nodes.Wikilink():
                    self._link(node)
                case nodes.ExternalLink() if node.title is not None:
                    self._inside(node, node.title)
                case nodes.ExternalLink() if node.brackets:
                    self._drop(str(node.url), "link")
                case nodes.HTMLEntity():
                    self._add(str(node.normalize()), literal=True)
                case nodes.Comment():
                    self._commented = self._commented or self._row is None
                    self._drop(str(node.contents), "comment")
                case nodes.Argument():
                    self._drop(str(node), "template")
                case nodes.Heading():
                    self._end_block()
                    self._heading = node.level
                    self._inside(node, node.title)
                    self._end_block()
                    self._heading = 0
                case nodes.Tag():
                    self._tag(node)
                case _:
                    self._add(str(node))
            self._line = start + str(node).count("\n")

    def _inside(self, node: nodes.Node, code: Wikicode) -> None:
        """Read a part of a node, from the line on which it begins."""
        whole = str(node)
        self._line += whole.count("\n", 0, max(0, whole.rfind(str(code))))
        self._nodes(code)

    def _stands_alone(self, code: Wikicode, index: int) -> bool:
        """Nothing else stands on the node's lines."""
        after = str(code.nodes[index + 1]) if index + 1 < len(code.nodes) else ""
        return self._row is None and not after.partition("\n")[0].strip()

    def _text(self, text: str) -> None:
        at = 0
        for found in _STRAY.finditer(text):
            self._lines(text[at : found.start()])
            at = found.end()
            self._drop(found.group("switch") or "", "template")
            if (found.group("tag") or "").lower() in BLOCKS:
                self._end_block()
            self._line += found.group().count("\n")
        self._lines(text[at:])

    def _lines(self, text: str, *, literal: bool = False) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                self._end_line()
                self._line += 1
            self._add(part, literal=literal)

    def _template(self, node: nodes.Template, *, alone: bool) -> None:
        name = template_name(node)
        told = read_template_metadata(node, name)
        for key, value in told.items():
            self.metadata.setdefault(key, value)
        words = None if told else find_words(node, name, alone=alone)
        if words is not None:
            self._drop(find_rest(node, name, words), "template")
        if (sign := find_sign(node, name)) is not None:
            self._add(sign, literal=True)
        elif words is None:
            if not told and not is_layout(name):
                self._drop(str(node), reason_to_drop(name))
        elif is_quotation(name):
            self._end_block()
            self._quotes += 1
            self._inside(node, words)
            self._end_block()
            self._quotes -= 1
        else:
            self._inside(node, words)

    def _link(self, node: nodes.Wikilink) -> None:
        reason = reason_to_drop_link(node)
        if reason:
            self._drop(read_picture(node) if reason == "caption" else str(node.title), reason)
        elif node.text is not None and str(node.text).strip():
            self._inside(node, node.text)
        else:
            self._add(read_bare_title(node))

    def _tag(self, node: nodes.Tag) -> None:
        name = str(node.tag).strip().lower()
        style = str(node.get("style").value) if node.has("style") else ""
        markup = node.wiki_markup or ""
        if markup and markup in _LIST_MARKS:
            self._open_row().mark(markup)
        elif name == "hr":
            self._end_block()
            self._add("* * *", literal=True)
            self._end_block()
        elif name == "br":
            self._add("\n", literal=True)
        elif name in _DROPPED_TAGS or HIDDEN_STYLE.search(style):
            self._drop(str(node.contents or ""), _DROPPED_TAGS.get(name, "hidden"))
        elif name == "table" and not self._is_main(node):
            self._drop(node.contents.strip_code(), "table")
        elif name == "table":
            self._end_block()
            rows: list[tuple[int, list[str]]] = [(self._line, [])]
            self._rows(node, rows)
            self.tables.append([row for row in rows if row[1]])
        elif name in _LITERAL_TAGS:
            self._lines(str(node.contents or ""), literal=True)
        else:
            self._element(node, name, bold=name in BOLD or bool(BOLD_STYLE.search(style)))

    def _element(self, node: nodes.Tag, name: str, *, bold: bool) -> None:
        """Read what stands in a tag, which may set it in bold or apart."""
        italic, quoted = name in ITALIC, name == "blockquote"
        if name in BLOCKS:
            self._end_block()
        self._bold, self._italic = self._bold + bold, self._italic + italic
        self._quotes += quoted
        if node.contents is not None:
            self._inside(node, node.contents)
        if name in BLOCKS:
            self._end_block()
        self._bold, self._italic = self._bold - bold, self._italic - italic
        self._quotes -= quoted

    def _rows(self, node: nodes.Tag, rows: list[tuple[int, list[str]]]) -> None:
        """Read the cells of a table, or of a part of it, into the last of the rows or new ones."""
        whole, inner = str(node), str(node.contents)
        self._line += whole.count("\n", 0, max(0, whole.find(inner)))
        for child in node.contents.nodes:
            start = self._line
            name = str(child.tag).strip().lower() if isinstance(child, nodes.Tag) else ""
            if not isinstance(child, nodes.Tag) or child.contents is None:
                pass
            elif name in ("tr", "thead", "tbody"):
                rows.append((start, []))
                self._rows(child, rows)
            elif name == "caption" or str(child).startswith("|+"):
                self._drop(str(child.contents).removeprefix("+"), "caption")
            else:
                rows[-1][1].append(self._cell(child, bold=name == "th"))
            self._line = start + str(child).count("\n")

    def _cell(self, node: nodes.Tag, *, bold: bool) -> str:
        self._end_block()
        first = len(self.blocks) - 1
        self._element(node, "td", bold=bold)
        texts = [line.plain() for block in self.blocks[first:] for line in block]
        return "\n\n".join(text for text in texts if text)

    def _open_row(self) -> Row:
        if self._row is None:
            self._row = Row(self._line, heading=self._heading, quoted=self._quotes > 0)
        return self._row

    def _add(self, text: str, *, literal: bool = False) -> None:
        """Append text to the line; one that holds nothing yet does not begin with a space."""
        if text.strip() or self._row is not None:
            self._open_row().add(text, bold=self._bold > 0, italic=self._italic > 0,
                                 literal=literal)  # fmt: skip

    def _end_line(self) -> None:
        """End the source line; an empty one ends the block, one of a comment only does not."""
        row, self._row = self._row, None
        blocks = row.blocks() if row is not None else []
        if not blocks and not self._commented:
            self._end_block()
        if row is not None and row.marks:
            blocks = [[], *blocks, []]
        for number, block in enumerate(blocks):
            if number:
                self.blocks.append([])
            self.blocks[-1].extend(block)
        self._commented = False

    def _end_block(self) -> None:
        if self._row is not None:
            self._end_line()
        if self.blocks[-1]:
            self.blocks.append([])

    def _drop(self, text: str, reason: str) -> None:
        if text := clean(text):
            self.dropped.append(Dropped(text=text, reason=reason, line=self._line))
