"""XML to a tree of elements, and what an element is called: no DTD, no network, no entities."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest.content import clean, mend
from pipeline.ingest.decode import decode

MAX_BYTES, MAX_NODES = 20_000_000, 1_500_000
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_PLACE = re.compile(r", line \d+, column \d+$")


def parse_document(data: bytes, *, name: str) -> tuple[etree._Element, list[str]]:
    """Return the root of an XML document, and warnings about its encoding.

    Nothing is read but the bytes given: no DTD, no other file, no address. A document that
    declares entities is refused; the characters that HTML has names for, ``&mdash;``, are put in
    where a DTD is named.

    Args:
        data: in the encoding that the document names, else in one that is found out.
        name: of the file, for messages.

    Raises:
        InputError: it is too large, malformed, nested too deep, or declares or uses entities.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name}: {len(data):,} bytes of XML; expected at most {MAX_BYTES:,}; "
            "split the file into one transcript each"
        )
    # a byte of each two is zero in UTF-16, three of each four in UTF-32
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise InputError(
            f"{name}: declares entities of its own; expected a transcript in XML; write their "
            'text out and delete the "<!ENTITY" lines'
        )
    warnings: list[str] = []
    try:
        root = _parse(data)
    except etree.XMLSyntaxError:  # it may be in another encoding than it says
        text, warnings = decode(data, name=name)
        try:
            root = _parse(_DECLARATION.sub(_as_lines, text, count=1).encode())
        except etree.XMLSyntaxError as error:
            raise _malformed(error, name=name) from error
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise InputError(
            f"{name}: more than {MAX_NODES:,} elements; expected one transcript; split the file"
        )
    _name_characters(root, name=name)
    return root, warnings


def tag_of(element: etree._Element) -> str:
    """The element's name in lower case, without its namespace."""
    return str(etree.QName(element).localname).lower()


def attribute(element: etree._Element, *names: str) -> str | None:
    """The first of the attributes that is there and not empty; upper and lower case are one."""
    known = {etree.QName(key).localname.lower(): value for key, value in element.attrib.items()}
    return next((text for one in names if (text := clean(known.get(one.lower()) or ""))), None)


def id_of(element: etree._Element) -> str | None:
    """The id by which others refer to the element."""
    return clean(element.get(_XML_ID) or "") or attribute(element, "id", "eid")


def line_of(element: etree._Element) -> int:
    """The line of the source on which the element starts."""
    return max(1, element.sourceline or 1)


def words_of(element: etree._Element) -> str:
    """All text in the element, on one line."""
    return clean(mend(" ".join(element.itertext())))


def find_first(root: etree._Element, *tags: str) -> etree._Element | None:
    """The first element of one of these names, whatever its namespace; the case counts."""
    return next(root.iter(*(f"{{*}}{tag}" for tag in tags)), None)


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser)


def _malformed(error: etree.XMLSyntaxError, *, name: str) -> InputError:
    line, what = error.lineno or 1, _PLACE.sub("", str(error.msg))
    advice = "correct what stands there, or save it anew"
    if "Entity" in str(error.msg):
        advice = "write the character itself"
    return InputError(f"{name}:{line}: no XML ({what}); expected a transcript in XML; {advice}")


def _as_lines(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _name_characters(root: etree._Element, *, name: str) -> None:
    """Put the characters in the place of the entities that HTML has for them."""
    for node in list(root.iter(etree.Entity)):
        character = html5.get(f"{node.name};")
        if character is None:
            raise InputError(
                f'{name}:{node.sourceline or 1}: the entity "&{node.name};" is not known; expected '
                "plain characters; write out what it stands for"
            )
        _replace(node, character)


def _replace(node: Any, text: str) -> None:
    parent, previous = node.getparent(), node.getprevious()
    text += node.tail or ""
    node.tail = None
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(node)
