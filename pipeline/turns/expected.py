"""Labels that stand once, known by their place: where one answers all, and somebody has to ask."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.questions import asks
from pipeline.turns.speakers import group_labels

_HUB, _ANSWERS = 0.4, 3
_MOST_GAPS = 2 / 3


def add_expected(document: Document, kept: Sequence[Mark], found: Sequence[Mark]) -> list[Mark]:
    """Return the marks kept, and those that ask alone between two turns of who answers the others.

    Agencies ask once each at a press conference, and "Harbour Times" has words that the text has
    too. Where the one who answers hardly follows himself otherwise, somebody has spoken between,
    and before his first answer. A list within an answer, "Next step: ...", asks nothing, or has
    items beside it.

    Args:
        document: what the marks stand in.
        kept: marks that are labels for certain, in order.
        found: all that look like labels, in order.
    """
    keys = group_labels([mark.label for mark in kept])
    counts = Counter(keys)
    hub, turns = max(counts.items(), key=lambda item: item[1], default=((), 0))
    if turns < max(_ANSWERS, _HUB * len(kept)):
        return list(kept)
    spare = [mark for mark in found if mark not in kept and mark.label.cased]
    places = [mark.index for mark in spare]
    added: list[Mark] = []
    gaps = [
        pair for pair, at in zip(pairwise(kept), pairwise(keys), strict=True) if at == (hub, hub)
    ]
    for one, two in gaps:
        between = spare[bisect_left(places, one.index + 1) : bisect_left(places, two.index)]
        if len(between) == 1 and _asks_alone(document, between[0], two):
            added += between
    if len(added) < _MOST_GAPS * len(gaps):
        return list(kept)
    above = [mark for mark in spare if mark.index < kept[0].index]
    if keys[0] == hub and above and _asks_alone(document, above[-1], kept[0]):
        added.append(above[-1])
    return sorted([*kept, *added], key=lambda mark: mark.index)


def _asks_alone(document: Document, mark: Mark, following: Mark) -> bool:
    """The mark's paragraph asks, and the next turn follows at once."""
    between = [i for i in document.body if mark.index < i < following.index]
    return not between and asks(document.paragraphs[mark.index].text[mark.start :])
