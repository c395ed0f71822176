"""Connectives and content words of a sentence, as signs of how it belongs to its neighbours."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.parse import straighten

LEXICON = Path(__file__).with_name("connectives.toml")
_LEADS = r"(?:and |but |well |so |now |look |oh |yeah |yes |no |or )?"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_STEM = 5
"""Letters of a content word that are compared, so that "sanctions" and "sanctioned" are one."""
_LEAST_LETTERS = 4


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    return tomllib.loads(LEXICON.read_text(encoding="utf8"))


@lru_cache(maxsize=1)
def load_connectives() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each list of ``connectives.toml``, by its name."""
    before = {"opens": rf"^{_LEADS}", "holds": r"\b"}
    return {
        f"{place} {name}": _pattern(start, words)
        for place, start in before.items()
        for name, words in _lists()[place].items()
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


def content_words(text: str) -> frozenset[str]:
    """Return the first letters of the words of a sentence that are not function words."""
    words, common = _WORD.findall(straighten(text).lower()), _lists()["common"]
    return frozenset(w[:_STEM] for w in words if len(w) >= _LEAST_LETTERS and w not in common)
