"""A user's own actor table: read, checked against Westward's, and merged with it.

A TOML file of four kinds of entries. ``[[actor]]``, ``[[alias]]`` and ``[[bloc]]`` have the fields
of Westward's lexicons (``pipeline.actors.lexicon``), except that ``via`` of an alias defaults to
``alias`` and its label to that of its actor. ``[[membership]]`` adds actors to a bloc, or with
``member = false`` removes them, from one date to another. The checks return all faults at once.
"""

from __future__ import annotations

import errno
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from pipeline.actors.lexicon import LABEL_OF_KIND, Actor, Alias, Bloc, Change, Lexicon
from pipeline.actors.matcher import tokenize
from pipeline.actors.senses import list_senses
from pipeline.config import load_toml
from pipeline.errors import ConfigError, did_you_mean
from pipeline.records import Record

DATES = "a date such as 2019, 2019-06 or 2019-06-27"
_PERIOD = frozenset({"from", "to"})


class UserAlias(Alias):
    """Further words for an actor of either table, or for none."""

    via: Literal["alias", "metonym", "nominal"] = "alias"


class UserChange(Change):
    """Actors added to a bloc or removed from it in a period."""

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
        notes: what a user should know of a file that can be used.
    """

    path: Path
    table: UserTable | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Fault(NamedTuple):
    """A message about the n-th entry of a section, from 0, or about the section."""

    section: str
    number: int | None
    field: str | None
    message: str


def read_bytes(path: Path) -> bytes:
    """Read a user's file.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "no regular file")
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: the actor table cannot be read ({error.strerror}); expected a TOML file "
            "with [[actor]], [[alias]], [[bloc]] or [[membership]] entries; check --actors, or "
            "[actors] table in your own westward.toml"
        ) from error


def examine(path: Path, content: bytes, base: Lexicon) -> Examined:
    """Read a user's table and check it against Westward's; nothing is raised."""
    try:
        text = content.decode("utf-8-sig")
        data = _plain(load_toml(text))
    except UnicodeDecodeError as error:
        problem = f"{path}: cannot be read as TOML: {error}; save it as UTF-8"
        return Examined(path, None, (problem,))
    except tomllib.TOMLDecodeError as error:
        problem = f"{path}: cannot be read as TOML: {error}; correct the line, see https://toml.io"
        return Examined(path, None, (problem,))

    def worded(faults: Iterator[Fault]) -> tuple[str, ...]:
        return tuple(f"{path}{_place(text, data, one)}: {one.message}" for one in faults)

    try:
        table = UserTable.model_validate(data)
    except ValidationError as error:
        return Examined(path, None, worded(_shape_faults(error)))
    entries = Lexicon(actor=table.actor, alias=table.alias, bloc=table.bloc)
    problems = worded(find_faults(entries, table.membership, base))
    return Examined(path, table, problems, worded(_overrides(entries, base)))


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


def merge(base: Lexicon, table: UserTable) -> tuple[Lexicon, Lexicon]:
    """Return Westward's lexicon with changed blocs, and the user's own entries as another."""
    kinds = {actor.name: actor for actor in (*base.actor, *table.actor)}
    own = Lexicon(
        actor=table.actor,
        alias=tuple(_labelled(alias, kinds) for alias in table.alias),
        bloc=_changed(table.bloc, table),
    )
    return base.model_copy(update={"bloc": _changed(base.bloc, table)}), own


def _changed(blocs: tuple[Bloc, ...], table: UserTable) -> tuple[Bloc, ...]:
    """Return blocs with a user's changes of their membership, the last ones."""
    new = {one.name: [c for c in table.membership if c.bloc == one.name] for one in blocs}
    return tuple(
        one.model_copy(update={"changes": (*one.changes, *new[one.name])}) for one in blocs
    )


def _labelled(alias: UserAlias, actors: Mapping[str, Actor]) -> Alias:
    """Return an alias with the label of its actor's names; a nominal has none."""
    if alias.label is not None or alias.via == "nominal" or alias.actor is None:
        return alias
    actor = actors[alias.actor]
    return alias.model_copy(update={"label": actor.label or LABEL_OF_KIND[actor.kind]})


