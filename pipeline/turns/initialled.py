"""Labels that shorten a name to initials, or to the start of it: "A. B-C", "Ann. B"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.turns.labels import Label
from pipeline.turns.spelling import without_accents
from pipeline.turns.vocabulary import BODIES

Key = tuple[str, ...]
# "A. B", "A.B", "A. B-C", "Ann. B"
_SHORT = re.compile(r"[^\W\d_a-z][a-z]{0,3}\.[\s-]?(?:[^\W\d_a-z]\.?[\s-]?){1,3}")
_PARTS = re.compile(r"[\s.-]+")
_OPENS = re.compile(r"([A-Z]{2,4}):\s")
_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){1,5}")
_OFTEN = 3


def find_initials(texts: Sequence[str]) -> frozenset[str]:
    """Initials of people named in the texts that open some of them again and again: "TEL: Yes."."""
    counts = Counter(found.group(1) for text in texts if (found := _OPENS.match(text)))
    often = [letters for letters, count in counts.items() if count >= _OFTEN]
    names = {name for text in texts for name in _NAME.findall(text)} if often else set()
    return frozenset(letters for letters in often if any(_spells(letters, name) for name in names))


def _spells(letters: str, name: str) -> bool:
    """The letters are those that neighbouring words of the name open with."""
    return letters.casefold() in "".join(word[:1] for word in _PARTS.split(without_accents(name)))


def is_initialled(name: str) -> bool:
    """The name is given by initials with full stops, but for a few letters of the first."""
    return bool(_SHORT.fullmatch(name))


def are_initials(letters: str, name: str) -> bool:
    """The letters open words of the name in order, the first of them its first word."""
    words = iter(word[:1] for word in _PARTS.split(without_accents(name)))
    letters = without_accents(letters)
    return next(words, "") == letters[:1] and all(letter in words for letter in letters[1:])


def written_in_full(labels: Sequence[Label], keys: Sequence[Key]) -> dict[Key, Key]:
    """The full name of each label that shortens one, where that can be told.

    It is the only one that fits, or the only one left when the others have labels that fit nobody
    else: beside "Ann. B" for Anna Bell, "A. B" is Arno Bruhn.
    """
    short: dict[Key, str] = {}
    full: dict[Key, str] = {}
    for label, key in zip(labels, keys, strict=True):
        if label.hint or label.titles or BODIES.issuperset(key):
            continue
        if is_initialled(label.name):
            short[key] = label.name
        elif len(key) > 1:
            full.setdefault(key, label.name)
    fitting = {
        key: {one for one, whole in full.items() if _shortens(name, whole)}
        for key, name in short.items()
    }
    found = {key: next(iter(names)) for key, names in fitting.items() if len(names) == 1}
    return {**found, **_left_over(fitting, set(found.values()))}


def _left_over(fitting: Mapping[Key, set[Key]], taken: set[Key]) -> dict[Key, Key]:
    """For those that fit several names, the one that nobody else has taken."""
    free = {key: names - taken for key, names in fitting.items() if len(names) > 1}
    return {key: next(iter(names)) for key, names in free.items() if len(names) == 1}


def _shortens(short: str, name: str) -> bool:
    """Each part of the short name opens the word of the full one that stands in its place."""
    parts = [part for part in _PARTS.split(without_accents(short)) if part]
    words = [word for word in _PARTS.split(without_accents(name)) if word]
    return len(parts) == len(words) and all(map(str.startswith, words, parts))
