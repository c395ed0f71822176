"""Actors mentioned in a text, in or outside a bloc."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.actors import ActorTable
from pipeline.reading.rows import Span

_CACHE_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of actors in a text; those that belong to the bloc come first."""

    start: int
    end: int
    actors: tuple[str, ...]
    in_bloc: bool

    @property
    def span(self) -> Span:
        """Half-open code points."""
        return self.start, self.end


class MentionReader:
    """Finds the actors of a text and which of them belong to the bloc at a date; caches texts."""

    def __init__(self, table: ActorTable, *, bloc: str) -> None:
        self.table = table
        self.bloc = bloc
        self._seen: dict[tuple[str, str | None], tuple[Place, ...]] = {}

    def read(self, text: str, date: str | None) -> tuple[Place, ...]:
        """Return the mentions of actors in order, without overlaps."""
        key = text, date
        if key not in self._seen:
            if len(self._seen) > _CACHE_LIMIT:
                self._seen.clear()
            self._seen[key] = tuple(self._find(text, date))
        return self._seen[key]

    def forget(self) -> None:
        """Empty the cache."""
        self._seen.clear()

    def _find(self, text: str, date: str | None) -> Iterable[Place]:
        end = 0
        for mention in sorted(
            self.table.mentions(text, date=date), key=lambda m: (m.start, -m.end)
        ):
            if mention.start < end or not mention.actors:
                continue
            end = mention.end
            inside = self.of_bloc(mention.actors, date)
            others = tuple(actor for actor in mention.actors if actor not in inside)
            yield Place(mention.start, mention.end, (*inside, *others), bool(inside))

    def of_bloc(self, actors: Iterable[str], date: str | None) -> tuple[str, ...]:
        """Return those of the actors that belong to the bloc at a date, in order."""
        return tuple(a for a in actors if self.table.in_bloc(a, self.bloc, date=date))