def _plain(data: Any, key: str = "") -> Any:
    """Return TOML data with unquoted dates and years as text."""
    if isinstance(data, Mapping):
        return {name: _plain(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, date):
        return data.isoformat()[:10]
    if key in _PERIOD and isinstance(data, int) and not isinstance(data, bool):
        return str(data)
    return data


def _place(text: str, data: Mapping[str, Any], one: Fault) -> str:
    """Return the place of a fault in words: ``:12: [[alias]] 2 "Uncle Sam", field actor``."""
    if one.number is None:
        return f": [{one.section}]" if one.section else ""
    line = _line(text, one)
    entry = data[one.section][one.number]
    named = entry if isinstance(entry, Mapping) else {}
    name = named.get("name") or named.get("texts") or named.get("bloc")
    first = name[0] if isinstance(name, list) and name else name
    return (
        (f":{line}" if line else "")
        + f": [[{one.section}]] {one.number + 1}"
        + (f' "{first}"' if first else "")
        + (f", field {one.field}" if one.field else "")
    )


def _line(text: str, one: Fault) -> int | None:
    """Return the line of the field, else of the entry's head; none where it is not found."""
    head = re.compile(rf"\s*\[\[\s*{re.escape(one.section)}\s*\]\]")
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if head.match(line)]
    if one.number is None or one.number >= len(heads):
        return None
    start = heads[one.number]
    field = re.compile(rf"\s*{re.escape((one.field or '').split('.')[0])}\s*=")
    for number in range(start + 1, len(lines) if one.field else 0):
        if re.match(r"\s*\[", lines[number]):
            break
        if field.match(lines[number]):
            return number + 1
    return start + 1


def _shape_faults(error: ValidationError) -> Iterator[Fault]:
    """Yield what pydantic found wrong with the entries of a file."""
    for fault in error.errors():
        section, *rest = fault["loc"]
        number = rest[0] if rest and isinstance(rest[0], int) else None
        names = [part for part in rest[1:] if isinstance(part, str)]
        field = ".".join(names) if names and number is not None else None
        yield Fault(str(section), number, field, _message(fault, str(section), names))


def _message(fault: Mapping[str, Any], section: str, names: list[str]) -> str:
    value = fault.get("input")
    if fault["type"] == "extra_forbidden":
        owner = _model_at([section, *names[:-1]] if names else [])
        allowed = [field.alias or name for name, field in owner.model_fields.items()]
        wrong, kind = (names[-1], "field") if names else (section, "section")
        meant = did_you_mean(wrong, allowed)
        return f'unknown {kind} "{wrong}"; expected one of {", ".join(allowed)}{meant}'
    if fault["type"] == "missing":
        return "is missing; add it"
    if names and names[-1] in _PERIOD:
        return f"expected {DATES} (found {value!r})"
    if fault["type"] == "tuple_type":
        shape = 'a list, such as ["one", "two"]' if names else "entries, each under [[...]]"
        return f"expected {shape} (found {value!r})"
    return f"{fault['msg'][:1].lower()}{fault['msg'][1:]} (found {value!r})"


def _model_at(path: list[str]) -> type[BaseModel]:
    """Return the record whose field a path leads to: ``actor.offices`` is Office."""
    model: type[BaseModel] = UserTable
    for name in path:
        fields = {field.alias or key: field for key, field in model.model_fields.items()}
        inner = get_args(fields[name].annotation) if name in fields else ()
        if inner and isinstance(inner[0], type) and issubclass(inner[0], BaseModel):
            model = inner[0]
    return model


def find_faults(own: Lexicon, changes: Sequence[UserChange], base: Lexicon) -> Iterator[Fault]:
    """Yield why a table cannot be merged with another, in the order of the file's sections.

    Args:
        own: the actors, aliases and blocs of the table.
        changes: its changes of membership.
        base: Westward's lexicon.
    """
    check = _Check(own, base)
    yield from check.actors()
    yield from check.aliases()
    yield from check.blocs()
    for number, change in enumerate(changes):
        yield from check.bloc("membership", number, "bloc", change.bloc)
        yield from _dates("membership", number, "from", change.start, change.end)
        for name in change.actors:
            yield from check.member("membership", number, "actors", name)


def _overrides(own: Lexicon, base: Lexicon) -> Iterator[Fault]:
    """Yield the words of a table that mean another actor in Westward's."""
    ours = _actor_by_word(base)
    words = [
        ("actor", number, actor.name, (actor.name, *actor.aliases, *actor.people, actor.capital))
        for number, actor in enumerate(own.actor)
    ]
    words += [
        ("alias", number, alias.actor or "no actor", alias.texts)
        for number, alias in enumerate(own.alias)
    ]
    for section, number, name, texts in words:
        for text in filter(None, texts):
            other = ours.get(_key(text))
            if other is not None and other != name:
                message = (
                    f'"{text}" refers to {other} in Westward\'s table, here for {name}; '
                    "yours is used where both fit"
                )
                yield Fault(section, number, None, message)


