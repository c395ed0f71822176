"""The records of an annotated interview by the ids that join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal, TypeVar

from pipeline.actors import ActorTable, load_actors
from pipeline.records import (
    Attribution,
    Claim,
    Decision,
    Entity,
    Interview,
    Relation,
    Speaker,
    Stance,
    Turn,
    Unit,
    index_at,
)
from pipeline.tables.identity import (
    UNKNOWN,
    About,
    Holder,
    about_of,
    holder_of,
    is_passing,
    speaker_name,
)

Position = Literal["favor", "against", "neutral", "abstained"]
POSITIONS: tuple[Position, ...] = ("favor", "against", "neutral", "abstained")
_OfUnit = TypeVar("_OfUnit", Attribution, Stance)


def position(stance: Stance) -> Position:
    """Return how a stance is counted: its polarity, or ``abstained``."""
    return "abstained" if stance.abstained else stance.polarity


class Lookup:
    """The records of one interview by the ids that join them, with the run's table of actors."""

    def __init__(self, interview: Interview, actors: ActorTable | None = None) -> None:
        self.interview = interview
        self._table = actors
        self._blocs: dict[str, tuple[str, ...]] = {}
        self.turns: Mapping[str, Turn] = interview.turn_by_id()
        self.speakers: Mapping[str, Speaker] = interview.speaker_by_id()
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in interview.units or ()}
        self.claims: Mapping[str, Claim] = {
            claim.unit_id: claim for claim in interview.claims or ()
        }
        self.relations: Mapping[str, Relation] = {
            one.from_unit: one for one in interview.relations or ()
        }
        self.decisions: Mapping[str, Decision] = {
            one.unit_id: one for one in interview.decisions or ()
        }
        entities, reports = interview.entities or (), interview.attributions or ()
        self._attributions = _by_unit(reports)
        named = (actor for entity in entities for actor in entity.actors)
        self._actors = frozenset((*(one.holder_actor for one in reports), *named))
        asked = interview.judged_units() if interview.units is not None else ()
        self._asked = frozenset(unit.id for unit in asked)
        self._failed = {one.unit_id: one.reason for one in interview.failed or ()}
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

    @cached_property
    def actors(self) -> ActorTable:
        """The table of actors."""
        return self._table or load_actors()

    def is_judged(self, unit: Unit) -> bool:
        """Whether claims and stance are judged on the unit."""
        return unit.id in self._asked and unit.id not in self._failed

    def is_failed(self, unit: Unit) -> bool:
        """Whether the judge gave no usable answer for the unit."""
        return unit.id in self._failed

    def why_failed(self, unit: Unit) -> tuple[str, ...]:
        """The reason why the judge gave no usable answer for the unit, if it gave none."""
        return (self._failed[unit.id],) if unit.id in self._failed else ()

    def is_of_respondent(self, unit: Unit) -> bool:
        """Whether the unit is for claims and stance, and a respondent's."""
        return unit.id in self._asked and self.speaker_of(unit).role == "respondent"

    def is_coded(self, unit: Unit) -> bool:
        """Whether the codes of the unit are counted: it is judged, and a respondent's."""
        return self.is_of_respondent(unit) and not self.is_failed(unit)

    def coded_units(self) -> tuple[Unit, ...]:
        """The units whose codes are counted, in order."""
        return tuple(unit for unit in self.units.values() if self.is_coded(unit))

    def is_claim(self, unit: Unit) -> bool:
        """Whether it is decided that the unit is a claim."""
        claim = self.claims.get(unit.id)
        return claim is not None and not claim.abstained and claim.component == "claim"

    def stances_of(self, unit: Unit) -> list[tuple[str, Stance]]:
        """The stances of a unit with their ids, in order."""
        found = enumerate(self._stances.get(unit.id, ()), start=1)
        return [(f"{unit.id}.s{number}", stance) for number, stance in found]

    def own(self, unit: Unit) -> tuple[Stance, ...]:
        """The speaker's own stances in a unit."""
        return tuple(s for s in self._stances.get(unit.id, ()) if s.voice == "own")

    def attributed(self, unit: Unit) -> tuple[Stance, ...]:
        """The stances that the unit reports as another's."""
        return tuple(s for s in self._stances.get(unit.id, ()) if s.voice == "attributed")

    def attributions_of(self, unit: Unit) -> tuple[Attribution, ...]:
        """What a unit reports as another's, in order."""
        return tuple(self._attributions.get(unit.id, ()))

    def reports_of(self, unit: Unit) -> list[tuple[str, Attribution]]:
        """What a unit reports as another's with the ids of the reports, in order."""
        found = enumerate(self.attributions_of(unit), start=1)
        return [(f"{unit.id}.a{number}", report) for number, report in found]

    def report_of(self, unit: Unit, stance: Stance) -> str | None:
        """The id of the report that an attributed stance rests on, if there is one.

        It is that of its holder; of several, the one whose words are its evidence.
        """
        spans = {(one.start, one.end) for one in stance.evidence}
        fitting = {
            name: len(spans & {(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)})
            for name, one in self.reports_of(unit)
            if stance.voice == "attributed" and stance.holder == one.holder
        }
        return max(fitting, key=fitting.__getitem__, default=None)

    def blocs_of(self, actor: str) -> tuple[str, ...]:
        """An actor's blocs at the interview's date."""
        if actor not in self._blocs:
            self._blocs[actor] = self.actors.blocs_of(actor, date=self.interview.date)
        return self._blocs[actor]

    def own_stance(self, unit: Unit) -> Stance | None:
        """The most probable of the speaker's own stances in a unit, the first of equals."""
        return max(self.own(unit), key=lambda stance: stance.probability or 0.0, default=None)

    def unit_at(self, entity: Entity) -> Unit | None:
        """The unit in which an entity starts."""
        units = self._units_of_turn.get(entity.turn_id, [])
        index = index_at(units, entity.start)
        return None if index is None else units[index]

    def actors_in(self, unit: Unit) -> tuple[str, ...]:
        """The actors that a unit names, or means by "they", in order, each once."""
        return tuple(self._named.get(unit.id, ()))

    @cached_property
    def _named(self) -> Mapping[str, Iterable[str]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for entity in self.interview.entities or ():
            if entity.actors and (unit := self.unit_at(entity)):
                found[unit.id] |= dict.fromkeys(entity.actors)
        return found

    def holder(self, stance: Stance) -> Holder:
        """The holder of a stance, the same in all interviews."""
        if speaker := self.speakers.get(stance.holder):
            return holder_of(speaker)
        return self.reported_holder(stance.holder)

    def about(self, stance: Stance) -> About:
        """What is known of the holder of a stance in this interview."""
        speaker = self.speakers.get(stance.holder)
        return about_of(speaker) if speaker else UNKNOWN

    def reported_holder(self, holder: str) -> Holder:
        """Another than the speaker; an actor is one that the interview names or reports."""
        if holder in self._actors:
            return Holder("attributed", self.told_apart(holder), "actor", "", "")
        return Holder("attributed", self.told_apart(holder).casefold(), "words", "", "")

    def holder_name(self, stance: Stance) -> str:
        """The holder's name for a reader, with an id if it identifies no one elsewhere."""
        if speaker := self.speakers.get(stance.holder):
            return speaker_name(speaker)
        return self.told_apart(stance.holder)

    def names_of_holder(self, stance: Stance) -> Iterator[str]:
        """Yield all that a holder is called: the name, the id, and the words of the transcript."""
        who = self.holder(stance)
        yield from (self.holder_name(stance), who.shown, who.id)
        for one in self._attributions.get(stance.unit_id, ()):
            if stance.voice == "attributed" and one.holder == stance.holder:
                yield one.holder_text

    def told_apart(self, holder: str) -> str:
        """A holder named by a pronoun ("my father", "he") is another one in each interview."""
        return f"{holder} ({self.interview.id})" if is_passing(holder) else holder


def _by_unit(records: Iterable[_OfUnit]) -> dict[str, list[_OfUnit]]:
    found: dict[str, list[_OfUnit]] = defaultdict(list)
    for record in records:
        found[record.unit_id].append(record)
    return found
