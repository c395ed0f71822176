"""Elements of HTML to blocks of lines: a block element a block, a ``<br>`` the end of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.ingest.content import Line


def names(text: str) -> frozenset[str]:
    """Return the names that spaces separate in a text."""
    return frozenset(text.split())


BLOCKS = names(
    "p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote pre table caption tbody thead tfoot tr td th hr address center body html details "
    "summary fieldset form figure figcaption"
)
SEPARATOR = "* * *"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = names("b strong dt th")
_ITALIC = names("i em cite dfn")
UNSEEN = names("script style noscript template head title meta link")
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
# what a site calls the names and questions that its style sheet sets apart
_BOLD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:speaker|interviewer|interviewee|question|bold|strong)(?:$|[\s_-])", re.I
)


@dataclass(frozen=True, slots=True)
class _Setting:
    number: int
    heading: int = 0
    quoted: bool = False
    bold: bool = False
    italic: bool = False
    verbatim: bool = False


_Stack = list[tuple[etree._Element | str | None, _Setting]]


def find_blocks(root: etree._Element, *, line: int | None = None) -> list[list[Line]]:
    """Return the text of an element in document order, as blocks of lines.

    A block element is a block, and so is each cell of a table, row by row; ``<br>`` ends a line,
    two of them end the block; in ``<pre>`` the text's own line ends do.

    Args:
        root: of a page, or of a fragment.
        line: of the source where the fragment starts; the page itself, if not given.
    """
    writer = _Writer(offset=(line or 1) - 1)
    stack: _Stack = [(root, _Setting(1))]  # elements and texts to come, None where a block ends
    while stack:
        node, setting = stack.pop()
        if node is None:
            writer.end_block()
        elif isinstance(node, str):
            writer.add(node, setting)
        elif node.tag == "br":
            writer.end_line(_setting_of(node, setting))
        elif isinstance(node.tag, str) and node.tag not in UNSEEN:
            _open(node, setting, stack, writer)
    return [kept for block in writer.blocks if (kept := [one for one in block if one.plain()])]


def _open(node: etree._Element, outer: _Setting, stack: _Stack, writer: _Writer) -> None:
    setting = _setting_of(node, outer)
    if node.tag in BLOCKS:
        writer.end_block()
        stack.append((None, setting))
    elif setting.bold and not outer.bold and node.get("class") and not node.tail:
        stack.append((" ", outer))  # what only a style sheet sets apart
    for child in reversed(node):
        if child.tail:
            number = max(setting.number, child.sourceline or 0)
            stack.append((child.tail, replace(setting, number=number)))
        stack.append((child, setting))
    if text := SEPARATOR if node.tag == "hr" else node.text:
        stack.append((text, setting))


class _Writer:
    """The blocks so far."""

    def __init__(self, *, offset: int) -> None:
        self.blocks: list[list[Line]] = [[]]
        self._offset = offset

    def end_block(self) -> None:
        """The next text starts a block."""
        if self.blocks[-1]:
            self.blocks.append([])

    def end_line(self, setting: _Setting) -> None:
        """End a line; where it is empty, end the block."""
        block = self.blocks[-1]
        if block and not block[-1].plain():
            self.blocks.append([])
        elif block:
            block.append(self._line(setting))

    def add(self, text: str, setting: _Setting) -> None:
        """Add a text, in several lines where its line ends count."""
        for count, piece in enumerate(text.split("\n") if setting.verbatim else [text]):
            below = replace(setting, number=setting.number + count) if count else setting
            if count:
                self.end_line(below)
            if not self.blocks[-1] and piece.strip():
                self.blocks[-1].append(self._line(below))
            if self.blocks[-1]:
                self.blocks[-1][-1].add(piece, bold=setting.bold, italic=setting.italic)

    def _line(self, setting: _Setting) -> Line:
        number = setting.number + self._offset
        return Line(number, heading=setting.heading, quoted=setting.quoted)


def _setting_of(node: etree._Element, outer: _Setting) -> _Setting:
    """The format of an element's text, by its tag, style and class."""
    tag = node.tag
    bold, italic = outer.bold or tag in _BOLD, outer.italic or tag in _ITALIC
    style = node.get("style")
    italic = italic or bool(style and _ITALIC_STYLE.search(style))
    if not bold and node.attrib:
        classes = node.get("class")
        bold = bool(style and _BOLD_STYLE.search(style))
        if not bold and classes and (tag == "p" or tag not in BLOCKS):
            bold = bool(_BOLD_CLASS.search(classes))
    return _Setting(
        node.sourceline or outer.number,
        _HEADINGS.get(tag, outer.heading),
        outer.quoted or tag == "blockquote",
        bold,
        italic,
        outer.verbatim or tag == "pre",
    )
