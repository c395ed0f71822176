"""Web pages: the article's paragraphs, without the page around it.

The deepest element that holds nearly all of the page's running text is the body; furniture in it
is removed by the names of its elements, and menus by their links.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest.boilerplate import drop_furniture
from pipeline.ingest.content import Content, Line, clean, load_table
from pipeline.ingest.dates import find_date
from pipeline.ingest.lines import reflow
from pipeline.ingest.markup import find_blocks
from pipeline.records import Dropped

# bold around a paragraph, which the parser would close before it
_MISNESTED = re.compile(r"<(b|strong)>((?:\s*<font\b[^<>]*>)?\s*<p\b[^<>]*>)", re.I)
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')  # in JSON-LD
_META = load_table("html")["meta"]


def read(text: str, *, name: str) -> Content:
    """Read a web page; malformed HTML is repaired."""
    del name
    root = _parse(text)
    if root is None:
        return Content([])
    metadata = _read_metadata(root)
    dropped = drop_furniture(root)
    paragraphs = [p for line in reflow(find_blocks(root)) if (p := line.paragraph())]
    return Content(paragraphs, metadata, dropped=dropped)


def read_fragment(text: str, *, line: int) -> tuple[list[list[Line]], list[Dropped]]:
    """Return the blocks of a piece of HTML that starts at a line, and what was furniture in it."""
    root = _parse(text)
    if root is None:
        return [], []
    dropped = drop_furniture(root, whole=False)
    dropped = [one.model_copy(update={"line": one.line + line - 1}) for one in dropped]
    return find_blocks(root, line=line), dropped


def _parse(text: str) -> etree._Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True,
                                  huge_tree=True)  # fmt: skip
    text = _MISNESTED.sub(r"\2<\1>", text)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _read_metadata(root: etree._Element) -> dict[str, str]:
    """Return a page's metadata, before its furniture is removed."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        called = element.get("property") or element.get("name") or ""
        metas.setdefault(called.lower(), (element.get("content") or "").strip())
    found = {
        key: next((metas[name] for name in known if metas.get(name)), "")
        for key, known in _META.items()
    }
    # the site's name follows the title: "Dark on the pier | The Bay"
    title = _text(root, ".//title").split(" | ")[0]
    found["title"] = _text(root, ".//h1") or found["title"] or title
    stated = _STATED.search("".join(root.xpath("//script[@type='application/ld+json']/text()")))
    times = [e.get("datetime") or "".join(e.itertext()) for e in root.iter("time")]
    days = [found["date"], stated[1] if stated else "", *times]
    found["date"] = next(filter(None, map(find_date, days)), found["date"])
    found["language"] = (root.get("lang") or "").split("-")[0].lower()
    return {key: text for key, value in found.items() if value and (text := clean(value))}


def _text(root: etree._Element, path: str) -> str:
    texts = (clean("".join(element.itertext())) for element in root.iterfind(path))
    return next(filter(None, texts), "")
