"""Who is presented above a talk as the one asked: by its headline, an age, or a line of life."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

UPPER = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_PARTICLE = r"(?: (?:de|la|van|der|von|bin|al|el|da|dos))*"
NAME = (
    rf"(?:{UPPER}[^\W\d_][\w’'-]*|{UPPER}\.){_PARTICLE}"
    rf"(?: (?:{UPPER}\.|(?:[ae]l-)?{UPPER}[\w’'-]*)){{1,5}}"
)
# "NAME: 'We count ships'", "NAME on ships"; behind an office as well, "River pilot NAME:"
_HEADLINE = re.compile(rf"(?P<name>(?-i:{NAME}))(?::\s+\S|\s+on\s+[\w‘“'\"])")
_AGED = re.compile(rf"(?P<name>{NAME}), (?:aged )?[2-9]\d,")
_LIFE = re.compile(
    rf"^(?P<name>{NAME})(?:,[^,.]{{3,90}},)? (?:is|was|has|had|spent|served|teaches|taught|joined|"
    r"leads|led|heads|headed|runs|ran|works|worked|grew up|became|received)\b"
)
_CREDIT = re.compile(r"\b(?:by|photos?|photograph\w*|photo by|source|image)\W*$", re.I)
_HEADLINES, _HEADLINE_WORDS, _AGAIN = 10, 25, 2


def find_presented(texts: Sequence[str], *, signed: frozenset[str]) -> list[str]:
    """Return the names of those whom the text around a talk presents, most surely first.

    Each is named again, in full or by the last name: a headline alone may be about anybody.

    Args:
        texts: what stands around the talk, a title first.
        signed: names of those who sign the text.
    """
    everything = "\n".join(texts)
    found: dict[str, None] = {}
    for name in _presented(texts):
        family = re.escape(name.split()[-1])
        times = len(re.findall(rf"\b{family}\b", everything))
        if name not in signed and times >= _AGAIN:
            found.setdefault(name)
    return list(found)


def _presented(texts: Sequence[str]) -> Iterator[str]:
    heads = [text for text in texts[:_HEADLINES] if len(text.split()) <= _HEADLINE_WORDS]
    for pattern, where in ((_HEADLINE, heads), (_AGED, texts), (_LIFE, texts)):
        for text in where:
            for match in pattern.finditer(text):
                if not _CREDIT.search(text[: match.start()]):
                    yield match.group("name")
