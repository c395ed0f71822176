"""What a holder is called in the tables over all interviews, so that no two people are one.

A name is a person's wherever it stands; a letter, a numbered speaker or a bare role is somebody
else in each interview, and is told apart by the speaker's id.

Example:
    >>> from pipeline.records import Speaker
    >>> speaker_name(Speaker(id="a.s2", name="Foreign Minister", role="respondent"))
    'Foreign Minister (a.s2)'
    >>> is_a_persons("A"), is_a_persons("SPEAKER_01"), is_a_persons("Former ambassador")
    (False, False, False)
    >>> is_a_persons("President Macron")
    True
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.records import Speaker, Stance
from pipeline.reporting import load_cues
from pipeline.turns.vocabulary import (
    ANSWER_WORDS,
    INTERVIEWERS,
    OTHERS,
    PARTICLES,
    QUESTION_WORDS,
    RESPONDENTS,
    TITLES,
    words,
)
from pipeline.write.lookup import Lookup

_WORD = re.compile(r"[^\W\d_]+")
_REMARK = re.compile(r"(?<=\w)\s*[,(\[].*", re.DOTALL)
_BY_PRONOUN = re.compile(
    r"(?:one of )?(?:hers?|him|his|he|its?|my|our|she|theirs?|them|they|us|your)\b", re.IGNORECASE
)
_ANYBODY = words(
    "anonymous caller councillor finance fellow interior "
    "panelist panellist participant person principal research "
    "retired senior spk subject unidentified unknown unnamed user visiting voice"
)


def holder_name(lookup: Lookup, stance: Stance) -> str:
    """Return the holder for a reader: of an own stance the speaker, else as it names them.

    Who is called by a pronoun ("my father", "he") is somebody else in each interview.
    """
    speaker = lookup.speakers.get(stance.holder)
    if speaker:
        return speaker_name(speaker)
    by_pronoun = _BY_PRONOUN.match(stance.holder)
    return f"{stance.holder} ({lookup.interview.id})" if by_pronoun else stance.holder


def speaker_name(speaker: Speaker) -> str:
    """Return a speaker's name; with the id where it may be another's elsewhere, or the id alone."""
    if not speaker.name:
        return speaker.id
    return speaker.name if is_a_persons(speaker.name) else f"{speaker.name} ({speaker.id})"


def is_a_persons(name: str) -> bool:
    """Tell whether a label names somebody: it is not just letters, roles and numbers.

    A label that opens with a capital and ends in lower case ("Former ambassador") is a role. What
    follows a comma or stands in brackets is left aside.
    """
    found = _WORD.findall(_REMARK.sub("", name))
    if len(found) > 1 and found[0][0].isupper() and found[-1].islower():
        return False
    return any(len(word) > 1 and word.casefold() not in _roles() for word in found)


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    """The words of roles: of labels, of titles, and nouns for people."""
    nouns = (part for noun in load_cues().people for part in _WORD.findall(noun))
    labels = QUESTION_WORDS | ANSWER_WORDS | INTERVIEWERS | RESPONDENTS | OTHERS
    return frozenset(nouns) | labels | TITLES | PARTICLES | _ANYBODY
