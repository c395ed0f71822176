"""Initials that open the turns of printed interviews, some of them without their colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_OPENS = re.compile(r"^([A-Z]{2,3})(:?)\s+\S")
_ANYWHERE = re.compile(r"(?<![\w.])([A-Z]{2,3})(?![\w.])")
_NAME = re.compile(
    r"(?=\b([A-ZÀ-Þ])[\w'’-]+(?: [A-ZÀ-Þ]\.)? (?:(?:de|van|von|al) )?([A-ZÀ-Þ])[\w'’-]+)"
)
_LEAST = 2
_OPENING = 0.7


def find_initials(lines: Sequence[str]) -> frozenset[str]:
    """Initials of people named in the text that open lines without a colon, beside some with one.

    They hardly stand anywhere else, as "US" and "EU" do.

    Example:
        >>> find_initials(["AB: Why?", "CD Because.", "AB: Carl Dorn, and?", "CD Yes."])
        frozenset({'CD'})
    """
    text = "\n".join(lines)
    opened = [match for line in lines if (match := _OPENS.match(line))]
    bare = Counter(match.group(1) for match in opened if not match.group(2))
    with_colon = Counter(match.group(1) for match in opened if match.group(2))
    if max(with_colon.values(), default=0) < _LEAST:
        return frozenset()
    people = {first + last for first, last in _NAME.findall(text)}
    anywhere = Counter(_ANYWHERE.findall(text))
    return frozenset(
        one
        for one, times in bare.items()
        if times >= _LEAST and one in people and times + with_colon[one] >= _OPENING * anywhere[one]
    )
