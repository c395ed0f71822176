"""What a sentence does for another, as a language model answers it.

The code is ``s`` (support) or ``a`` (attack) with the number of the parent sentence, or empty. Only
the numbered sentences of a request can be parents, so no link joins the parts of a divided answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.reading.forest import closing_circles
from pipeline.records import Component, RelationKind

KINDS: Mapping[str, RelationKind] = {"s": "support", "a": "attack"}
_CODE = re.compile(r"([sa])([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Link:
    """What a sentence does for another, ``parent``: its number, 0 for ``none``.

    ``probability`` is the share of samples with this parent, where there are samples.
    """

    kind: RelationKind = "none"
    parent: int = 0
    probability: float | None = None

    @property
    def sureness(self) -> float:
        """The probability; 1 where none is stated."""
        return 1.0 if self.probability is None else self.probability


Links = Mapping[int, Link | None]
"""The links of sentences by number; null where the model did not answer the question."""


def codes_of(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return all codes of links to the sentences with these numbers."""
    return ("", *(f"{sign}{number}" for number in numbers for sign in KINDS))


def read_link(code: Any, number: int, among: Collection[int]) -> Link:
    """Return the link of sentence ``number``, to one ``among`` those of the request.

    Raises:
        ValueError: it is none.
    """
    if code is None or code == "":
        return Link()
    match = _CODE.fullmatch(code) if isinstance(code, str) else None
    parent = int(match[2]) if match else 0
    if match is None or parent == number or parent not in among:
        raise ValueError('expected s or a with the number of another numbered sentence, or ""')
    return Link(KINDS[match[1]], parent)


def vote(given: Sequence[Link | None]) -> Link | None:
    """Return the most frequent parent of some samples, with its share; of equals the first."""
    said = [one for one in given if one is not None]
    if not said:
        return None
    ((parent, times),) = Counter(one.parent for one in said).most_common(1)
    ((kind, _),) = Counter(one.kind for one in said if one.parent == parent).most_common(1)
    return Link(kind, parent, round(times / len(said), 4))


def settle(links: Links, components: Mapping[int, Component]) -> Links:
    """Return links of a request that make a forest of claims and premises.

    A link to or from a sentence that is ``none`` is dropped; a sentence linked to one that failed,
    which has no component, has no answer; a circle is broken at its least probable link, of equals
    at the last. What is dropped has no probability.
    """
    settled = {number: _between(number, link, components) for number, link in links.items()}
    linked = {number: link for number, link in settled.items() if link and link.parent}
    order = sorted(linked, key=lambda number: (-linked[number].sureness, number))
    closing = closing_circles((number, linked[number].parent) for number in order)
    broken = (number for number, closes in zip(order, closing, strict=True) if closes)
    return settled | dict.fromkeys(broken, Link())


def _between(number: int, link: Link | None, components: Mapping[int, Component]) -> Link | None:
    if link is None or not link.parent:
        return link
    if link.parent not in components:
        return None
    return Link() if "none" in (components[number], components[link.parent]) else link
