"""Footnotes that are printed below a talk, and the marks in it that lead to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.records import Paragraph

_NOTE = re.compile(r"^(?P<mark>[(\[](?:foot|end)?(?:note)? ?\d{1,3}[)\]])\s*\S", re.I)


def is_note_below(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """The paragraph opens with a mark, "[1]" or "(Note 1)", that stands within one above it.

    Who counts his points, "(1) The ice", has no such mark behind a word of what was said before.

    Args:
        paragraphs: of the whole source.
        index: of a paragraph below the last label.
    """
    if index >= len(paragraphs) or (found := _NOTE.match(paragraphs[index].text)) is None:
        return False
    behind_word = re.compile(rf"[\w.,;:?!”’\"')]{re.escape(found['mark'])}", re.I)
    return any(behind_word.search(paragraph.text) for paragraph in paragraphs[:index])
