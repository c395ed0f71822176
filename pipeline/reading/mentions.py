"""Actors mentioned in a text, in or outside a bloc, and the text with their names masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.actors import ActorTable
from pipeline.reading.rows import Span

Masking = Literal["actor", "bloc", "target"]

TARGET, IN, OUT, ANY = "XXTARGETXX", "XXINXX", "XXOUTXX", "XXACTORXX"
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


def mask(
    text: str, places: Sequence[Place], *, masking: Masking, target: Span | None = None
) -> str:
    """Replace actors by placeholders.

    Args:
        masking: ``actor`` hides who is named, ``bloc`` leaves whether it is in the bloc, ``target``
            marks the target and hides all others, so that polarity is judged without the bloc.
        target: half-open code points; used by ``target`` masking alone.
    """
    spans = [
        (place.start, place.end, _placeholder(place, masking))
        for place in places
        if target is None or masking != "target" or not _overlap(place.span, target)
    ]
    if target is not None and masking == "target":
        spans.append((*target, TARGET))
    parts, at = [], 0
    for start, end, name in sorted(spans):
        parts += [text[at:start], f" {name} "]
        at = end
    return "".join([*parts, text[at:]])


def _placeholder(place: Place, masking: Masking) -> str:
    if masking == "bloc":
        return IN if place.in_bloc else OUT
    return ANY


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def mention_terms(places: Sequence[Place], *, prefix: str) -> list[str]:
    """Return terms for the number of actors in and outside the bloc, and for the first one."""
    inside = sum(place.in_bloc for place in places)
    outside = len(places) - inside
    terms = [f"{prefix}.in:{min(inside, 3)}", f"{prefix}.out:{min(outside, 3)}"]
    if places:
        terms.append(f"{prefix}.first:{'in' if places[0].in_bloc else 'out'}")
        terms.append(f"{prefix}.any:{bool(inside)}{bool(outside)}")
    return terms
