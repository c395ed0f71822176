"""Meanings of the phrases of the lexicon: actor, label, context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.actors.context import Context
from pipeline.actors.lexicon import LABEL_OF_KIND, Actor, Alias, Label, Lexicon, covers
from pipeline.actors.matcher import Token
from pipeline.records import Via


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase."""

    label: Label | None
    via: Via
    actor: Actor | None = None
    titled: bool = False
    place: bool = False
    alone: bool = False
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def fits(self, tokens: Sequence[Token], start: int, after: int, context: Context) -> bool:
        """Tell whether the words around tokens ``start`` to ``after`` allow this meaning."""
        if self.titled and not context.titled_surname(tokens, start, after):
            return False
        if start and tokens[start - 1].text in self.not_after:
            return False
        if self.via == "metonym" and after == start + 1 and context.after_courtesy(tokens, start):
            return False
        if self.alone and context.in_longer_name(tokens, start, after):
            return False
        surname = self.actor is not None and self.actor.kind == "leader" and after == start + 1
        if surname and context.after_forename(tokens, start):
            return False
        return not (after < len(tokens) and tokens[after].text in self.not_before)

    def actors(
        self, tokens: Sequence[Token], start: int, after: int, context: Context, date: str | None
    ) -> tuple[str, ...]:
        """Return the actors at a date; none for a place, an attribute or a private person."""
        if self.actor is None:
            return ()
        if self.actor.kind == "leader":
            in_office = context.after_office(tokens, start)
            since = None if in_office else context.undated_from
            return stands_for(self.actor, date, undated_from=since)
        if self.place and context.only_a_place(tokens, start):
            return ()
        if self.label == "NORP" and context.only_an_attribute(
            tokens, start, after, open_set=self.actor.kind == "place"
        ):
            return ()
        return (self.actor.name,)


def stands_for(leader: Actor, date: str | None, *, undated_from: str | None) -> tuple[str, ...]:
    """The actors whose office a leader holds at a date.

    Without a date, the actor of the last office, if it was held on ``undated_from`` or later
    (ever, where that is none).
    """
    if date is not None:
        held = [office.actor for office in leader.offices if covers(office.start, office.end, date)]
        return tuple(dict.fromkeys(held))
    recent = [
        office.actor
        for office in leader.offices[-1:]
        if office.end is None or undated_from is None or office.end >= undated_from
    ]
    return tuple(recent)


def list_senses(
    lexicon: Lexicon, *, known: Mapping[str, Actor] | None = None
) -> Iterator[tuple[str, Sense]]:
    """Yield every phrase of a lexicon with its meaning.

    Args:
        known: actors by name that its aliases may refer to; its own where not given.
    """
    by_name = known or {actor.name: actor for actor in lexicon.actor}
    for actor in lexicon.actor:
        yield from _senses_of_actor(actor)
    for alias in lexicon.alias:
        sense = _sense_of_alias(alias, by_name)
        for text in alias.texts:
            yield text, sense
            if alias.label is None:
                yield text[:1].upper() + text[1:], sense


def _senses_of_actor(actor: Actor) -> Iterator[tuple[str, Sense]]:
    label = actor.label or LABEL_OF_KIND[actor.kind]
    not_before = actor.not_before
    yield actor.name, Sense(label, "name", actor, place=actor.place, not_before=not_before)
    for text in actor.aliases:
        yield text, Sense(label, "alias", actor, place=actor.place, not_before=not_before)
    for text in actor.people:
        yield text, Sense("NORP", "alias", actor, not_before=not_before)
    for text in actor.titled:
        yield text, Sense(label, "alias", actor, titled=True)
    if actor.capital:
        yield actor.capital, Sense("GPE", "metonym", actor, place=True)


def _sense_of_alias(alias: Alias, by_name: Mapping[str, Actor]) -> Sense:
    return Sense(
        label=alias.label,
        via=alias.via,
        actor=by_name[alias.actor] if alias.actor is not None else None,
        place=alias.place,
        alone=alias.alone,
        not_before=alias.not_before,
        not_after=alias.not_after,
        also=alias.also,
    )
