"""The errors a user can cause, each with where, what was found, what was expected, what next."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_MIN_SIMILARITY = 0.72  # Ratcliff and Obershelp's measure, as difflib computes it
_LISTED = 20


class WestwardError(Exception):
    """Base of all errors that are reported to the user without a traceback."""


class InputError(WestwardError):
    """A transcript, an index or an annotation file cannot be used as it is."""


class ConfigError(WestwardError):
    """A setting is unknown, or its value is out of range."""


class ArtefactError(WestwardError):
    """A model or a lexicon is missing, altered, or of another version."""


def legible(path: str | os.PathLike[str]) -> str:
    """Return a path as messages and records name it: bytes that are not UTF-8 are escaped."""
    return os.fsencode(path).decode("utf8", "backslashreplace")


def near(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return the known words most similar to a word, best first, ignoring case."""
    by_folded: dict[str, str] = {}
    for one in known:
        by_folded.setdefault(one.casefold(), one)
    found = get_close_matches(word.casefold(), by_folded, n=most, cutoff=_MIN_SIMILARITY)
    return [by_folded[folded] for folded in found]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean A or B?`` for known words that are similar, hold it, or one like it.

    Example:
        >>> did_you_mean("Puton", ["Vladimir Putin", "China"])
        '; did you mean Vladimir Putin?'
    """
    known = list(known)
    holding = [one for one in known if word and word.casefold() in one.casefold()]
    found = near(word, known) or holding or _with_a_word_near(word, known)
    return f"; did you mean {' or '.join(found[:3])}?" if found else ""


def _with_a_word_near(word: str, known: Sequence[str]) -> list[str]:
    words = {one: set(one.casefold().split()) for one in known}
    similar = near(word, sorted(set().union(*words.values())))
    return [one for one in known if not words[one].isdisjoint(similar)]


def listed(names: Sequence[str]) -> str:
    """Return the first names, and how many there are in all if there are more."""
    more = f", ... ({len(names)} in all)" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
