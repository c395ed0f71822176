"""Actors, aliases, blocs and memberships, as the lexicon files define them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from pipeline.actors.context import Context
from pipeline.errors import ConfigError
from pipeline.records import PartialDate, Record, Via

Kind = Literal["state", "organisation", "leader", "place", "idea", "group"]
Label = Literal[
    "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"
]
Words = tuple[str, ...]

LABEL_OF_KIND: Mapping[Kind, Label] = {
    "state": "GPE",
    "organisation": "ORG",
    "leader": "PERSON",
    "place": "LOC",
    "idea": "LOC",
    "group": "ORG",
}


class Office(Record):
    """A post in which a person represents an actor, from its first day to its last."""

    model_config = ConfigDict(populate_by_name=True)

    actor: str
    role: str
    start: PartialDate | None = Field(default=None, alias="from")
    end: PartialDate | None = Field(default=None, alias="to")


class Actor(Record):
    """A state, organisation, leader, place, idea or group, and the words that name it."""

    name: str = Field(min_length=1, description="the short English name used in all records")
    kind: Kind
    wikidata: str | None = Field(default=None, pattern=r"^Q[1-9]\d*$")
    iso: str | None = Field(default=None, pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    iso3: str | None = Field(default=None, pattern=r"^[A-Z]{3}$", description="alpha-3")
    region: str | None = None
    label: Label | None = Field(default=None, description="where it is not the kind's usual one")
    aliases: Words = Field(default=(), description="other names")
    people: Words = Field(default=(), description="adjectives and demonyms: Polish, Pole, Poles")
    capital: str | None = None
    place: bool = Field(default=False, description="also only a place, such as a continent")
    not_before: Words = Field(default=(), description="not meant where one of these words follows")
    titled: Words = Field(default=(), description="surnames that name a leader only after a title")
    offices: tuple[Office, ...] = ()
    source: str | None = Field(default=None, description="where the entry is from, if stated")


class Alias(Record):
    """Further words for an actor (a seat, an institution, an adjective), or for none."""

    texts: Words = Field(min_length=1)
    actor: str | None = Field(default=None, description="none: a name of no actor")
    label: Label | None = Field(default=None, description="none: a phrase that is no name")
    via: Via = "metonym"
    place: bool = Field(default=False, description="also only a place: no actor after in, at, near")
    alone: bool = Field(default=False, description="no match after or before a capitalised word")
    not_before: Words = Field(default=(), description="no match where one of these words follows")
    not_after: Words = Field(default=(), description="no match where one of these words precedes")
    also: Words = Field(
        default=(), description="other states with a body of this name: the interview decides which"
    )


class Membership(Record):
    """Actors that belong to a bloc, from their first day in it to their last."""

    model_config = ConfigDict(populate_by_name=True)

    actors: Words = Field(min_length=1)
    start: PartialDate | None = Field(default=None, alias="from")
    end: PartialDate | None = Field(default=None, alias="to")


class Change(Membership):
    """Actors added to a bloc or removed from it in a period, whatever its lists say."""

    member: bool = Field(default=True, description="false: they do not belong to it")


class Bloc(Record):
    """A named, dated set of actors."""

    model_config = ConfigDict(populate_by_name=True)

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    description: str
    includes: Words = Field(default=(), description="blocs whose members belong to this one")
    regions: Words = Field(default=(), description="regions whose states belong to it")
    without: Words = Field(default=(), description="actors that do not, although included above")
    members: tuple[Membership, ...] = ()
    changes: tuple[Change, ...] = Field(default=(), description="the user's; the last one applies")


class Lexicon(Record):
    """The content of one or several lexicon files."""

    source: str | None = Field(default=None, description="of the actors that state none")
    actor: tuple[Actor, ...] = ()
    alias: tuple[Alias, ...] = ()
    bloc: tuple[Bloc, ...] = ()
    context: Context | None = None


def read_lexicon(paths: Iterable[Path]) -> Lexicon:
    """Read Westward's lexicon files into one; ``pipeline.actors.overlay`` can check the result.

    Raises:
        ConfigError: a file is no TOML, or an entry is not as expected.
    """
    parts = []
    for path in paths:
        try:
            parts.append(_sourced(tomllib.loads(path.read_text(encoding="utf8"))))
        except (tomllib.TOMLDecodeError, ValidationError) as error:
            raise ConfigError(f"{path}: {error}") from error
    return Lexicon(
        actor=tuple(actor for part in parts for actor in part.actor),
        alias=tuple(alias for part in parts for alias in part.alias),
        bloc=tuple(bloc for part in parts for bloc in part.bloc),
        context=next((part.context for part in parts if part.context), None),
    )


_FIRST, _LAST = "0000-01-01", "9999-12-31"  # compared as text, so day 31 ends every month


def _sourced(content: dict[str, Any]) -> Lexicon:
    """Return the content of a file, its actors with the file's source where they state none."""
    lexicon = Lexicon.model_validate(content)
    if lexicon.source is None:
        return lexicon
    actors = (
        one if one.source else one.model_copy(update={"source": lexicon.source})
        for one in lexicon.actor
    )
    return lexicon.model_copy(update={"actor": tuple(actors)})


def covers(start: str | None, end: str | None, date: str | None) -> bool:
    """Return whether a period, both ends included, overlaps a date of any precision.

    Without a date, return whether the period has no end.
    """
    if date is None:
        return end is None
    return _earliest(start) <= _latest(date) and _earliest(date) <= _latest(end)


def covers_whole(start: str | None, end: str | None, date: str | None) -> bool:
    """Return whether a period includes every day of a date; without a date, as ``covers``.

    For what ends a membership: an actor that left during 2019 may have been a member in "2019".
    """
    if date is None:
        return end is None
    return _earliest(start) <= _earliest(date) and _latest(date) <= _latest(end)


def _earliest(date: str | None) -> str:
    return _FIRST if date is None else date + _FIRST[len(date) :]


def _latest(date: str | None) -> str:
    return _LAST if date is None else date + _LAST[len(date) :]
