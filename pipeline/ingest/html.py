"""Web pages: the interview's paragraphs, without the page around it.

Furniture is taken out by what its elements say they are; then the deepest element that still
holds nearly all of the page's running text is the body, and every word in it is kept, in order.

Why not trafilatura: on the eleven pages of the research corpus it keeps the same text, but for
one paragraph beside a video that it loses; on a page of another site it lets through the text of
a pop-up card and a "Read more" link. It gives no source lines, which every turn should have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest import text as text_file
from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.page_furniture import BLOCKS, drop_furniture, find_outside, names
from pipeline.ingest.page_metadata import read_metadata
from pipeline.ingest.reflow import reflow
from pipeline.ingest.threads import find_thread, read_thread
from pipeline.records import Dropped, Paragraph

BOLD = names("b strong dt th")
ITALIC = names("i em cite dfn")
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
BOLD_CLASS = re.compile(
    r"(?:^|[\s_-])(?<!field--)(?:speaker|interviewer|interviewee|name|question|bold|strong)"
    r"(?:$|[\s_-])",
    re.I,
)
QUESTION_CLASS = re.compile(r"(?:^|[\s_-])question(?:$|\s)", re.I)
_TEXT_SHARE = 0.8


def read(text: str, *, name: str) -> Content:
    """Read a web page.

    Args:
        text: the page.
        name: of the file; a page is never malformed; for messages on text set out in it.
    """
    root = _parse(text)
    if root is None:
        return Content([])
    metadata = read_metadata(root)
    if thread := find_thread(root, read=_read_element):
        return read_thread(thread, metadata=metadata, read=_read_element)
    dropped = drop_furniture(root)
    body = _find_body(root)
    dropped += find_outside(body)
    if (set_out := _find_preformatted(body)) is not None:
        return _read_preformatted(set_out, metadata, dropped, name=name)
    return Content(_read_element(body), metadata, dropped=dropped)


def _find_preformatted(body: etree._Element) -> etree._Element | None:
    """The element with nearly all of the text, its lines set out as in a text file, if any."""
    whole = len("".join(body.itertext()).strip())
    return next(
        (one for one in body.iter("pre") if len("".join(one.itertext())) >= _TEXT_SHARE * whole),
        None,
    )


def _read_preformatted(
    element: etree._Element, metadata: dict[str, str], dropped: list[Dropped], *, name: str
) -> Content:
    above = "\n" * ((element.sourceline or 1) - 1)  # so that lines count from the page's first
    content = text_file.read(above + "".join(element.itertext()), name=name)
    return replace(
        content,
        metadata={**content.metadata, **metadata},
        dropped=[*dropped, *content.dropped],
    )


def read_fragment(text: str, *, first_line: int) -> list[Line]:
    """Read a piece of HTML that stands in another format, such as Markdown."""
    root = _parse(text)
    if root is None:
        return []
    drop_furniture(root)
    lines = [line for block in _Walker().blocks(root) for line in block if line.plain()]
    for line in lines:
        line.number += first_line - 1
    return lines


def _read_element(element: etree._Element) -> list[Paragraph]:
    lines = reflow(_Walker().blocks(element))
    return [p for line in lines if (p := line.paragraph())]


def _parse(text: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True,
                                  huge_tree=True)  # fmt: skip
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def _find_body(root: etree._Element) -> etree._Element:
    """The deepest element that holds nearly all of the running text.

    Running text is text outside links, in blocks of at least one sentence. Going down stops where
    no child holds ``_TEXT_SHARE`` of it, so a body split over several elements stays whole.
    """
    weights: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        weight = sum(weights.get(child, 0) for child in element)
        if element.tag in ("p", "li", "blockquote", "dd", "td", "h1", "h2", "h3", "h4"):
            own = "".join(element.itertext())
            linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
            weight = max(weight, len(own.strip()) - 2 * linked, 0)
        else:
            weight += sum(len(t.strip()) for t in _own_text(element))
        weights[element] = weight
    body = root
    while True:
        children = [child for child in body if isinstance(child.tag, str)]
        best = max(children, key=lambda child: weights.get(child, 0), default=None)
        enough = best is not None and weights.get(best, 0) >= _TEXT_SHARE * max(1, weights[body])
        if best is None or not enough or best.tag not in BLOCKS or best.tag in ("p", "tr", "tbody"):
            return body
        body = best


def _own_text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _is_set_question(element: etree._Element) -> bool:
    """A paragraph that its class sets as a question, with nothing in it that is set itself."""
    named = element.tag == "p" and QUESTION_CLASS.search(element.get("class") or "")
    return bool(named) and next(element.iter("b", "strong"), None) is None


class _Walker:
    """Walks the body in document order and cuts its text into blocks of lines."""

    def __init__(self) -> None:
        self._blocks: list[list[Line]] = [[]]

    def blocks(self, body: etree._Element) -> list[list[Line]]:
        """Return runs of lines; each run is a block element, each line ends at a ``<br>``."""
        self._visit(body, heading=0, quoted=False, bold=False, italic=False, line=1)
        return [kept for block in self._blocks if (kept := [x for x in block if clean(x.plain())])]

    def _visit(
        self, element: etree._Element, *, heading: int, quoted: bool, bold: bool, italic: bool,
        line: int,
    ) -> None:  # fmt: skip
        stack: list[tuple[etree._Element | None, str, int, bool, bool, bool, int]]
        stack = [(element, "", heading, quoted, bold, italic, line)]
        while stack:
            node, tail, heading, quoted, bold, italic, line = stack.pop()
            if node is None:
                if tail == "\f":
                    self._blocks.append([])
                else:
                    self._text(tail, heading, quoted, bold, italic, line)
                continue
            tag = node.tag if isinstance(node.tag, str) else ""
            line = node.sourceline or line
            if tag == "br":
                self._break(heading, quoted, line, inside=bold or italic)
                continue
            is_block = tag in BLOCKS
            if tag == "hr":
                self._text("* * *", 0, False, False, False, line)
            if is_block:
                self._blocks.append([])
                stack.append((None, "\f", 0, False, False, False, line))
            heading = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else heading
            quoted = quoted or tag == "blockquote"
            bold = bold or tag in BOLD or bool(BOLD_STYLE.search(node.get("style") or ""))
            bold = bold or (not is_block and bool(BOLD_CLASS.search(node.get("class") or "")))
            bold = bold or _is_set_question(node)
            italic = italic or tag in ITALIC
            for child in reversed(node):
                if child.tail:
                    stack.append((None, child.tail, heading, quoted, bold, italic, line))
                stack.append((child, "", heading, quoted, bold, italic, line))
            if node.text:
                stack.append((None, node.text, heading, quoted, bold, italic, line))

    def _text(
        self, text: str, heading: int, quoted: bool, bold: bool, italic: bool, line: int
    ) -> None:
        block = self._blocks[-1]
        if not block:
            if not text.strip():
                return
            block.append(Line(line, heading=heading, quoted=quoted))
        block[-1].add(text, bold=bold, italic=italic)

    def _break(self, heading: int, quoted: bool, line: int, *, inside: bool) -> None:
        """End a line; two breaks in a row end the block, one inside bold or italic is a space."""
        block = self._blocks[-1]
        if not block:
            return
        if not block[-1].plain():
            self._blocks.append([])
        elif inside:
            block[-1].add(" ", bold=True, italic=True)
        else:
            block.append(Line(line, heading=heading, quoted=quoted))
