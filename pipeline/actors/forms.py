"""The label of a name by its own words: a river is a place, a ministry an organisation.

Corrects the stock recogniser, which often finds that words are a name and not of what. The word
lists are in ``context.toml``. Treaties, events and, by a list, large cities are found here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from pipeline.actors.context import Context
from pipeline.actors.lexicon import Label

_FIRST: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ORG", re.compile(r"(?:University|Institute|Bank|Ministry|Department|Academy) (?:of|for) ")),
    ("EVENT", re.compile(r"(?:Battle|Siege) of [A-Z]|Hurricane [A-Z]|Operation [A-Z]")),
)
_THEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("LOC", re.compile(r"(?:Lake|Mount|Cape|(?:Strait|Straits|Gulf|Bay|Sea) of) [A-Z]")),
    ("GPE", re.compile(r"(?:(?:Province|City|Republic|Kingdom) of|St\.?|Saint) [A-Z]\w+$")),
)
_OFFICES = re.compile(
    r"(?:minister|secretar|head|chair|chairman|president|representative|ambassador|member|leader"
    r"|governor|mayor|chief|commissioner|director|chancellor)(?:s|y|ies|person)? (?:for|of)\b"
)
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


def label_by_form(text: str, context: Context) -> str | None:
    """Return the label that the first or last word of a name implies, if any."""
    words = text.split()
    if len(words) < 2 or not words[0][:1].isupper():
        return None
    by_head = ((label, None) for label, heads in context.heads.items() if words[-1] in heads)
    for label, opening in (*_FIRST, *by_head, *_THEN):
        if opening is None or opening.match(text):
            return label
    return None


def is_office(text: str) -> bool:
    """Tell whether words are an office, no organisation: "Ministers for Trade"."""
    return _OFFICES.match(text.lower()) is not None


def is_person_by_form(text: str, forenames: frozenset[str], context: Context) -> bool:
    """Tell whether two to four capitalised words begin with a forename and end with no head."""
    words = text.split()
    if not 2 <= len(words) <= 4 or words[0] not in forenames:
        return False
    plain = all(word[0].isupper() and word.replace("-", "").isalpha() for word in words[1:])
    return plain and not any(words[-1] in heads for heads in context.heads.values())


def is_no_name(text: str, context: Context) -> bool:
    """Tell whether stock words are no name: a document's number, an initial, a word listed."""
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


@lru_cache(maxsize=1)
def load_cities() -> frozenset[str]:
    """Read the names of large cities."""
    path = files("pipeline").joinpath("lexicons").joinpath("cities.txt")
    lines = path.read_text(encoding="utf8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
