"""Names that their form gives away: treaties and events, and large cities by a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from pipeline.actors.lexicon import Label

_WORD = r"[A-Z][\w-]*"
_YEAR = r"(?:(?:19|20)\d\d )?"
_LAW = "Treaty|Convention|Accords?|Protocol|Doctrine|Pact|Act|Strategic Concept|Memorandum|Charter"
_EVENT = "Summit|War|Revolution|Uprising|Conference|Forum|Games|Olympics|Crisis"
_LAWS_OF = "Treaty|Convention|Charter|Declaration|Constitution"
_PATTERNS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("LAW", re.compile(rf"\b{_YEAR}(?:{_WORD} ){{0,4}}(?:{_LAW})\b(?! [A-Z])")),
    ("LAW", re.compile(rf"\b(?:{_LAWS_OF}) (?:of|on)(?: the)?(?: {_WORD})+")),
    ("EVENT", re.compile(rf"\b(?:{_WORD} ){{1,4}}(?:{_EVENT})\b(?! [A-Z])")),
)
_OPENING = re.compile(
    r"(?:The|This|That|Our|Their|His|Its|And|But|In|At|On|For|A|An|During|After|Before|Since|With"
    r"|Without|From|Under|By|To|Every|Each|No|If|When|As|So|Yes|Of) "
)


def find_patterns(text: str) -> Iterator[tuple[int, int, Label]]:
    """Yield the spans and labels of treaties and events of two words or more."""
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = match.start()
            while (opening := _OPENING.match(text, start)) is not None:
                start = opening.end()
            if " " in text[start : match.end()]:
                yield start, match.end(), label


@lru_cache(maxsize=1)
def load_cities() -> frozenset[str]:
    """Read the names of large cities."""
    path = files("pipeline").joinpath("lexicons").joinpath("cities.txt")
    lines = path.read_text(encoding="utf8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
