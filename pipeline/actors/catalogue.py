"""The actor table as a list: who is in it, under which words, and in which blocs at a date."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.actors.lexicon import Kind, Office
from pipeline.actors.table import ActorTable
from pipeline.records import Record


class Listed(Record):
    """An actor as listed.

    Attributes:
        words: all that names the actor, its name first.
        blocs: at the date asked for.
        own: it stands in the user's own table.
    """

    name: str
    kind: Kind
    iso: str | None
    wikidata: str | None
    region: str | None
    words: tuple[str, ...]
    offices: tuple[Office, ...]
    blocs: tuple[str, ...]
    own: bool


def list_actors(
    table: ActorTable, *, bloc: str | None = None, kind: Kind | None = None, date: str | None = None
) -> Iterator[Listed]:
    """Yield actors by name.

    Args:
        table: the actors.
        bloc: only those in it at the date; leaders by the office they hold then.
        kind: only those of it.
        date: ISO date of an interview; without one, as for an undated interview.

    Raises:
        ConfigError: the bloc is unknown.
    """
    if bloc is not None:
        table.require_bloc(bloc)
    for name, actor in sorted(table.actors.items(), key=lambda item: item[0].casefold()):
        if kind is not None and actor.kind != kind:
            continue
        if bloc is not None and not table.in_bloc(name, bloc, date=date):
            continue
        yield Listed(
            **actor.model_dump(include={"name", "kind", "iso", "wikidata", "region"}),
            words=tuple(dict.fromkeys([name, *(phrase for phrase, _ in table.words[name])])),
            offices=actor.offices,
            blocs=table.blocs_of(name, date=date),
            own=name in table.own_actors,
        )
