"""Other markup, rewritten as Markdown by a table of rules: ``wikitext.toml``, ``asciidoc.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pipeline.ingest import markdown
from pipeline.ingest.content import Content, clean, load_table
from pipeline.records import Dropped

_MAX_DEPTH = 5  # of templates in templates


def read_wikitext(text: str, *, name: str) -> Content:
    """Read a page of MediaWiki's wikitext; its templates, pictures and notes are left out."""
    text, dropped = _rewrite(text, "wikitext")
    content = markdown.read(text, name=name)
    content.dropped += dropped
    return content


def read_asciidoc(text: str, *, name: str) -> Content:
    """Read AsciiDoc; its attributes, pictures and comments are left out."""
    text, dropped = _rewrite(text, "asciidoc")
    content = markdown.read(text, name=name, wrapped=True)
    content.dropped += dropped
    return content


@cache
def _rules(table: str) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(re.compile(row["pattern"]), row) for row in load_table(table)["rule"]]


def _rewrite(text: str, table: str) -> tuple[str, list[Dropped]]:
    dropped: list[Dropped] = []

    def replace(found: re.Match[str]) -> str:
        if "by" in row:
            return found.expand(row["by"])
        line = text.count("\n", 0, found.start()) + 1
        dropped.append(Dropped(text=clean(found[0]), reason=row["reason"], line=line))
        return "\n" * found[0].count("\n")

    for pattern, row in _rules(table):
        for _ in range(_MAX_DEPTH if "nested" in row else 1):
            text = pattern.sub(replace, text)
    return text, dropped
