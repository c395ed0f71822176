"""OpenDocument text: its elements get the names that HTML has for them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.ingest.content import Content, clean
from pipeline.ingest.office import Package, read_tree
from pipeline.ingest.xml import attributes_of, plain_name
from pipeline.records import Dropped

_NO_SPEECH = {"note": "footnote", "annotation": "comment", "tracked-changes": "deleted text",
              "table-of-content": "table of contents"}  # fmt: skip
_TAGS = {"p": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr",
         "table-cell": "td", "line-break": "br", "frame": "div", "text-box": "div"}  # fmt: skip
_LOOKS = ("font-weight",)
_GAPS = {"tab": "\t", "s": " "}


def read(data: bytes, *, name: str) -> Content:
    """Return the turns of tables with a row a turn, else the paragraphs of an OpenDocument text.

    Raises:
        InputError: it is damaged, encrypted, or unpacks to too much.
    """
    package = Package(data, name=name, expected="an OpenDocument text (.odt)")
    root = package.parse("content.xml")
    looks = {
        _get(style, "name"): "; ".join(
            f"{key}: {value}" for key in _LOOKS if (value := _get(properties, key))
        )
        for style in root.iter("{*}style")
        for properties in style.iterchildren("{*}text-properties")
    }
    dropped: list[Dropped] = []
    for element in list(root.iter(*(f"{{*}}{tag}" for tag in _NO_SPEECH))):
        if text := clean(" ".join(element.itertext())):
            reason = _NO_SPEECH[plain_name(element.tag)]
            dropped.append(Dropped(text=text, reason=reason, line=1))
        element.clear(keep_tail=True)
    body = next(root.iterfind("{*}body/{*}text"), root)
    for number, element in enumerate(body.iter("{*}p", "{*}h"), start=1):
        element.sourceline = min(number, 65_535)
    for element in list(body.iter(etree.Element)):
        _rename(element, looks)
    content = read_tree(body, package, about="meta.xml")
    content.dropped += dropped
    return content


def _rename(element: etree._Element, looks: Mapping[str, str]) -> None:
    tag = plain_name(element.tag)
    level, count = _get(element, "outline-level"), _get(element, "c")
    look = looks.get(_get(element, "style-name"))
    element.tag = _TAGS.get(tag, "span")
    element.attrib.clear()
    if tag == "h":
        element.tag = f"h{level if level in ('1', '2', '3', '4', '5', '6') else 1}"
    elif tag in _GAPS:
        element.text = _GAPS[tag] * min(80, int(count) if count.isdigit() else 1)
    if look:
        element.set("style", look)


def _get(element: etree._Element, name: str) -> str:
    return next((v for k, v in attributes_of(element) if plain_name(k) == name), "")
