"""The cue lexicon: words and phrases by their function in an argument."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.parse import straighten

FILE = Path(__file__).with_name("cues.toml")


class Cues:
    """Finds cues in text.

    Example:
        >>> sorted(load_cues().counts("We must act because time is short"))
        ['causal', 'obligation']
    """

    def __init__(self, cues: Mapping[str, Sequence[str]]) -> None:
        self._patterns = {name: _compile(phrases) for name, phrases in cues.items()}

    def counts(self, text: str) -> dict[str, int]:
        """Return the number of cues of each name that occurs."""
        low = straighten(text).lower()
        counted = {name: len(pattern.findall(low)) for name, pattern in self._patterns.items()}
        return {name: number for name, number in counted.items() if number}


def _compile(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    parts = [re.escape(phrase).replace(r"\*", r"\w*") for phrase in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Return the cues of ``cues.toml``, which are lower-case phrases."""
    return Cues(tomllib.loads(FILE.read_text(encoding="utf8"))["cues"])
