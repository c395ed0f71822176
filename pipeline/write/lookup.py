"""The records of an annotated interview by the ids that join them, and the names of holders.

The tables over all interviews must not merge two people. A name identifies a person in every
interview; a letter, a numbered speaker or a bare role is another person in each interview, and
gets the speaker's id.

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
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, Protocol, TypeVar

from pipeline.records import (
    Attribution,
    Claim,
    Entity,
    Interview,
    Speaker,
    Stance,
    Turn,
    Unit,
    index_at,
)
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

Position = Literal["favor", "against", "neutral", "abstained"]
POSITIONS: tuple[Position, ...] = ("favor", "against", "neutral", "abstained")
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


class _OfUnit(Protocol):
    @property
    def unit_id(self) -> str: ...


_T = TypeVar("_T", bound=_OfUnit)


def position(stance: Stance) -> Position:
    """Return how a stance is counted: its polarity, or ``abstained``."""
    return "abstained" if stance.abstained else stance.polarity


class Lookup:
    """The records of one interview by the ids that join them."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.turns: Mapping[str, Turn] = interview.turn_by_id()
        self.speakers: Mapping[str, Speaker] = interview.speaker_by_id()
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in interview.units or ()}
        self.claims: Mapping[str, Claim] = {
            claim.unit_id: claim for claim in interview.claims or ()
        }
        entities, reports = interview.entities or (), interview.attributions or ()
        self._attributions = _by_unit(reports)
        self._blocs = {one.actors[0]: one.blocs for one in entities if len(one.actors) == 1}
        named = (actor for entity in entities for actor in entity.actors)
        self._actors = frozenset((*(one.holder_actor for one in reports), *named))
        judged = interview.judged_units() if interview.units is not None else ()
        self._judged = frozenset(unit.id for unit in judged)
        self._stances = _by_unit(interview.stances or ())
        self._units_of_turn = interview.units_by_turn()

    def units_of(self, turn: Turn) -> tuple[Unit, ...]:
        """Units of a turn, in order."""
        return tuple(self._units_of_turn.get(turn.id, ()))

    def turn_of(self, unit: Unit) -> Turn:
        """The turn of a unit."""
        return self.turns[unit.turn_id]

    def speaker_of(self, unit: Unit) -> Speaker:
        """The speaker of a unit."""
        return self.speakers[self.turn_of(unit).speaker_id]

    def is_judged(self, unit: Unit) -> bool:
        """Whether claims and stance are judged on the unit."""
        return unit.id in self._judged

    def is_coded(self, unit: Unit) -> bool:
        """Whether the codes of the unit are counted: it is judged, and a respondent's."""
        return self.is_judged(unit) and self.speaker_of(unit).role == "respondent"

    def coded_units(self) -> tuple[Unit, ...]:
        """The units whose codes are counted, in order."""
        return tuple(unit for unit in self.units.values() if self.is_coded(unit))

    def own(self, unit: Unit) -> tuple[Stance, ...]:
        """The speaker's own stances in a unit."""
        return tuple(s for s in self._stances.get(unit.id, ()) if s.voice == "own")

    def attributed(self, unit: Unit) -> tuple[Stance, ...]:
        """The stances that the unit reports as another's."""
        return tuple(s for s in self._stances.get(unit.id, ()) if s.voice == "attributed")

    def attributions_of(self, unit: Unit) -> tuple[Attribution, ...]:
        """What a unit reports as another's, in order."""
        return tuple(self._attributions.get(unit.id, ()))

    def blocs_of(self, actor: str) -> tuple[str, ...]:
        """An actor's blocs at the interview's date; none if only groups with it are named."""
        return self._blocs.get(actor, ())

    def own_stance(self, unit: Unit) -> Stance | None:
        """The most probable of the speaker's own stances in a unit, the first of equals."""
        return max(self.own(unit), key=lambda stance: stance.probability or 0.0, default=None)

    def unit_at(self, entity: Entity) -> Unit | None:
        """The unit in which an entity starts."""
        units = self._units_of_turn.get(entity.turn_id, [])
        index = index_at(units, entity.start)
        return None if index is None else units[index]

    def holder_kind(self, stance: Stance) -> Literal["speaker", "actor", "words"]:
        """What a stance's holder names: an actor is one that the interview names or reports."""
        if stance.voice == "own":
            return "speaker"
        return "actor" if stance.holder in self._actors else "words"

    def holder_name(self, stance: Stance) -> str:
        """The holder's name for a reader, with an id if it identifies no one elsewhere.

        A holder named by a pronoun ("my father", "he") is another person in each interview.
        """
        if speaker := self.speakers.get(stance.holder):
            return speaker_name(speaker)
        by_pronoun = _PRONOUN.match(stance.holder)
        return f"{stance.holder} ({self.interview.id})" if by_pronoun else stance.holder


def _by_unit(records: Iterable[_T]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for record in records:
        found[record.unit_id].append(record)
    return found


def speaker_name(speaker: Speaker) -> str:
    """Return a speaker's name, with the id if the name is not personal, or the id alone."""
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
