"""Codes of the language spoken, "(DE) Madam President", as parliaments print before a speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark

_CODE = re.compile(r"^\s*\([A-Z]{2}\)\s+(?=\S)")
_FEWEST, _MOSTLY = 3, 0.5


def skip_language_codes(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Let the speech start behind its code, where most turns have one.

    Args:
        document: what the marks stand in.
        marks: of the document, in order.
    """
    codes = [_CODE.match(document.paragraphs[m.index].text[m.start : m.end]) for m in marks]
    count = sum(map(bool, codes))
    if count < max(_FEWEST, _MOSTLY * len(marks)):
        return list(marks)
    return [
        replace(mark, start=mark.start + code.end()) if code else mark
        for mark, code in zip(marks, codes, strict=True)
    ]
