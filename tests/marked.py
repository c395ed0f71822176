"""Marked-up test sentences: ``[Beijing]{holder} denounces [the sanctions]{target}.``

The mark-up names spans of one sentence. It does not nest, and a mark that is not closed, has no
name, or has an empty span is an error, so that a slip of the pen cannot pass as a test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"\[([^\[\]{}]+)\]\{([a-z_]+)\}")


@dataclass(frozen=True)
class Mark:
    """A named span, offsets into the sentence without its mark-up."""

    name: str
    start: int
    end: int
    text: str


def read_marked(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the plain sentence and its marks, in order.

    Raises:
        ValueError: brackets or braces remain when all well-formed marks are taken out.
    """
    plain, marks, end = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[end : match.start()]
        text = match[1]
        if text != text.strip():
            raise ValueError(f"mark-up: a span begins or ends with a space: {match[0]!r}")
        marks.append(Mark(match[2], len(plain), len(plain) + len(text), text))
        plain += text
        end = match.end()
    plain += marked[end:]
    if left := re.search(r"[\[\]{}]", plain):
        raise ValueError(f"mark-up: stray {left[0]!r} at {left.start()} of {plain!r}")
    return plain, tuple(marks)
