"""Labels in capitals that have lost their colon once, where they have it everywhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_NAME = r"[^\W\d_a-z]{2}(?:[^\W\d_a-z]|[.'’-])*(?: [^\W\d_a-z]{2}(?:[^\W\d_a-z]|['’-])*){0,3}"
_WITH = re.compile(rf"({_NAME}):\s+\S")
_WITHOUT = re.compile(rf"({_NAME})\s+(?=[“\"‘(\[]?[^\W\d_a-z][a-zß-ÿ’']|I\b|[“\"‘]?A\b)")
_OFTEN = 3


def find_capital_labels(texts: Sequence[str]) -> frozenset[str]:
    """Words in capitals, two letters at least, that open paragraphs before a colon, often."""
    counts = Counter(found.group(1) for text in texts if (found := _WITH.match(text)))
    return frozenset(name for name, count in counts.items() if count >= _OFTEN)


def opening_without_colon(text: str, labels: frozenset[str]) -> str | None:
    """What of the text stands before the speech, if it is one of the labels: "HM The chill"."""
    found = _WITHOUT.match(text)
    return found.group() if found and found.group(1) in labels else None
