"""Words broken at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.ingest.content import Line

_INSIDE = re.compile(r"\b\w+-\w+\b")
_BROKEN = re.compile(r"(\w*[^\W\d_])[-\u00ad\u2010]$")
_GOES_ON = re.compile(r"^([^\W\d_]+)")
# parts of words that keep their hyphen at the end of a line
_PREFIXES = re.compile(
    r"(?:non|anti|pro|post|pre|ex|self|well|co|so|half|all|vice|cross|"
    r"counter|semi|mid|long|short|high|low|far|near|north|south|east|west)",
    re.I,
)


def find_compounds(lines: Iterable[str]) -> frozenset[str]:
    """The words that have a hyphen inside a line, in lower case."""
    return frozenset(word.lower() for line in lines for word in _INSIDE.findall(line))


def join_hyphenated(line: Line, following: Line, compounds: frozenset[str]) -> None:
    """Continue a line with the next one; a word broken between them becomes whole.

    The hyphen stays where the compound stands elsewhere with it, or its first part is a prefix
    that takes one.
    """
    broken, rest = _BROKEN.search(line.ending()), _GOES_ON.match(following.plain())
    if not broken or not rest:
        line.join(following)
        return
    first, second = broken.group(1), rest.group(1)
    stays = f"{first}-{second}".lower() in compounds or _PREFIXES.fullmatch(first) is not None
    if stays or second[:1].isupper():
        line.glue(following, keep=True)
    else:
        line.glue(following, keep=False)
