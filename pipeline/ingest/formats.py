"""The table of formats: a new one is a module with a ``read`` function and a row here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.ingest import (
    docx,
    html,
    mail,
    markdown,
    odt,
    pdf,
    rtf,
    sheets,
    structured,
    subtitles,
    text,
)
from pipeline.ingest.content import Content
from pipeline.ingest.wikitext import page
from pipeline.ingest.xml import document


@dataclass(frozen=True)
class Format:
    """One way of writing a transcript down, and the function that reads it.

    Attributes:
        name: short, as in ``Source.format``.
        description: what it is, and what is recognised in it.
        read: takes the text, or the bytes of a ``binary`` format, and ``name``; with ``keys``
            also the user's mapping of fields.
        library: that does the reading.
        binary: whether the bytes are no text.
        keyed: whether the fields of turns are named in it.
        max_bytes: a larger file is refused.
    """

    name: str
    description: str
    read: Callable[..., Content]
    library: str = ""
    binary: bool = False
    keyed: bool = False
    max_bytes: int = 50_000_000


_TEXT = Format(
    "txt",
    "plain text, hard-wrapped or one paragraph a line; numbered lines, captions pasted with times",
    text.read,
)
_MARKDOWN = Format(
    "md", "Markdown, with or without front matter, YAML or TOML", markdown.read, "markdown-it-py",
    max_bytes=20_000_000,
)  # fmt: skip
_WIKITEXT = Format(
    "wiki", "a page of a MediaWiki wiki, as Wikinews has interviews: ((Name)), bold questions; "
    "templates, captions, notes and sources are left out", page.read, "mwparserfromhell",
    max_bytes=1_000_000,
)  # fmt: skip
_HTML = Format(
    "html", "a web page; menus, captions and other furniture are left out; a forum's posts, where "
    "one answers many", html.read, "lxml", max_bytes=20_000_000,
)  # fmt: skip
_DOCX = Format(
    "docx", "Word: headings, bold, text boxes, tables with a row a turn", docx.read,
    "python-docx", binary=True,
)  # fmt: skip
_ODT = Format(
    "odt", "OpenDocument text: headings, bold, tables with a row a turn", odt.read, "lxml",
    binary=True,
)  # fmt: skip
_RTF = Format("rtf", "rich text: bold, tables", rtf.read, "striprtf", binary=True,
              max_bytes=20_000_000)  # fmt: skip
_PDF = Format(
    "pdf", "PDF with a text layer: columns, bold; running heads, page and line numbers and "
    "footnotes are left out", pdf.read, "pdfminer.six", binary=True,
)  # fmt: skip
_EML = Format(
    "eml", "a saved e-mail: its text, plain or HTML; answers between quoted questions, \"> 1.\"",
    mail.read, "email", binary=True,
)  # fmt: skip
_SRT = Format("srt", "subtitles: NAME:, >>, dashes, a colour each; rolling captions are shown once",
              subtitles.read_srt, "pysubs2", max_bytes=4_000_000)  # fmt: skip
_VTT = Format("vtt", "WebVTT captions: voice tags, NAME:, >>, dashes; rolling captions are shown "
              "once", subtitles.read_vtt, "pysubs2", max_bytes=4_000_000)  # fmt: skip
_JSON = Format("json", "turns with speaker, text and times, under any usual key; the exports of "
               "transcription services; the blocks of a page", structured.read_json, "json",
               keyed=True)  # fmt: skip
_JSONL = Format("jsonl", "JSON Lines, a turn or a sentence a line", structured.read_jsonl, "json",
                keyed=True)  # fmt: skip
_YAML = Format("yaml", "a list of turns, or a mapping that holds one", structured.read_yaml,
               "PyYAML", keyed=True)  # fmt: skip
_CSV = Format("csv", "a row a turn: columns for speaker, text, role, times; or question and answer",
              sheets.read_csv, "csv", keyed=True)  # fmt: skip
_TSV = Format("tsv", "as csv, parted by tabs", sheets.read_csv, "csv", keyed=True)
_XLSX = Format("xlsx", "Excel, a row a turn, in the sheet with the most text", sheets.read_xlsx,
               "openpyxl", binary=True, keyed=True)  # fmt: skip
_XML = Format(
    "xml", "TEI, Akoma Ntoso, Transcriber, EXMARaLDA, and XML whose elements name their speakers; "
    "stage directions and notes are left out", document.read, "lxml", binary=True, keyed=True,
    max_bytes=20_000_000,
)  # fmt: skip

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": _TEXT,
        ".text": _TEXT,
        ".md": _MARKDOWN,
        ".markdown": _MARKDOWN,
        ".wiki": _WIKITEXT,
        ".mediawiki": _WIKITEXT,
        ".html": _HTML,
        ".htm": _HTML,
        ".xhtml": _HTML,
        ".docx": _DOCX,
        ".odt": _ODT,
        ".rtf": _RTF,
        ".pdf": _PDF,
        ".eml": _EML,
        ".srt": _SRT,
        ".vtt": _VTT,
        ".json": _JSON,
        ".jsonl": _JSONL,
        ".ndjson": _JSONL,
        ".yaml": _YAML,
        ".yml": _YAML,
        ".csv": _CSV,
        ".tsv": _TSV,
        ".tab": _TSV,
        ".xlsx": _XLSX,
        ".xml": _XML,
        ".trs": _XML,
        ".exb": _XML,
    }
)

_HTML_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_MARKDOWN_SIGN = re.compile(r"^(#{1,6} \S|\*\*\S.*\*\*|> \S|---\s*$)", re.M)


_XML_START = re.compile(r"\s*<(?:\?xml\s|(?:TEI|teiCorpus|akomaNtoso|Trans)[\s>])")
_VTT_START = re.compile(r"\s*WEBVTT\b")
_SRT_START = re.compile(r"\s*\d+\s*\n\d\d:\d\d:\d\d,\d{3} --> ")


def sniff_binary(data: bytes) -> str | None:
    """Name the suffix of the binary format that the first bytes belong to, if one is known."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        members = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    parts = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "content.xml": ".odt"}
    return next((suffix for part, suffix in parts.items() if part in members), None)


def sniff(content: str, *, plain: bool = False) -> str:
    """Name the suffix of the format that the content looks like.

    Args:
        content: the whole text.
        plain: it is called plain text, which only what no prose opens with gainsays.
    """
    head = content[:20_000]
    if _VTT_START.match(head):
        return ".vtt"
    if _SRT_START.match(head):
        return ".srt"
    if _XML_START.match(head) and not _HTML_START.match(head):
        return ".xml"
    if plain:
        return ".html" if _HTML_START.match(head) else ".txt"
    if re.match(r"\s*[{\[]\s*[{\[\"]", head) and head.count('":') + head.count('" :') > 1:
        return ".json"
    if _HTML_START.match(head) or len(re.findall(r"</?(?:p|div|br|b)\b[^>]*>", head)) > 5:
        return ".html"
    return ".md" if len(_MARKDOWN_SIGN.findall(head)) > 1 else ".txt"
