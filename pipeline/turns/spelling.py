"""Words that are one slip of the pen apart, or a case or an accent."""

from __future__ import annotations

import re
import unicodedata

_DOUBLED = re.compile(r"([^\W\d_])\1")


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion or substitution makes one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def swapped(one: str, other: str) -> bool:
    """Whether two neighbouring letters of one word stand the other way about in the other."""
    if len(one) != len(other):
        return False
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]


def undouble(word: str) -> str:
    """The word with each doubled letter written once: "voss" as "vos"."""
    return _DOUBLED.sub(r"\1", word)


def without_accents(text: str) -> str:
    """The text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
