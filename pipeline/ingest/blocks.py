"""The body of a page as an editorial system exports it: a list of blocks, the paragraphs as HTML.

``[{"type": "paragraph", "html": "<strong>HOST:</strong> Why?"}, {"type": "video", ...}]``
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.ingest import html
from pipeline.ingest.content import Content, clean
from pipeline.ingest.fields import normalise
from pipeline.records import Dropped

_KINDS = ("type", "component", "kind", "blocktype", "blockname")
_TEXTS = ("html", "innerhtml", "text", "content", "body", "value", "rendered", "caption", "title")
_PARAGRAPHS = frozenset({"paragraph", "text", "p", "coreparagraph", "richtext", "html"})
_HEADINGS = frozenset({"heading", "header", "subhead", "subheading", "coreheading", "h2", "h3"})
_RULES = frozenset({"rule", "hr", "divider", "separator", "coreseparator"})
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*\b[^<>]*>", re.I)
_BREAK = re.compile(r"\s*\n\s*")
_SHARE, _LEAST = 0.5, 3


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a page: the HTML of its text, and what else it holds."""

    said: tuple[tuple[str, str], ...]  # tag and HTML of each paragraph and heading
    others: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words the paragraphs and headings have."""
        return sum(len(_MARKUP.sub(" ", text).split()) for _, text in self.said)

    def read(self, *, name: str, locate: Callable[[str], int]) -> Content:
        """Read the text as the page that it is; the other blocks are dropped with a reason.

        Args:
            name: of the file, for messages.
            locate: the line of the source where a text stands.
        """
        page = [f"<{tag}>{_BREAK.sub(' ', text)}</{tag}>" for tag, text in self.said]
        content = html.read("\n".join(page), name=name)
        lines = [locate(text) for _, text in self.said]
        paragraphs = [
            paragraph.model_copy(update={"line": lines[paragraph.line - 1]})
            for paragraph in content.paragraphs
        ]
        reason = "a block of the page that is no paragraph"
        others = [Dropped(text=text, reason=reason, line=1) for text in self.others]
        return replace(content, paragraphs=paragraphs, dropped=[*content.dropped, *others])


def find_blocks(node: Any) -> Blocks | None:
    """Return the blocks of a list that is the body of a page; None where it is none."""
    if not isinstance(node, list) or len(node) < _LEAST:
        return None
    blocks = [_block_of(item) for item in node]
    paragraphs = [text for kind, text in blocks if kind in _PARAGRAPHS]
    marked = any(_MARKUP.search(text) for text in paragraphs)
    if len(paragraphs) < max(_LEAST, _SHARE * len(node)) or not marked:
        return None
    said, others = [], []
    for kind, text in blocks:
        if kind in _PARAGRAPHS:
            said.append(("p", text))
        elif kind in _HEADINGS:
            said.append(("h3", text))
        elif kind not in _RULES and (words := clean(_MARKUP.sub(" ", text))):
            others.append(words)
    return Blocks(tuple(said), tuple(others))


def _block_of(item: Any) -> tuple[str, str]:
    """What kind of block it is, and its text; both empty where it is no block."""
    if not isinstance(item, Mapping):
        return "", ""
    known = {normalise(key): value for key, value in item.items() if isinstance(value, str)}
    kind = next((normalise(known[key]) for key in _KINDS if key in known), "")
    return kind, next((known[key] for key in _TEXTS if key in known), "")
