"""Times that close the paragraphs of a transcript: "... and so it was. #00:01:02-7#"."""

from __future__ import annotations

import re

from pipeline.turns.labels import clock_seconds

# brackets around two figures only may be part of what is said: "in the second verse (3:16)"
_CLOSING = re.compile(
    r"\s*(?:#(?:\d{1,2}:){2}\d{2}(?:[-.,]\d{1,3})?#|"
    r"\[(?:\d{1,2}:){1,2}\d{2}(?:[.,]\d{1,3})?\]|"
    r"\((?:\d{1,2}:){2}\d{2}(?:[.,]\d{1,3})?\))$"
)


def closing_time(text: str) -> tuple[int, float | None]:
    """Where a text ends without the time that closes it, and that time in seconds.

    Programs for research interviews (f4, MAXQDA) and for dictation set one behind each paragraph.
    """
    found = _CLOSING.search(text)
    if not found:
        return len(text), None
    code = found.group().strip().strip("#[]()")
    return found.start(), clock_seconds(code.replace("-", "."))
