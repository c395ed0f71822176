"""Connectives of a sentence, as signs of how it belongs to its neighbours."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.parse import straighten

LEXICON = Path(__file__).with_name("connectives.toml")
_LEADS = r"(?:and |but |well |so |now |look |oh |yeah |yes |no |or )?"


@lru_cache(maxsize=1)
def load_connectives() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each list of ``connectives.toml``, by its name."""
    lists = tomllib.loads(LEXICON.read_text(encoding="utf8"))
    before = {"opens": rf"^{_LEADS}", "holds": r"\b"}
    return {
        f"{place} {name}": _pattern(start, words)
        for place, start in before.items()
        for name, words in lists[place].items()
    }


def _pattern(before: str, phrases: list[str]) -> re.Pattern[str]:
    found = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"{before}(?:{found})(?![\w'])")


def connectives_in(text: str) -> frozenset[str]:
    """Return the names of the lists of connectives that a sentence shows.

    Example:
        >>> sorted(connectives_in("But the sanctions failed."))
        ['holds contrast', 'holds judgement', 'opens contrast']
    """
    lower = straighten(text).lower().lstrip(" \"'“”‘’«»-–—…([")
    return frozenset(name for name, found in load_connectives().items() if found.search(lower))
