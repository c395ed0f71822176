"""Words of reports, and signs that the words of a unit may not be meant literally."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.lexicons import read_lexicon
from pipeline.records import Record

LEXICON = "attribution.toml"
_IRONY = re.compile(
    r"\b(how (touching|kind|generous|noble|convenient)|of all (people|places|capitals|countries)"
    r"|who else|oh yes|oh sure|bravo|what a (triumph|surprise|coincidence)|poor things?"
    r"|so-called|kindly informs?)\b",
    re.IGNORECASE,
)
_SCARE = re.compile(r"[\"“‘«'](?=\w)[^\"“”‘’«»']{2,40}[\"”’»'](?!\w)")
_SAID = re.compile(r"[.,!?]$|\s(is|are|was|were|have|has|will)\s")


class Cues(Record):
    """Lemmas, lower case: cues of reports, and nouns for people and bodies."""

    cues: frozenset[str]
    people: frozenset[str]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """Read and validate ``lexicons/attribution.toml``.

    Raises:
        ArtefactError: the file is not valid TOML, or a list is missing or unknown.
    """
    return read_lexicon(LEXICON, Cues)


def flags_of_words(text: str) -> tuple[str, ...]:
    """Return the flags of a unit's words: ``question``, ``irony``, ``scare-quotes``.

    A flag is no verdict: it asks a reader to look. Irony without a sign on the page is not found.

    Example:
        >>> flags_of_words("Who believes in the “values” of the West?")
        ('question', 'scare-quotes')
    """
    flags = ["question"] if text.rstrip(" \"”’»'").endswith("?") else []
    if _IRONY.search(text):
        flags.append("irony")
    if any(not _SAID.search(match[0][1:-1]) for match in _SCARE.finditer(text)):
        flags.append("scare-quotes")
    return tuple(flags)
