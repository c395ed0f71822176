"""Names that stand once, alone on a line, and are announced in the turn above: heard in a report.

A reporter goes from one person to the next, "I spoke to a trader who goes by Anna", and each may
be heard only once. A subheading is a short line too; nobody announces it as somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import is_headline, is_stage_direction
from pipeline.turns.prose import is_ended

_ANNOUNCES = re.compile(
    r"\b(?:sp(?:oke|eaks?|eaking|oken)|talk(?:s|ed|ing)?|chat(?:s|ted)?|meets?|met|ask(?:s|ed)?|"
    r"visit(?:s|ed)?|join(?:s|ed|ing)?|hear(?:s|d)?|listen|introduc\w+|turn(?:s|ed)? to|"
    r"put \w+ to|calls? (?:him|her|them)sel(?:f|ves)|go(?:es)? by|known as|named|called|says?|said|"
    r"tells?|told|explains?|remembers?|recalls?|with me|here(?:[’']s| is)|this is|over to)\b",
    re.I,
)
_WHO = re.compile(
    r"^(?:,? who\b|, (?:an?|the|one of|aged|\d)\b| (?:is|was|has been|runs|ran|keeps|kept|lives|"
    r"lived|works|worked|leads|led|owns|teaches|sells|grows)\b)"
)
_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)\]]*\s+")
_MOSTLY, _FEWEST = 0.8, 4


def add_announced(document: Document, kept: Sequence[Mark], found: Sequence[Mark]) -> list[Mark]:
    """Return the marks kept, and the names that stand once and are announced in the turn above.

    Only where nearly all labels stand alone on their lines, and sentences stand below the name.

    Args:
        document: what the marks stand in.
        kept: marks that are labels for certain, in order.
        found: all that look like labels, in order.
    """
    alone = sum(_stands_alone(document, mark) for mark in kept)
    if len(kept) < _FEWEST or alone < _MOSTLY * len(kept):
        return list(kept)
    places = [mark.index for mark in kept]
    added = []
    for mark in found:
        place = bisect_left(places, mark.index)
        if mark in kept or place == 0 or not _heads_speech(document, mark, places):
            continue
        above = range(places[place - 1] + 1, mark.index)
        if _is_announced(document, mark, above):
            added.append(mark)
    return sorted([*kept, *added], key=lambda mark: mark.index)


def _stands_alone(document: Document, mark: Mark) -> bool:
    return mark.start >= len(document.paragraphs[mark.index].text)


def _heads_speech(document: Document, mark: Mark, places: Sequence[int]) -> bool:
    """A name alone on its line, of words that stand nowhere in lower case, above sentences."""
    named = mark.label.cased and not mark.label.hint and bool(mark.label.core)
    if not named or not _stands_alone(document, mark):
        return False
    if not document.lower_words.isdisjoint(mark.label.core):
        return False
    below = [i for i in document.body if i > mark.index][:1]
    return bool(below) and below[0] not in places and not is_headline(document.paragraphs[below[0]])


def _is_announced(document: Document, mark: Mark, above: Sequence[int]) -> bool:
    """A sentence right above says who that is, or that somebody spoke to them."""
    said = [
        text for index in above if not is_stage_direction(text := document.paragraphs[index].text)
    ]
    if not said or not is_ended(said[-1]):
        return False
    name = re.compile(rf"\b{re.escape(mark.label.name)}\b")
    for sentence in _SENTENCE.split(said[-1]):
        for called in name.finditer(sentence):
            if _ANNOUNCES.search(sentence) or _WHO.match(sentence[called.end() :]):
                return True
    return False
