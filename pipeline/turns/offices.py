"""Labels that only say an office: "PRIME MINISTER", behind "NAME, PRIME MINISTER" at the start."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.turns.labels import Label
from pipeline.turns.vocabulary import BODIES, PARTICLES, TITLES, words

Key = tuple[str, ...]
# words that make another office of one, "former prime minister"
_ANOTHER = words("former ex deputy vice acting shadow assistant under honorary elect")
_PERSONAL = words("mr mrs ms miss mx dr prof professor sir lord lady dame speaker")


def find_holders(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """Return for each office that is a label of its own the speaker who was introduced with it.

    The holder's name comes first, and no more once the office alone is used: "THE PRESIDENT" beside
    "PRESIDENT NORTH", who speaks in turn with him, is another president. Nor is it known whose an
    office is that two of them hold.

    Args:
        labels: in order.
        keys: the speaker of each label, as far as the names tell.
    """
    bare = [is_office(label) for label in labels]
    holders: dict[Key, frozenset[str]] = {}
    for label, key, office in zip(labels, keys, bare, strict=True):
        if not office and label.hint is None:
            holders[key] = holders.get(key, frozenset()) | _office_words(label)
    last = {key: index for index, key in enumerate(keys)}
    first = {key: index for index, key in reversed(list(enumerate(keys)))}
    meeting = set(pairwise(keys))
    found: dict[Key, Key] = {}
    for key in {key: None for key, office in zip(keys, bare, strict=True) if office}:
        wanted = _plain(labels[first[key]].core)
        fitting = [
            holder
            for holder, held in holders.items()
            if wanted and wanted <= held and not (held - wanted) & _ANOTHER
        ]
        exact = [holder for holder in fitting if holders[holder] == wanted]
        fitting = exact or fitting
        if len(fitting) != 1:
            continue
        holder = fitting[0]
        if last[holder] < first[key] and (holder, key) not in meeting:
            found[key] = holder
    return found


def is_office(label: Label) -> bool:
    """The label has words of office only, and at least one that is no form of address."""
    said = _plain(label.core)
    known = label.hint is None and (TITLES | BODIES).issuperset(label.core)
    return known and bool(said & TITLES) and not said <= _PERSONAL


def _office_words(label: Label) -> frozenset[str]:
    affiliation = (label.affiliation or "").casefold().replace(",", " ").split()
    body = [word for word in label.core if word in BODIES]
    return _plain([*label.titles, *affiliation, *body]) - _PERSONAL


def _plain(said: Sequence[str]) -> frozenset[str]:
    return frozenset(word.strip(".,'’") for word in said) - PARTICLES - {"the"}
