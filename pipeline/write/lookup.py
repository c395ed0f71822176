"""Finding one's way in an annotated interview: the records of a unit, by id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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

Position = Literal["favor", "against", "neutral", "abstained"]
POSITIONS: tuple[Position, ...] = ("favor", "against", "neutral", "abstained")


class _OfUnit(Protocol):
    @property
    def unit_id(self) -> str: ...


_T = TypeVar("_T", bound=_OfUnit)


def position(stance: Stance) -> Position:
    """Return how a stance is counted: its polarity, or ``abstained``."""
    return "abstained" if stance.abstained else stance.polarity


def holder_kind(stance: Stance, *, actors: frozenset[str]) -> str:
    """Return ``speaker``, ``actor`` or ``words``: what the stance's holder names.

    Args:
        stance: the stance.
        actors: those whom the same interview names, or reports something of.
    """
    if stance.voice == "own":
        return "speaker"
    return "actor" if stance.holder in actors else "words"


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
        self._attributions = _by_unit(interview.attributions or ())
        self._blocs = _blocs_by_actor(interview.entities or ())
        reported = (one.holder_actor for one in interview.attributions or ())
        named = (actor for entity in interview.entities or () for actor in entity.actors)
        self.holder_actors = frozenset(actor for actor in (*reported, *named) if actor)
        judged = interview.judged_units() if interview.units is not None else ()
        self._judged = frozenset(unit.id for unit in judged)
        self._stances = _by_unit(interview.stances or ())
        self._units_of_turn = interview.units_by_turn()

    def units_of(self, turn: Turn) -> tuple[Unit, ...]:
        """Units of a turn, in order."""
        return tuple(self._units_of_turn.get(turn.id, ()))

    def turn_of(self, unit: Unit) -> Turn:
        """The turn in which a unit stands."""
        return self.turns[unit.turn_id]

    def speaker_of(self, unit: Unit) -> Speaker:
        """Who says a unit."""
        return self.speakers[self.turn_of(unit).speaker_id]

    def is_judged(self, unit: Unit) -> bool:
        """Whether claims and stance are judged on the unit, whoever says it."""
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
        """An actor's blocs at the interview's date; none where only groups with it are named."""
        return self._blocs.get(actor, ())

    def own_stance(self, unit: Unit) -> Stance | None:
        """The most probable of the speaker's own stances in a unit, the first of equals."""
        return max(self.own(unit), key=lambda stance: stance.probability, default=None)

    def unit_at(self, entity: Entity) -> Unit | None:
        """The unit in which an entity starts."""
        units = self._units_of_turn.get(entity.turn_id, [])
        index = index_at(units, entity.start)
        return None if index is None else units[index]


def _blocs_by_actor(entities: Iterable[Entity]) -> dict[str, tuple[str, ...]]:
    """The blocs of each actor that a mention stands for alone."""
    return {entity.actors[0]: entity.blocs for entity in entities if len(entity.actors) == 1}


def _by_unit(records: Iterable[_T]) -> dict[str, list[_T]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for record in records:
        found[record.unit_id].append(record)
    return found
