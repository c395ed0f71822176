"""Whom a unit means that names nobody of the bloc: how each actor stands in what was said so far.

The factors follow Lappin and Leass (1994) as those of pronouns do (``pipeline.references``):
what the unit's own pronouns and nominals were resolved to, recency, subjecthood and frequency in
the turn, the question and the turns before, and whether it is the speaker's own side.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.features.featuriser import Reader
from pipeline.features.syntax import head_token
from pipeline.records import Entity, Interview, Turn, Unit, index_at
from pipeline.references.homes import homes_of
from pipeline.references.words import THEY, WE
from pipeline.stages.weights import Factors

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_UNIT_DECAY, _TURN_DECAY, _TURNS = 0.6, 0.7, 8
_BROAD = frozenset({"West", "Europe"})
_ALLIED = frozenset({"Turkey"})
"""Who is of the West as an ally alone: what their own people mean by it is the others."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A mention of the bloc: whom of it, in which unit of its turn, whether as a subject."""

    entity: Entity
    actors: tuple[str, ...]
    unit: int
    subject: bool


class Surroundings:
    """The mentions of the bloc in one interview, and what speaks for each actor in a unit."""

    def __init__(self, interview: Interview, reader: Reader) -> None:
        self.reader = reader
        self.date = interview.date
        self._turns = list(interview.turns)
        self._place = {turn.id: index for index, turn in enumerate(self._turns)}
        self._units = interview.units_by_turn()
        self._index = {
            unit.id: index for units in self._units.values() for index, unit in enumerate(units)
        }
        self._heard: dict[str, list[Heard]] = {}
        for heard in self._hear(interview.entities or ()):
            self._heard.setdefault(heard.entity.turn_id, []).append(heard)
        table = reader.mentions.table
        titled = {a for m in table.mentions(interview.title, date=self.date) for a in m.actors}
        self.titled = reader.mentions.of_bloc(sorted(titled), self.date)
        homes = homes_of(interview, table)
        self.homes = {one: reader.mentions.of_bloc(home, self.date) for one, home in homes.items()}
        self._strangers = {one for one, home in homes.items() if home and not self.homes[one]}

    def home(self, unit: Unit) -> str | None:
        """The actor of the bloc that the speaker of a unit speaks for."""
        return next(iter(self.homes[self._turns[self._place[unit.turn_id]].speaker_id]), None)

    def speaks_to_strangers(self, unit: Unit) -> bool:
        """Tell whether of the others who speak, one is of another side and none is of the bloc."""
        mine = self._turns[self._place[unit.turn_id]].speaker_id
        others = self.homes.keys() - {mine}
        return bool(others & self._strangers) and not any(self.homes[one] for one in others)

    def inside(self, unit: Unit) -> list[Heard]:
        """The mentions of the bloc in a unit."""
        heard = self._heard.get(unit.turn_id, [])
        first = bisect_left(heard, unit.start, key=_start)
        after = bisect_left(heard, unit.end, key=_start)
        return [one for one in heard[first:after] if one.entity.end <= unit.end]

    def actors(self, unit: Unit) -> dict[str, Factors]:
        """The actors of the bloc that a unit may mean, each with its factors."""
        turn = self._turns[self._place[unit.turn_id]]
        factors: dict[str, Factors] = {}

        def add(actor: str, name: str, value: float = 1.0, *, most: float = 3.0) -> None:
            mine = factors.setdefault(actor, {})
            mine[name] = min(most, mine.get(name, 0.0) + value)

        for name, heard, value in self._said(turn, unit):
            for actor in heard.actors:
                add(actor, name, value)
        for actor in self.titled:
            add(actor, "title")
        home = self.home(unit)
        if home is not None:
            add(home, "home")
            words = {token.lower for token in self.reader.syntax.read([unit.text])[0]}
            for name, known in (("we", WE), ("they", THEY), ("you", {"you", "your"})):
                if words & known:
                    add(home, f"home, {name} in unit")
        for actor, mine in factors.items():
            if actor in _BROAD:
                mine["broad"] = 1.0
        if home in _ALLIED and len(factors) > 1:
            del factors[home]
        return factors

    def _said(self, turn: Turn, unit: Unit) -> Iterator[tuple[str, Heard, float]]:
        """Each mention that speaks for its actors, with the name of its factor and its weight."""
        own = self._index[unit.id]
        before = [heard for heard in self._heard.get(turn.id, ()) if heard.unit < own]
        asked = self._heard.get(turn.answers or "", [])
        yield from _told_inside(self.inside(unit))
        yield from _told_before(before, own)
        for heard in asked:
            yield "asked", heard, 1.0
            yield f"asked, {min(own, 3)} units ago", heard, 1.0
        if asked and not before:
            yield "asked last", asked[-1], 1.0
        here = self._place[turn.id]
        for other in self._turns[max(0, here - _TURNS) : here]:
            back = here - self._place[other.id] - 1
            for heard in self._heard.get(other.id, ()) if other.id != turn.answers else ():
                yield "earlier", heard, 0.2 * _TURN_DECAY**back

    def _hear(self, entities: Sequence[Entity]) -> Iterator[Heard]:
        """The mentions of the bloc, each with its place; the units they stand in are parsed."""
        placed: list[tuple[Entity, tuple[str, ...], int, Unit | None]] = []
        for entity in entities:
            if actors := self.reader.mentions.of_bloc(entity.actors, self.date):
                placed.append((entity, actors, *self._unit_of(entity)))
        syntax = self.reader.syntax.read(unit.text if unit else "" for *_, unit in placed)
        for (entity, actors, index, unit), tokens in zip(placed, syntax, strict=True):
            start = entity.start - (unit.start if unit else 0)
            head = head_token(tokens, (start, start + entity.end - entity.start))
            subject = head is not None and tokens[head].dep in _SUBJECTS
            yield Heard(entity, actors, index, subject)

    def _unit_of(self, entity: Entity) -> tuple[int, Unit | None]:
        """The unit that a mention stands in, with its number in its turn; none in an aside."""
        units = self._units.get(entity.turn_id, [])
        index = index_at(units, entity.start)
        return (0, None) if index is None else (index, units[index])


def _start(heard: Heard) -> int:
    return heard.entity.start


def _told_inside(inside: Sequence[Heard]) -> Iterator[tuple[str, Heard, float]]:
    for heard in inside:
        yield f"in unit, {_via(heard.entity)}", heard, 1.0
        if heard.subject:
            yield f"in unit, {_via(heard.entity)}, subject", heard, 1.0


def _told_before(before: Sequence[Heard], own: int) -> Iterator[tuple[str, Heard, float]]:
    for heard in before:
        value = _UNIT_DECAY ** (own - heard.unit - 1)
        yield "recent pronoun" if heard.entity.via == "pronoun" else "recent", heard, value
        if heard.subject:
            yield "recent subject", heard, value
        if own - heard.unit == 1:
            yield "unit before", heard, 1.0
        yield "in turn", heard, 1.0 / len(before)
    if before:
        yield "last", before[-1], 1.0
        near = [heard for heard in before if heard.unit == before[-1].unit]
        yield "last, main", next((one for one in near if one.subject), near[0]), 1.0


def _via(entity: Entity) -> str:
    if entity.via != "pronoun":
        return "nominal" if entity.via == "nominal" else "name"
    word = entity.text.lower()
    return "we" if word in WE else "they" if word in THEY else "it"
