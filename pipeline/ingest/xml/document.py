"""Transcripts in XML: which kind it is, and the reader for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.errors import InputError
from pipeline.ingest import html
from pipeline.ingest.content import Content
from pipeline.ingest.decode import decode
from pipeline.ingest.xml import akoma_ntoso, hansard, partiturs, tei, transcriber, unknown
from pipeline.ingest.xml.parse import attribute, line_of, parse_document, tag_of

_KINDS = (
    (tei.find_root, tei.read),
    (akoma_ntoso.find_root, akoma_ntoso.read),
    (transcriber.find_root, transcriber.read),
    (partiturs.find_root, partiturs.read),
    (hansard.find_root, hansard.read),
)
_HTML_START = re.compile(
    r"\ufeff?\s*(?:<\?[^>]*>\s*)*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_HEAD = 20_000
# documents whose text this reader would misread, or finds no turns in: what they are, what to do
_OTHERS = {
    "worddocument": ("a Word document saved as XML", "save it as .docx"),
    "package": ("an office document saved as XML", "save it as .docx"),
    "document-content": ("a part of an OpenDocument text", "give the .odt file it was taken from"),
    "workbook": ("a spreadsheet saved as XML", "save it as .xlsx or .csv"),
    "annotation_document": ("an ELAN file", "export it as tab-delimited text, named .tsv"),
    "tt": ("captions in TTML", "save them as .vtt or .srt"),
    "rss": ("a feed of news", "give the page or the transcript that it leads to"),
    "feed": ("a feed of news", "give the page or the transcript that it leads to"),
}
_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_OPEN_DOCUMENT = "urn:oasis:names:tc:opendocument"


def read(data: bytes, *, name: str, keys: Mapping[str, str] | None = None) -> Content:
    """Read TEI, Akoma Ntoso, Transcriber's, EXMARaLDA's and Hansard's files, other XML, or XHTML.

    Args:
        data: of the file; the encoding is the one that it names.
        name: of the file, for messages.
        keys: the user's, of XML of no known kind: field to the name of an attribute or element.

    Raises:
        InputError: it is malformed, too large, declares entities, or holds no turns.
    """
    text, found_out = decode(data, name=name)
    if _HTML_START.match(text[:_HEAD]):
        page = html.read(text, name=name)
        page.warnings[:0] = found_out
        return page
    root, warnings = parse_document(data, name=name)
    _refuse_others(root, name=name)
    for find_root, read_kind in _KINDS:
        if (found := find_root(root)) is not None:
            content = read_kind(found, name=name)
            break
    else:
        content = unknown.read(root, name=name, keys=keys)
    if not content.turns:
        raise InputError(_say_no_turns(root, name=name))
    content.warnings[:0] = [*warnings, *_say_elsewhere(root, name=name)]
    content.dropped.sort(key=lambda piece: piece.line)
    return content


def _refuse_others(root: etree._Element, *, name: str) -> None:
    what = _OTHERS.get(tag_of(root))
    if (etree.QName(root).namespace or "").startswith(_OPEN_DOCUMENT):
        what = ("an OpenDocument file in one piece", "save it as .odt")
    if what is not None:
        raise InputError(f"{name}: {what[0]}; expected a transcript in XML; {what[1]}")


def _say_elsewhere(root: etree._Element, *, name: str) -> list[str]:
    parts = [attribute(part, "href") or "?" for part in root.iter(_INCLUDE)]
    if not parts:
        return []
    return [
        f"{name}: parts of it are in other files ({', '.join(parts[:3])}), which are not read; put "
        "them into this one if speech or the list of persons is among them"
    ]


def _say_no_turns(root: etree._Element, *, name: str) -> str:
    if elsewhere := _say_elsewhere(root, name=name):
        return f"{elsewhere[0]}; expected a transcript in one file"
    if (document := tei.find_root(root)) is not None:
        return (
            f"{name}:{tei.first_line(document)}: TEI without speech in <u> or <sp>; expected "
            "utterances with a speaker; mark them, or save the text as .html or .txt"
        )
    if (document := akoma_ntoso.find_root(root)) is not None:
        return (
            f"{name}:{line_of(document)}: Akoma Ntoso without <speech>, <question> or <answer>; "
            "expected the record of a debate; give that document"
        )
    return (
        f"{name}:{line_of(root)}: no turns found in <{tag_of(root)}>; expected elements that name "
        'their speaker, such as <turn speaker="A">; name them with --keys '
        '"speaker=NAME,text=NAME", or save the text as .html or .txt'
    )
