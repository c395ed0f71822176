"""The table of formats: a new one is a module with a ``read`` function and a row here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.ingest import html, markdown, text
from pipeline.ingest.content import Content


@dataclass(frozen=True)
class Format:
    """One way of writing a transcript down, and the function that reads it."""

    name: str
    description: str
    read: Callable[..., Content]


_TEXT = Format("txt", "plain text, hard-wrapped or one paragraph a line", text.read)
_MARKDOWN = Format("md", "Markdown, with or without YAML front matter", markdown.read)
_HTML = Format("html", "a web page; menus, captions and other furniture are left out", html.read)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": _TEXT,
        ".text": _TEXT,
        ".md": _MARKDOWN,
        ".markdown": _MARKDOWN,
        ".html": _HTML,
        ".htm": _HTML,
        ".xhtml": _HTML,
    }
)

_HTML_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKDOWN_SIGN = re.compile(r"^(#{1,6} \S|\*\*\S.*\*\*|> \S|---\s*$)", re.M)


def sniff(content: str) -> str:
    """Name the suffix of the format that the content looks like."""
    head = content[:20_000]
    if _HTML_START.match(head) or len(re.findall(r"</?(?:p|div|br|b)\b[^>]*>", head)) > 5:
        return ".html"
    return ".md" if len(_MARKDOWN_SIGN.findall(head)) > 1 else ".txt"
