"""Text besides speech in a transcript: stage directions and phrases of page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.turns.vocabulary import read_lists

_DIRECTION = re.compile(r"[*_\s]*(?:[(\[{<]{1,2}[^()\[\]{}<>]{0,200}[)\]}>]{1,2}[\s.,;*_]*)+$")
_BRACKETED = re.compile(r"[(\[{<]")
_RULE = re.compile(r"^[\W_]+$")
_LONGEST = 60
_FAMILIES: Mapping[str, tuple[tuple[str, bool], ...]] = {
    family: tuple((phrase.lstrip("^"), phrase.startswith("^")) for phrase in phrases)
    for family, phrases in read_lists("furniture").items()
}


def is_stage_direction(text: str) -> bool:
    """The text consists of directions in brackets, ``(Laughter.)``, or a rule, ``* * *``."""
    return bool(_RULE.match(text) or (_BRACKETED.search(text[:4]) and _DIRECTION.match(text)))


def furniture_families(text: str) -> Iterator[str]:
    """Yield the families of ``furniture.toml`` that a paragraph has a phrase of."""
    if len(text.split()) > _LONGEST:
        return
    lower = text.lower().lstrip('*_#•-–—→▶| \t"“')
    for family, phrases in _FAMILIES.items():
        if any(lower.startswith(phrase) if opens else phrase in lower for phrase, opens in phrases):
            yield family
