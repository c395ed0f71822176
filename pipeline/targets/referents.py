"""The actor of the bloc that a unit without its name refers to: factors of each candidate.

Following Lappin and Leass (1994), as for pronouns (``pipeline.references``): resolved
pronouns and nominals of the unit; recency, subjecthood and frequency in the turn, the question and
earlier turns; the speaker's own side.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reading.reader import Reader
from pipeline.reading.syntax import head_token
from pipeline.records import Entity, Interview, Turn, Unit, index_at
from pipeline.references.homes import homes_of
from pipeline.references.words import THEY, WE
from pipeline.targets.weights import Factors

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_UNIT_DECAY, _TURN_DECAY, _TURNS = 0.6, 0.7, 8
MOST = 500
"""Mentions of one turn that are weighed, its last."""
_BROAD = frozenset({"West", "Europe"})
_ALLIED = frozenset({"Turkey"})
"""Western as allies alone: their own speakers refer to the other members."""


@dataclass(frozen=True, slots=True)
class BlocMention:
    """A mention of actors of the bloc, in unit number ``unit`` of its turn."""

    entity: Entity
    actors: tuple[str, ...]
    unit: int
    subject: bool


class BlocContext:
    """The mentions of the bloc in one interview, and the candidates of each unit."""

    def __init__(self, interview: Interview, reader: Reader) -> None:
        self.reader = reader
        self.date = interview.date
        self._turns = list(interview.turns)
        self._place = {turn.id: index for index, turn in enumerate(self._turns)}
        self._units = interview.units_by_turn()
        self._index = {
            unit.id: index for units in self._units.values() for index, unit in enumerate(units)
        }
        self._mentions: dict[str, list[BlocMention]] = {}
        for mention in self._find_mentions(interview.entities or ()):
            self._mentions.setdefault(mention.entity.turn_id, []).append(mention)
        table = reader.mentions.table
        titled = {a for m in table.mentions(interview.title, date=self.date) for a in m.actors}
        self.titled = reader.mentions.of_bloc(sorted(titled), self.date)
        homes = homes_of(interview, table)
        self.homes = {one: reader.mentions.of_bloc(home, self.date) for one, home in homes.items()}
        self._other_sides = {one for one, home in homes.items() if home and not self.homes[one]}

    def home(self, unit: Unit) -> str | None:
        """Return the actor of the bloc that the speaker of a unit represents, if any."""
        return next(iter(self.homes[self._turns[self._place[unit.turn_id]].speaker_id]), None)

    def speaks_to_strangers(self, unit: Unit) -> bool:
        """Whether some other speaker represents another side, and none the bloc."""
        mine = self._turns[self._place[unit.turn_id]].speaker_id
        others = self.homes.keys() - {mine}
        return bool(others & self._other_sides) and not any(self.homes[one] for one in others)

    def inside(self, unit: Unit) -> list[BlocMention]:
        """Return the mentions of the bloc in a unit."""
        mention = self._mentions.get(unit.turn_id, [])
        first = bisect_left(mention, unit.start, key=_start)
        after = bisect_left(mention, unit.end, key=_start)
        return [one for one in mention[first:after] if one.entity.end <= unit.end]

    def actors(self, unit: Unit) -> dict[str, Factors]:
        """Return the factors of each actor of the bloc that a unit may refer to."""
        turn = self._turns[self._place[unit.turn_id]]
        factors: dict[str, Factors] = {}

        def add(actor: str, name: str, value: float = 1.0, *, most: float = 3.0) -> None:
            mine = factors.setdefault(actor, {})
            mine[name] = min(most, mine.get(name, 0.0) + value)

        for name, mention, value in self._evidence(turn, unit):
            for actor in mention.actors:
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

    def _evidence(self, turn: Turn, unit: Unit) -> Iterator[tuple[str, BlocMention, float]]:
        """Yield the name of a factor, a mention whose actors have it, and its value."""
        own = self._index[unit.id]
        mentions = self._mentions.get(turn.id, [])
        first = bisect_left(mentions, unit.start, key=_start)
        before = mentions[max(0, first - MOST) : first]
        asked = self._mentions.get(turn.answers or "", [])[-MOST:]
        yield from _factors_inside(self.inside(unit))
        yield from _factors_before(before, own)
        for mention in asked:
            yield "asked", mention, 1.0
            yield f"asked, {min(own, 3)} units ago", mention, 1.0
        if asked and not before:
            yield "asked last", asked[-1], 1.0
        here = self._place[turn.id]
        for other in self._turns[max(0, here - _TURNS) : here]:
            back = here - self._place[other.id] - 1
            if other.id != turn.answers:
                for mention in self._mentions.get(other.id, [])[-MOST:]:
                    yield "earlier", mention, 0.2 * _TURN_DECAY**back

    def _find_mentions(self, entities: Sequence[Entity]) -> Iterator[BlocMention]:
        """Yield the mentions of the bloc; parses the units that contain them."""
        placed: list[tuple[Entity, tuple[str, ...], int, Unit | None]] = []
        for entity in entities:
            if actors := self.reader.mentions.of_bloc(entity.actors, self.date):
                placed.append((entity, actors, *self._unit_of(entity)))
        syntax = self.reader.syntax.read(unit.text if unit else "" for *_, unit in placed)
        for (entity, actors, index, unit), tokens in zip(placed, syntax, strict=True):
            start = entity.start - (unit.start if unit else 0)
            head = head_token(tokens, (start, start + entity.end - entity.start))
            subject = head is not None and tokens[head].dep in _SUBJECTS
            yield BlocMention(entity, actors, index, subject)

    def _unit_of(self, entity: Entity) -> tuple[int, Unit | None]:
        """Return the unit that contains a mention, with its number in the turn; none in asides."""
        units = self._units.get(entity.turn_id, [])
        index = index_at(units, entity.start)
        return (0, None) if index is None else (index, units[index])


def _start(mention: BlocMention) -> int:
    return mention.entity.start


def _factors_inside(inside: Sequence[BlocMention]) -> Iterator[tuple[str, BlocMention, float]]:
    for mention in inside:
        yield f"in unit, {_via(mention.entity)}", mention, 1.0
        if mention.subject:
            yield f"in unit, {_via(mention.entity)}, subject", mention, 1.0


def _factors_before(
    before: Sequence[BlocMention], own: int
) -> Iterator[tuple[str, BlocMention, float]]:
    for mention in before:
        value = _UNIT_DECAY ** (own - mention.unit - 1)
        yield "recent pronoun" if mention.entity.via == "pronoun" else "recent", mention, value
        if mention.subject:
            yield "recent subject", mention, value
        if own - mention.unit == 1:
            yield "unit before", mention, 1.0
        yield "in turn", mention, 1.0 / len(before)
    if before:
        yield "last", before[-1], 1.0
        near = [mention for mention in before if mention.unit == before[-1].unit]
        yield "last, main", next((one for one in near if one.subject), near[0]), 1.0


def _via(entity: Entity) -> str:
    if entity.via != "pronoun":
        return "nominal" if entity.via == "nominal" else "name"
    word = entity.text.lower()
    return "we" if word in WE else "they" if word in THEY else "it"
