"""Who holds a stance and what it is on: one key and one name for all tables, pages and estimates.

The tables over all interviews must not merge two people. A person whom the register of the corpus
or the lexicon of leaders names is one holder, whatever the affiliation. Of other speakers a name
with affiliation and country identifies a person in every interview; a letter, a numbered speaker
or a bare role is another person in each interview, and gets the speaker's id.

Example:
    >>> from pipeline.records import Speaker
    >>> speaker_name(Speaker(id="a.s2", name="Foreign Minister", role="respondent"))
    'Foreign Minister (a.s2)'
    >>> is_personal("A"), is_personal("SPEAKER_01"), is_personal("Former ambassador")
    (False, False, False)
    >>> is_personal("President Macron")
    True
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.attribution import load_cues
from pipeline.records import Speaker, Stance
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

TargetKind = Literal["actor", "words", "unnamed"]
Target = tuple[str, TargetKind]
UNNAMED = "(only meant)"
_JOIN = " · "
_WORD = re.compile(r"[^\W\d_]+")
_REMARK = re.compile(r"(?<=\w)\s*[,(\[].*", re.DOTALL)
_PRONOUN = re.compile(
    r"(?:one of )?(?:hers?|him|his|he|its?|my|our|she|theirs?|them|they|us|your)\b", re.IGNORECASE
)
_ROLES = words(
    "anonymous caller councillor finance fellow interior "
    "panelist panellist participant person principal research "
    "retired senior spk subject unidentified unknown unnamed user visiting voice"
)


class Holder(NamedTuple):
    """A holder in one voice, the same in every count; speakers are one if all of it is the same.

    Affiliation and country tell namesakes apart: they are empty where unknown, of a person of the
    register or of the lexicon, and of a holder who is no speaker. The name of a holder known by
    words alone is in lower case.
    """

    voice: str
    name: str
    kind: str
    affiliation: str
    country: str

    @property
    def about(self) -> str:
        """Affiliation and country, as "NATO · NO"; empty where neither is known."""
        return _JOIN.join(filter(None, self[3:]))

    @property
    def shown(self) -> str:
        """The name for a reader, with what tells namesakes apart: "Ana Díaz · CL"."""
        return _JOIN.join(filter(None, (self.name, self.about)))

    @property
    def id(self) -> str:
        """The same in all tables and interviews."""
        return f"{self.kind}:" + ", ".join(filter(None, self[1:2] + self[3:]))


def target_of(stance: Stance) -> Target:
    """Return the target of a stance, the same in all interviews, and its kind."""
    if stance.target_actor:
        return stance.target_actor, "actor"
    return (stance.target_text.casefold(), "words") if stance.target_text else (UNNAMED, "unnamed")


def holder_of(speaker: Speaker) -> Holder:
    """Return a speaker as a holder in the own voice."""
    about = about_of(speaker)[:2] if speaker.person is None else ("", "")
    return Holder("own", speaker_name(speaker), "speaker", *about)


class About(NamedTuple):
    """What is known of a speaker in one interview; empty where unknown."""

    affiliation: str = ""
    country: str = ""
    fields: tuple[tuple[str, str], ...] = ()


UNKNOWN = About()


def about_of(speaker: Speaker) -> About:
    """Return affiliation, country and the user's own columns of a speaker."""
    return About(speaker.affiliation or "", speaker.country or "", tuple(speaker.fields.items()))


def is_passing(words: str) -> bool:
    """Tell whether words name a holder in one interview alone: "my father", "he"."""
    return _PRONOUN.match(words) is not None


def speaker_name(speaker: Speaker) -> str:
    """Return the person's name in all interviews, or what the transcript has.

    With the id if that is not personal; the id alone if there is none.
    """
    if speaker.person:
        return speaker.person
    if not speaker.name:
        return speaker.id
    return speaker.name if is_personal(speaker.name) else f"{speaker.name} ({speaker.id})"


def is_personal(name: str) -> bool:
    """Tell whether a label has a person's name: more than letters, roles and numbers.

    A label that starts with a capital and ends in lower case ("Former ambassador") is a role. What
    follows a comma or is in brackets does not count.
    """
    found = _WORD.findall(_REMARK.sub("", name))
    if len(found) > 1 and found[0][0].isupper() and found[-1].islower():
        return False
    return any(len(word) > 1 and word.casefold() not in _role_words() for word in found)


@lru_cache(maxsize=1)
def _role_words() -> frozenset[str]:
    """Words of labels and titles, and nouns for people."""
    nouns = (part for noun in load_cues().people for part in _WORD.findall(noun))
    labels = QUESTION_WORDS | ANSWER_WORDS | INTERVIEWERS | RESPONDENTS | OTHERS
    return frozenset(nouns) | labels | TITLES | PARTICLES | _ROLES