def _actor_by_word(lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for phrase, sense in list_senses(lexicon):
        if sense.actor is not None:
            found.setdefault(_key(phrase), sense.actor.name)
    return found


def _key(text: str) -> str:
    return " ".join(token.text for token in tokenize(text))


class _Check:
    """The checks of a user's table against Westward's."""

    def __init__(self, own: Lexicon, base: Lexicon) -> None:
        self.own, self.base = own, base
        self.ours = {actor.name for actor in base.actor}
        self.known = {actor.name: actor for actor in (*base.actor, *own.actor)}
        self.includes = {bloc.name: bloc.includes for bloc in (*base.bloc, *own.bloc)}

    @cached_property
    def words(self) -> Mapping[str, str]:
        return _actor_by_word(self.base)

    def actors(self) -> Iterator[Fault]:
        seen: set[str] = set()
        codes = {actor.iso: actor.name for actor in self.base.actor if actor.iso}
        for number, actor in enumerate(self.own.actor):
            if actor.name in self.ours:
                message = (
                    f'"{actor.name}" is also defined in Westward\'s own table; add words to it '
                    "with [[alias]], change where it belongs with [[membership]]"
                )
                yield Fault("actor", number, "name", message)
            elif actor.name in seen:
                message = f'"{actor.name}" is defined twice in this file; join the two entries'
                yield Fault("actor", number, "name", message)
            seen.add(actor.name)
            if actor.iso in codes:
                message = f"{actor.iso} is the code of {codes[actor.iso]}; correct it"
                yield Fault("actor", number, "iso", message)
            if actor.kind == "leader" and not actor.offices:
                message = (
                    "a leader refers to the actor of an office; add "
                    'offices = [{ actor = "...", role = "...", from = "..." }]'
                )
                yield Fault("actor", number, "offices", message)
            for office in actor.offices:
                yield from self.actor("actor", number, "offices", office.actor)
                yield from _dates("actor", number, "offices", office.start, office.end)
            yield from _blank("actor", number, (*actor.aliases, *actor.people))

    def aliases(self) -> Iterator[Fault]:
        for number, alias in enumerate(self.own.alias):
            yield from _blank("alias", number, alias.texts)
            for name in alias.also:
                yield from self.actor("alias", number, "also", name)
            if alias.actor is not None:
                yield from self.actor("alias", number, "actor", alias.actor)
            elif alias.label is None:
                message = (
                    "is missing; name the actor the words refer to, or, for a name that refers "
                    'to none, give its label, such as label = "LOC"'
                )
                yield Fault("alias", number, "actor", message)

    def blocs(self) -> Iterator[Fault]:
        ours = {bloc.name for bloc in self.base.bloc}
        regions = {actor.region for actor in self.known.values() if actor.region}
        seen: set[str] = set()
        for number, bloc in enumerate(self.own.bloc):
            if bloc.name in ours or bloc.name in seen:
                where = "in Westward's own table" if bloc.name in ours else "twice in this file"
                message = (
                    f'"{bloc.name}" is also defined {where}; choose another name, or change '
                    "an existing bloc with [[membership]]"
                )
                yield Fault("bloc", number, "name", message)
            seen.add(bloc.name)
            for name in bloc.includes:
                yield from self.bloc("bloc", number, "includes", name, what="includes ")
            for region in bloc.regions:
                if region not in regions:
                    message = f'no state has the region "{region}"; expected one of '
                    yield Fault("bloc", number, "regions", message + ", ".join(sorted(regions)))
            for name in bloc.without:
                yield from self.member("bloc", number, "without", name)
            for member in (*bloc.members, *bloc.changes):
                yield from _dates("bloc", number, "members", member.start, member.end)
                for name in member.actors:
                    yield from self.member("bloc", number, "members", name)
            if bloc.name in self._included(bloc):
                message = "the bloc includes itself, by way of others; remove one of them"
                yield Fault("bloc", number, "includes", message)

    def _included(self, bloc: Bloc) -> set[str]:
        pending, seen = list(bloc.includes), set[str]()
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                pending.extend(self.includes.get(name, ()))
        return seen

    def bloc(
        self, section: str, number: int, field: str, name: str, *, what: str = ""
    ) -> Iterator[Fault]:
        if name not in self.includes:
            names = ", ".join(sorted(self.includes)) + did_you_mean(name, self.includes)
            message = f'{what}"{name}", which is no bloc; expected one of {names}'
            yield Fault(section, number, field, message)

    def member(self, section: str, number: int, field: str, name: str) -> Iterator[Fault]:
        if name in self.known and self.known[name].kind == "leader":
            message = (
                f'"{name}" is a leader, who belongs where the actor of the office belongs; '
                "name that actor"
            )
            yield Fault(section, number, field, message)
        yield from self.actor(section, number, field, name)

    def actor(self, section: str, number: int, field: str, name: str) -> Iterator[Fault]:
        if name in self.known:
            return
        if meant := self.words.get(_key(name)):
            message = f'"{name}" is a word for {meant}; write "{meant}"'
        else:
            message = (
                f'there is no actor "{name}"; add an [[actor]] entry, or correct the name'
                f"{did_you_mean(name, self.known)}"
            )
        yield Fault(section, number, field, message)


def _blank(section: str, number: int, texts: Sequence[str]) -> Iterator[Fault]:
    for text in texts:
        if not tokenize(text):
            yield Fault(section, number, None, f"{text!r} has no word in it; remove it")


def _dates(
    section: str, number: int, field: str, start: str | None, end: str | None
) -> Iterator[Fault]:
    shared = min(len(start or ""), len(end or ""))
    if start and end and start[:shared] > end[:shared]:
        message = f"begins on {start}, after its end on {end}; correct one of the dates"
        yield Fault(section, number, field, message)
