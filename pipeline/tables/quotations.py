"""Which sentences are clear quotations of a stance: how clear one is, and which say the same.

The page and ``westward quotes`` use the same measures, so that they show the same sentences.

Example:
    >>> alike("The sanctions hurt our own farmers.", "Sanctions hurt the farmers!")
    True
    >>> alike("The sanctions hurt our own farmers.", "The alliance keeps the peace.")
    False
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from pipeline.records import Interview, Stance, Unit
from pipeline.tables.identity import Holder, Target, holder_of, target_of
from pipeline.tables.lookup import Lookup, Position, position
from pipeline.tables.totals import fact_of

SHORT, LONG = 8, 30
"""Words of a sentence that a reader can quote whole and that says what it is about."""
MEANT, DOUBTED, UNSTATED = 0.6, 0.7, 50
"""What a target that is only meant, and each flag, leave of clearness; per cent, where the judge
states no probability."""
SAME = 0.6
"""The share of words in common from which one of two sentences is enough."""
MIN_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Quotation:
    """A stance in its sentence, with the sentences around it and its source.

    Attributes:
        who: its holder; for a reported stance, not the speaker.
        speaker: who says the sentence.
        before, after: neighbours in the turn, empty where there is none.
        clearness: 0 to 100.
    """

    interview: Interview
    unit: Unit
    stance: Stance
    who: Holder
    spelling: str
    speaker: Holder
    on: Target
    position: Position
    before: str
    after: str
    clearness: int


def clearness(stance: Stance, text: str) -> int:
    """Return how clear a quotation a stance is, from 0 to 100.

    The probability, less for what is short or long, for a target that no word names, and for each
    flag that says to read twice. 0 where the judge would not decide.
    """
    if stance.abstained:
        return 0
    words = len(text.split())
    fit = min(1.0, words / SHORT, LONG / max(words, 1))
    probability = UNSTATED if stance.probability is None else 100 * stance.probability
    named = 1.0 if stance.target_text is not None else MEANT
    return round(probability * fit * named * DOUBTED ** len(stance.flags))


def alike(one: str, other: str) -> bool:
    """Tell whether two sentences have most of their longer words in common (cosine of sets)."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return one == other
    return len(first & second) / sqrt(len(first) * len(second)) >= SAME


def _words(text: str) -> set[str]:
    found = _WORD.findall(text.casefold())
    return {word for word in found if len(word) >= MIN_LETTERS}


def distinct(items: Iterable[_Item], text: Callable[[_Item], str], most: int) -> list[_Item]:
    """Return the first items none of which is like one before it."""
    kept: list[_Item] = []
    for item in items:
        if len(kept) == most:
            break
        if not any(alike(text(item), text(one)) for one in kept):
            kept.append(item)
    return kept


def quotations_of(interview: Interview) -> Iterator[Quotation]:
    """Yield the stances of an interview that are counted, each as a quotation."""
    lookup = Lookup(interview)
    for unit in lookup.coded_units():
        around = lookup.units_of(lookup.turn_of(unit))
        at = around.index(unit)
        for _, stance in lookup.stances_of(unit):
            fact = fact_of(lookup, unit, stance)
            yield Quotation(
                interview=interview,
                unit=unit,
                stance=stance,
                who=fact.who,
                spelling=fact.spelling,
                speaker=holder_of(lookup.speaker_of(unit)),
                on=target_of(stance),
                position=position(stance),
                before=around[at - 1].text if at else "",
                after=around[at + 1].text if at + 1 < len(around) else "",
                clearness=clearness(stance, unit.text),
            )


def clearest(quotations: Iterable[Quotation], most: int) -> list[Quotation]:
    """Return the clearest quotations, without those that say nearly the same."""
    ranked = sorted(quotations, key=lambda one: (-one.clearness, one.unit.id))
    decided = (one for one in ranked if one.position != "abstained")
    return distinct(decided, lambda one: one.unit.text, most)
