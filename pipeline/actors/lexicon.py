"""The lexicon files as data: what an actor, an alias, a leader and a bloc are, and reading them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from pipeline.actors.context import Context
from pipeline.actors.periods import PartialDate
from pipeline.errors import ConfigError
from pipeline.records import Record, Via

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
    """A post that makes a person stand for an actor, from its first day to its last."""

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
    region: str | None = None
    label: Label | None = Field(default=None, description="where it is not the kind's usual one")
    aliases: Words = Field(default=(), description="other names")
    people: Words = Field(default=(), description="adjectives and demonyms: Polish, Pole, Poles")
    capital: str | None = None
    place: bool = Field(default=False, description="also a mere place, such as a continent")
    not_before: Words = Field(default=(), description="not meant where one of these words follows")
    titled: Words = Field(default=(), description="surnames that name a leader only after a title")
    offices: tuple[Office, ...] = ()


class Alias(Record):
    """Further words for an actor: a seat, an institution, an adjective; or for none."""

    texts: Words = Field(min_length=1)
    actor: str | None = Field(default=None, description="none: a name that stands for no actor")
    label: Label | None = Field(default=None, description="none: a phrase that is no name")
    via: Via = "metonym"
    place: bool = Field(default=False, description="also a mere place: no actor after in, at, near")
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
    """Actors that are in a bloc after all, or out of it, whatever its lists say; both dated."""

    member: bool = Field(default=True, description="false: they do not belong to it")


class Bloc(Record):
    """A named set of actors, at any date."""

    model_config = ConfigDict(populate_by_name=True)

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    description: str
    includes: Words = Field(default=(), description="blocs whose members belong to this one")
    regions: Words = Field(default=(), description="regions whose states belong to it")
    without: Words = Field(default=(), description="actors that do not, though included above")
    members: tuple[Membership, ...] = ()
    changes: tuple[Change, ...] = Field(default=(), description="of a user's table; the last wins")


class Lexicon(Record):
    """The content of one lexicon file, or of several joined."""

    actor: tuple[Actor, ...] = ()
    alias: tuple[Alias, ...] = ()
    bloc: tuple[Bloc, ...] = ()
    context: Context | None = None


def read_lexicon(path: Path) -> Lexicon:
    """Read and validate one lexicon file.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or an entry is not as expected.
    """
    data = read_toml(path)
    try:
        return Lexicon.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"{path}: {name_entry(data, first['loc'])}: {first['msg']} "
            f"(found {first.get('input')!r}); the fields stand in pipeline/actors/lexicon.py"
        ) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        ConfigError: it cannot be read, or is no TOML; the message has the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from error


def join_lexicons(lexicons: Mapping[Path, Lexicon]) -> Lexicon:
    """Join lexicon files into one and check that every name they refer to is defined once.

    Raises:
        ConfigError: an actor or a bloc is defined twice, or referred to and not defined.
    """
    actors: dict[str, Path] = {}
    blocs: dict[str, Path] = {}
    for path, lexicon in lexicons.items():
        for known, what, names in (
            (actors, "actor", [actor.name for actor in lexicon.actor]),
            (blocs, "bloc", [bloc.name for bloc in lexicon.bloc]),
        ):
            for name in names:
                if name in known:
                    raise ConfigError(f'{path}: {what} "{name}" is also defined in {known[name]}')
                known[name] = path
    for path, lexicon in lexicons.items():
        for where, name in _references(lexicon):
            if name not in actors:
                raise ConfigError(
                    f'{path}: {where} refers to the actor "{name}", which no lexicon defines; '
                    "add an [[actor]] entry, or correct the name"
                )
        for bloc in lexicon.bloc:
            if unknown := [name for name in bloc.includes if name not in blocs]:
                raise ConfigError(
                    f'{path}: bloc "{bloc.name}" includes "{unknown[0]}"; '
                    f"expected one of {', '.join(sorted(blocs))}"
                )
    return Lexicon(
        actor=tuple(actor for lexicon in lexicons.values() for actor in lexicon.actor),
        alias=tuple(alias for lexicon in lexicons.values() for alias in lexicon.alias),
        bloc=tuple(bloc for lexicon in lexicons.values() for bloc in lexicon.bloc),
        context=next(
            (one.context for one in reversed(list(lexicons.values())) if one.context), None
        ),
    )


def _references(lexicon: Lexicon) -> list[tuple[str, str]]:
    found = [
        (f'leader "{actor.name}"', office.actor)
        for actor in lexicon.actor
        for office in actor.offices
    ]
    found += [
        (f'alias "{alias.texts[0]}"', alias.actor)
        for alias in lexicon.alias
        if alias.actor is not None
    ]
    found += [(f'alias "{alias.texts[0]}"', name) for alias in lexicon.alias for name in alias.also]
    for bloc in lexicon.bloc:
        where = f'bloc "{bloc.name}"'
        found += [(where, name) for name in bloc.without]
        found += [(where, name) for member in bloc.members for name in member.actors]
    return found


def name_entry(data: Mapping[str, Any], location: tuple[int | str, ...]) -> str:
    """Name the entry that a validation error is about: ``[[actor]] 3 "NATO", field kind``."""
    if len(location) < 2 or not isinstance(location[1], int):
        return ".".join(str(part) for part in location) or "the file"
    section, number, *field = location
    entry = data[str(section)][int(number)]
    name = entry.get("name") or entry.get("texts") if isinstance(entry, Mapping) else entry
    return f"[[{section}]] {int(number) + 1} {name!r}, field {'.'.join(map(str, field))}"
