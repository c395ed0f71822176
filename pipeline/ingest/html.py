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

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest.content import Content, Line, clean
from pipeline.ingest.page_metadata import read_metadata
from pipeline.ingest.reflow import reflow
from pipeline.records import Dropped


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


DROPPED_TAGS = _names(
    "script style noscript template nav footer aside form button iframe svg figure figcaption "
    "select option input textarea label picture video audio canvas object embed map menu dialog "
    "head title link meta"
)
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|side-bar|related|"
    r"recommend(?:ed|ations)?|share|sharing|social|comments?|promo|advert(?:isement)?s?|ads?|"
    r"sponsor(?:ed)?|newsletter|subscribe|subscription|signup|sign-up|cookies?|consent|banner|"
    r"popup|pop-up|popover|tooltip|modal|overlay|caption|credits?|gallery|slider|slideshow|"
    r"carousel|bottommeta|metadata|byline|tags?|taglist|toolbar|pagination|pager|search|login|"
    r"skip-link|toc|read-?more|more-?stories|trending|most-?read|outbrain|taboola|author-?bio|"
    r"author-?box|copyright|print-?only|visually-?hidden|screen-?reader(?:-text)?|sr-only)"
    r"(?:$|[\s_-])",
    re.I,
)
HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:tooltip|popup|pop-up|popover|modal|overlay|visually-?hidden|screen-?reader"
    r"(?:-text)?|sr-only)(?:$|[\s_-])",
    re.I,
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
FURNITURE_ROLES = _names(
    "navigation banner complementary contentinfo search menu menubar dialog tooltip"
)
BLOCKS = _names(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table "
    "tbody thead tr td th hr address center body html details summary fieldset"
)
BOLD = _names("b strong dt th")
ITALIC = _names("i em cite dfn")
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
BOLD_CLASS = re.compile(
    r"(?:^|[\s_-])(?:speaker|interviewer|interviewee|question|bold|strong)(?:$|[\s_-])", re.I
)
_UNSEEN = _names("script style noscript template head title link meta option")
_PICTURES = ("img", "figure", "picture", "video", "audio", "iframe")
_MAX_CAPTION = 300
_MAX_LINKED_LABEL = 5
_TEXT_SHARE = 0.8
_KEEP_SHARE = 0.5


def read(text: str, *, name: str) -> Content:
    """Read a web page.

    Args:
        text: the page.
        name: of the file; a page is never malformed, so it is not used.
    """
    root = _parse(text)
    if root is None:
        return Content([])
    metadata = read_metadata(root)
    dropped = _drop_furniture(root)
    body = _find_body(root)
    dropped += _outside(body)
    lines = reflow(_Walker().blocks(body))
    paragraphs = [p for line in lines if (p := line.paragraph())]
    return Content(paragraphs, metadata, dropped=dropped)


def read_fragment(text: str, *, first_line: int) -> list[Line]:
    """Read a piece of HTML that stands in another format, such as Markdown."""
    root = _parse(text)
    if root is None:
        return []
    _drop_furniture(root)
    lines = [line for block in _Walker().blocks(root) for line in block if line.plain()]
    for line in lines:
        line.number += first_line - 1
    return lines


def _parse(text: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True,
                                  huge_tree=True)  # fmt: skip
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    return root


def _drop_furniture(root: etree._Element) -> list[Dropped]:
    """Take out the elements that say of themselves that they are not the article; return them.

    An element that holds most of the page's text stays, whatever its class is called: ``body
    class="has-sidebar"`` is not a sidebar.
    """
    sizes = _text_sizes(root)
    total = max(1, sizes[root])
    dropped: list[Dropped] = []
    gone: set[etree._Element] = set()
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element in (root, root.find("body")):
            continue
        if element.getparent() in gone:
            gone.add(element)
            continue
        always = element.tag in DROPPED_TAGS or _is_picture(element, sizes[element])
        always = always or _is_link_line(element)
        small = element.tag not in BLOCKS or sizes[element] < _KEEP_SHARE * total
        if always or (small and _is_furniture(element)):
            dropped += _account(element, reason=f"page furniture ({element.tag})")
            _remove(element)
            gone.add(element)
    return dropped


def _account(element: etree._Element, *, reason: str) -> list[Dropped]:
    """What a reader of the page saw of an element."""
    if element.tag in _UNSEEN:
        return []
    words: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and node.text and node.tag not in _UNSEEN:
            words.append(node.text)
        elif event == "end" and node.tail and node is not element:
            words.append(node.tail)
    text = clean(" ".join(words))
    return [Dropped(text=text, reason=reason, line=element.sourceline or 1)] if text else []


def _outside(body: etree._Element) -> list[Dropped]:
    """What stands beside the body and the elements that hold it."""
    found: list[Dropped] = []
    node = body
    while (parent := node.getparent()) is not None:
        for child in parent:
            if child is not node and isinstance(child.tag, str):
                found += _account(child, reason="outside the article")
        node = parent
    return sorted(found, key=lambda piece: piece.line)


def _is_furniture(element: etree._Element) -> bool:
    """A word inside a paragraph goes only if it is hidden: ``a class="tag"`` may be speech."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if element.get("role") in FURNITURE_ROLES or HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    classes = (element.get("class") or "").split()
    if "hidden" in classes or HIDDEN_CLASS.search(names):
        return True
    return element.tag in BLOCKS and bool(FURNITURE.search(names))


def _is_picture(element: etree._Element, size: int) -> bool:
    """A wrapper around a picture or a player, with no more text than a caption has."""
    return (
        element.tag in ("div", "section", "span", "a", "li", "center")
        and size <= _MAX_CAPTION
        and element.find("p") is None
        and any(next(element.iter(tag), None) is not None for tag in _PICTURES)
    )


def _is_link_line(element: etree._Element) -> bool:
    """A paragraph that is one link to something else: "Read next: ..." is not speech."""
    if element.tag not in ("p", "li") or element.find(".//a") is None:
        return False
    words = len("".join(element.itertext()).split())
    linked = sum(len("".join(a.itertext()).split()) for a in element.iter("a"))
    return words > _MAX_LINKED_LABEL and linked >= 0.9 * words


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _text_sizes(root: etree._Element) -> dict[etree._Element, int]:
    """Characters of text in each element, its descendants' included, without scripts."""
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript"):
            sizes[element] = 0
            continue
        size = len((element.text or "").strip())
        for child in element:
            size += sizes.get(child, 0) + len((child.tail or "").strip())
        sizes[element] = size
    return sizes


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


class _Walker:
    """Walks the body in document order and cuts its text into blocks of lines."""

    def __init__(self) -> None:
        self._blocks: list[list[Line]] = [[]]
        self._breaks = 0
        self._list_marks: list[int | None] = []

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
