"""Electronic books: the pages of the spine, one after the other."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

import lxml.html
from lxml import etree

from pipeline.ingest.content import Content
from pipeline.ingest.office import Package, read_tree

_CONTAINER = "META-INF/container.xml"


def read(data: bytes, *, name: str) -> Content:
    """Return the paragraphs of a book; a page that is named again is read once.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much.
    """
    package = Package(data, name=name, expected="an electronic book (.epub)")
    roots = package.parse(_CONTAINER).iter("{*}rootfile")
    path = next((root.get("full-path") or "" for root in roots), "")
    about = package.parse(path)
    items = {item.get("id"): item for item in about.iter("{*}item")}
    book = etree.Element("div")
    read: set[str] = set()
    for entry in about.iter("{*}itemref"):
        item = items.get(entry.get("idref"), entry)
        page = posixpath.join(posixpath.dirname(path), unquote(item.get("href") or ""))
        if page not in read and "nav" not in (item.get("properties") or "").split():
            read.add(page)
            book.extend(lxml.html.document_fromstring(package.read(page) or b"<p/>").iter("body"))
    return read_tree(book, package, about=path)
