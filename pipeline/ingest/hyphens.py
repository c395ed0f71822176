"""Words broken at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.ingest.content import Line

_WORD = re.compile(r"\b\w+(?:-\w+)?\b")
_BROKEN = re.compile(r"(\w*[^\W\d_])[-\u00ad\u2010]$")
_GOES_ON = re.compile(r"^([^\W\d_]+)")
# parts of words that keep their hyphen at the end of a line
_PREFIXES = re.compile(
    r"(?:non|anti|pro|post|pre|ex|self|well|co|so|half|all|vice|cross|"
    r"counter|semi|mid|long|short|high|low|far|near|north|south|east|west)",
    re.I,
)
_TENS = re.compile(r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty", re.I)
_UNITS = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|"
    r"seventh|eighth|ninth)",
    re.I,
)


def find_words(lines: Iterable[str]) -> frozenset[str]:
    """The words of the lines in lower case, two by two where a line has a hyphen in them."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line))


def join_hyphenated(line: Line, following: Line, words: frozenset[str]) -> None:
    """Continue a line with the next one; a word broken between them becomes whole.

    The hyphen stays where the compound stands elsewhere with it, where it is a number, and where
    its first part is a prefix that takes one, unless the word stands elsewhere without.
    """
    broken, rest = _BROKEN.search(line.ending()), _GOES_ON.match(following.plain())
    if not broken or not rest:
        line.join(following)
        return
    first, second = broken.group(1), rest.group(1)
    number = _TENS.fullmatch(first) and _UNITS.fullmatch(second)
    prefixed = _PREFIXES.fullmatch(first) and f"{first}{second}".lower() not in words
    stays = number or prefixed or f"{first}-{second}".lower() in words
    if stays or second[:1].isupper():
        line.glue(following, keep=True)
    else:
        line.glue(following, keep=False)
