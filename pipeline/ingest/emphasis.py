"""Stars around words in plain text: "**Chair:** Order.", pasted from where they set the type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LABEL = re.compile(
    r"^\s*(?:[QA]?\d{1,3}[.)]? +)?(?P<stars>\*{1,2})(?=[^\s*])[^*:]{1,80}"
    r"(?::(?P=stars)|(?P=stars):)\s"
)
_SET = re.compile(r"(?P<stars>\*{1,3})(?=[^\s*])(?P<words>[^*]+?)(?<=[^\s*])(?P=stars)")
_FEWEST = 3

Run = tuple[str, bool, bool]


def has_set_labels(lines: Sequence[str]) -> bool:
    """Whether several lines open with a label in stars."""
    return sum(bool(_LABEL.match(line)) for line in lines) >= _FEWEST


def split_runs(text: str) -> Iterator[Run]:
    """Yield the runs of a line without the stars: words, bold, italic."""
    end = 0
    for found in _SET.finditer(text):
        yield text[end : found.start()], False, False
        stars = len(found["stars"])
        yield found["words"], stars > 1, stars != 2
        end = found.end()
    yield text[end:], False, False
