"""A user's own actor table, laid over Westward's: more actors, more words, other membership.

A TOML file of four kinds of entries. ``[[actor]]``, ``[[alias]]`` and ``[[bloc]]`` have the fields
of Westward's own lexicons (``pipeline.actors.lexicon``), but that an alias without a label gets
the usual one of its actor's kind, and is an ``alias`` unless it says otherwise. ``[[membership]]``
takes actors into a bloc, or with ``member = false`` out of it, from one date to another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from pipeline.actors.entries import Complaint, complaints_of, place
from pipeline.actors.lexicon import LABEL_OF_KIND, Actor, Alias, Bloc, Change, Lexicon
from pipeline.actors.overlay_check import find_faults, find_overrides
from pipeline.errors import ConfigError
from pipeline.records import Record

_PERIOD = frozenset({"from", "to"})


class UserAlias(Alias):
    """Further words for an actor of either table, or for none."""

    via: Literal["alias", "metonym", "nominal"] = "alias"


class UserChange(Change):
    """Actors that are in a bloc after all, or out of it, in a period."""

    bloc: str


class UserTable(Record):
    """The content of a user's file."""

    actor: tuple[Actor, ...] = ()
    alias: tuple[UserAlias, ...] = ()
    bloc: tuple[Bloc, ...] = ()
    membership: tuple[UserChange, ...] = ()


@dataclass(frozen=True)
class Examined:
    """A user's file as read.

    Attributes:
        table: its content; none where it is not of the expected shape.
        problems: why it cannot be used, each with file, line, entry, field and what to do.
        notes: what a user should know of a file that can be.
    """

    path: Path
    table: UserTable | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Read a user's file.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: the actor table cannot be read ({error.strerror}); expected a TOML file "
            "with [[actor]], [[alias]], [[bloc]] or [[membership]] entries; check --actors, or "
            "[actors] table in westward.toml"
        ) from error


def examine(path: Path, content: bytes, base: Lexicon) -> Examined:
    """Read a user's table and check it against Westward's; nothing is raised."""
    try:
        text = content.decode("utf-8-sig")
        data = _plain(tomllib.loads(text))
    except UnicodeDecodeError as error:
        problem = f"{path}: cannot be read as TOML: {error}; save it as UTF-8"
        return Examined(path, None, (problem,))
    except tomllib.TOMLDecodeError as error:
        problem = f"{path}: cannot be read as TOML: {error}; correct the line, see https://toml.io"
        return Examined(path, None, (problem,))
    try:
        table = UserTable.model_validate(data)
    except ValidationError as error:
        found = complaints_of(error, UserTable)
        return Examined(path, None, _told(path, text, data, found))
    entries = Lexicon(actor=table.actor, alias=table.alias, bloc=table.bloc)
    changes = [(change.bloc, change) for change in table.membership]
    problems = _told(path, text, data, find_faults(entries, changes, base))
    notes = _told(path, text, data, find_overrides(entries, base))
    return Examined(path, table, problems, notes)


def require(examined: Examined) -> UserTable:
    """Return the table of an examined file.

    Raises:
        ConfigError: it has a problem; the message is the first one.
    """
    problems = examined.problems
    if examined.table is None or problems:
        more = len(problems) - 1
        rest = f"\n{more} more: westward actors check {examined.path}" if more else ""
        raise ConfigError(problems[0] + rest)
    return examined.table


def lay_over(base: Lexicon, table: UserTable) -> tuple[Lexicon, Lexicon]:
    """Return Westward's lexicon with changed blocs, and the user's own entries as another."""
    kinds = {actor.name: actor for actor in (*base.actor, *table.actor)}
    own = Lexicon(
        actor=table.actor,
        alias=tuple(_labelled(alias, kinds) for alias in table.alias),
        bloc=_changed(table.bloc, table),
    )
    return base.model_copy(update={"bloc": _changed(base.bloc, table)}), own


def _changed(blocs: tuple[Bloc, ...], table: UserTable) -> tuple[Bloc, ...]:
    found = []
    for bloc in blocs:
        new = [
            Change(**change.model_dump(exclude={"bloc"}))
            for change in table.membership
            if change.bloc == bloc.name
        ]
        changes = (*bloc.changes, *new)
        found.append(bloc.model_copy(update={"changes": changes}) if new else bloc)
    return tuple(found)


def _labelled(alias: UserAlias, actors: Mapping[str, Actor]) -> Alias:
    """An alias with the label its actor's names have; a nominal has none."""
    if alias.label is not None or alias.via == "nominal" or alias.actor is None:
        return alias
    actor = actors[alias.actor]
    label = actor.label or LABEL_OF_KIND[actor.kind]
    return alias.model_copy(update={"label": label})


def _told(
    path: Path, text: str, data: Mapping[str, Any], found: list[Complaint]
) -> tuple[str, ...]:
    return tuple(f"{path}{place(text, data, one)}: {one.message}" for one in found)


def _plain(data: Any, key: str = "") -> Any:
    """Dates and years without quotes as the text they stand for."""
    if isinstance(data, Mapping):
        return {name: _plain(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, date):
        return data.isoformat()[:10]
    if key in _PERIOD and isinstance(data, int) and not isinstance(data, bool):
        return str(data)
    return data
