"""What words alone say about a name: treaties and events by their form, words that are no name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.actors.context import Context
from pipeline.actors.lexicon import Label

_NUMBERED = re.compile(r"\W*[A-Z]{1,3}/\S*\d\S*|PV\.?\s?\d\S*|[A-Z]\.?|\W+")
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


def is_no_name(text: str, context: Context) -> bool:
    """Tell whether a stock span is no name: a document number, an initial, a listed word."""
    if text in context.no_names or not any(map(str.isupper, text)):
        return True
    return _NUMBERED.fullmatch(text) is not None


def find_patterns(text: str) -> Iterator[tuple[int, int, Label]]:
    """Yield the spans and labels of treaties and events of two words or more."""
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start = match.start()
            while (opening := _OPENING.match(text, start)) is not None:
                start = opening.end()
            if " " in text[start : match.end()]:
                yield start, match.end(), label
