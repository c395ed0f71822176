"""What a meeting's recorder prints behind names of those outside the house: "NAME (Guest)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.turns.conventions.base import Document, Mark

_RECORDED = re.compile(r"^[^.?!:]{1,80} (?:started|stopped) transcription$")
_GUEST = re.compile(r"[(\[]guest[)\]]", re.I)


def forget_accounts(document: Document, marks: Sequence[Mark]) -> list[Mark]:
    """Where a meeting's own recorder wrote, take "(Guest)" for an account, and for no part."""
    if not any(_RECORDED.match(paragraph.text) for paragraph in document.paragraphs):
        return list(marks)
    return [
        replace(mark, label=replace(mark.label, hint=None))
        if _GUEST.search(mark.label.raw)
        else mark
        for mark in marks
    ]
