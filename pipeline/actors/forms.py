"""Forms of names: treaties and events, words that are no name, spellings that no table lists.

A full name may have an initial, a patronymic, another form of the forename: "Joseph R. Biden" and
"Sergey Viktorovich Lavrov" are in no list, but the table has a Joe Biden and a Sergei Lavrov.
Forms of one forename are listed in ``context.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.actors.context import Context
from pipeline.actors.lexicon import Actor, Label
from pipeline.actors.table import ActorTable

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
_INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.?)*")
_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oe]vich|[oe]vych|[oe]vna|ivna|inichna|ich)")


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


def find_leader(name: str, actors: ActorTable) -> Actor | None:
    """The leader of the table that a full name means, if spelt in a way the table does not list.

    A leader whose own name has an initial is left out: another initial is another person's.
    """
    first, *rest = name.split()
    if not rest:
        return None
    last = [word for word in rest[:-1] if not _is_between(word)] + rest[-1:]
    alike = (forms for forms in actors.context.forenames if first in forms)
    for forename in next(alike, (first,)):
        for sense in actors.senses_of(" ".join((forename, *last))):
            leader = sense.actor
            if leader is None or leader.kind != "leader":
                continue
            if not any(map(_is_between, leader.name.split())):
                return leader
    return None


def _is_between(word: str) -> bool:
    return bool(_INITIAL.fullmatch(word) or _PATRONYMIC.fullmatch(word))
