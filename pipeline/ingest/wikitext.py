"""MediaWiki's wikitext, rewritten as Markdown by the rules of ``wikitext.toml``."""

from __future__ import annotations

import re

from pipeline.ingest import markdown
from pipeline.ingest.content import Content, clean, load_table
from pipeline.records import Dropped

_RULES = [(re.compile(row["pattern"]), row) for row in load_table("wikitext")["rule"]]
_MAX_DEPTH = 5  # of templates in templates


def read(text: str, *, name: str) -> Content:
    """Read a page of wikitext; its templates, pictures and notes are left out."""
    dropped: list[Dropped] = []

    def replace(found: re.Match[str]) -> str:
        if "by" in row:
            return found.expand(row["by"])
        line = text.count("\n", 0, found.start()) + 1
        dropped.append(Dropped(text=clean(found[0]), reason=row["reason"], line=line))
        return "\n" * found[0].count("\n")

    for pattern, row in _RULES:
        for _ in range(_MAX_DEPTH if "nested" in row else 1):
            text = pattern.sub(replace, text)
    content = markdown.read(text, name=name)
    content.dropped += dropped
    return content
