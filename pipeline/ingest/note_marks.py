"""Marks of footnotes in a line of type: small figures that stand above the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"[\d*†‡§]")
_SMALL = 0.9
_RAISED = 0.2
_LONGEST_UNIT = 2
_WORD = re.compile(r"[^\W\d_]+$")


@dataclass(frozen=True)
class Sign:
    """A character as it was printed: its size and where its foot stands, in points."""

    text: str
    size: float
    foot: float


def find_note_marks(signs: Sequence[Sign | None]) -> frozenset[int]:
    """Indices of the signs that lead to a note.

    A note's figure stands behind a word or its full stop, ``rules.8``; behind a figure it is an
    exponent, and behind one or two letters it belongs to a unit or a formula, ``km2``.

    Args:
        signs: of a line, in order; None stands for a space that was not printed.
    """
    printed = [sign for sign in signs if sign is not None and sign.text.strip()]
    if not printed:
        return frozenset()
    size = sorted(sign.size for sign in printed)[len(printed) // 2]
    foot = sorted(sign.foot for sign in printed)[len(printed) // 2]
    found: set[int] = set()
    before = ""
    for index, sign in enumerate(signs):
        if sign is None:
            before += " "
            continue
        small = sign.size <= _SMALL * size and sign.foot >= foot + _RAISED * size
        goes_on = index - 1 in found and (_MARK.match(sign.text) or sign.text in ",–-")
        if small and (goes_on or (_MARK.match(sign.text) and _ends_word(before))):
            found.add(index)
        else:
            before += sign.text
    return frozenset(found)


def _ends_word(before: str) -> bool:
    """A word ends here, or the mark behind one."""
    last = before[-1:]
    if not last.strip() or last.isdigit():
        return False
    word = _WORD.search(before)
    return word is None or len(word.group()) > _LONGEST_UNIT
