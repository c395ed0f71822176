"""Content words of a sentence: two that share some are about the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.parse import straighten

LEXICON = Path(__file__).with_name("words.toml")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_STEM = 5
"""Letters of a content word that are compared, so that "sanctions" and "sanctioned" are one."""
_LEAST_LETTERS = 4
COMMON = frozenset(tomllib.loads(LEXICON.read_text(encoding="utf8"))["common"])


def content_words(text: str) -> frozenset[str]:
    """Return the first letters of the words of a sentence that are not function words."""
    words = _WORD.findall(straighten(text).lower())
    return frozenset(w[:_STEM] for w in words if len(w) >= _LEAST_LETTERS and w not in COMMON)
