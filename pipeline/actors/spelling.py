"""Near spellings, for messages that say what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LIKE = 0.72


def near(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return known words spelt nearly as a word, the nearest first; case does not matter.

    Uses Ratcliff and Obershelp's measure, as ``difflib`` computes it.
    """
    by_folded: dict[str, str] = {}
    for one in known:
        by_folded.setdefault(one.casefold(), one)
    found = get_close_matches(word.casefold(), by_folded, n=most, cutoff=_LIKE)
    return [by_folded[folded] for folded in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean A or B?``, or nothing where no known word is near."""
    found = near(word, known)
    return f"; did you mean {' or '.join(found)}?" if found else ""
