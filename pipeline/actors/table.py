"""The actor table: mentions of actors in a text, and membership of blocs at a date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

from pipeline.actors.context import Context
from pipeline.actors.lexicon import Actor, Bloc, Label, Lexicon, covers, covers_whole, read_lexicon
from pipeline.actors.matcher import Matcher, Token, tokenize
from pipeline.actors.overlay import Examined, examine, merge, read_bytes, require
from pipeline.actors.senses import Sense, list_senses, stands_for
from pipeline.errors import ConfigError
from pipeline.records import Record, Via

LEXICONS = (
    "countries.toml",
    "actors.toml",
    "seats.toml",
    "leaders.toml",
    "officials.toml",
    "names.toml",
    "blocs.toml",
    "context.toml",
)


class Mention(Record):
    """Words of a text that are in the table, with an OntoNotes label unless they are not a name.

    ``actors`` is empty for other names ("the Black Sea"), leaders out of office at the date, a
    capital or continent that is only a place ("the talks in Minsk"), and a nationality that is
    only an attribute ("German cars").
    """

    start: int
    end: int
    text: str
    label: Label | None
    actors: tuple[str, ...]
    via: Via


class ActorTable:
    """Actors and blocs, as read from the lexicon files.

    Args:
        lexicon: Westward's.
        sha256: of the files.
        own: a user's entries, which precede Westward's where both fit.
    """

    def __init__(self, lexicon: Lexicon, *, sha256: str, own: Lexicon | None = None) -> None:
        own = own or Lexicon()
        self.sha256 = sha256
        self.actors: Mapping[str, Actor] = {
            actor.name: actor for actor in (*lexicon.actor, *own.actor)
        }
        self.blocs: Mapping[str, Bloc] = {bloc.name: bloc for bloc in (*lexicon.bloc, *own.bloc)}
        self.own_actors = frozenset(actor.name for actor in own.actor)
        self.context = lexicon.context or Context()
        self._senses = tuple(chain(list_senses(own, known=self.actors), list_senses(lexicon)))
        self._matcher: Matcher[Sense] = Matcher(self._senses)
        self._by_iso = {actor.iso: actor.name for actor in self.actors.values() if actor.iso}

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """All phrases of the table, sorted."""
        return tuple(sorted({phrase for phrase, _ in self._senses}))

    @cached_property
    def forenames(self) -> frozenset[str]:
        """Given names: of leaders, and common ones, without those with another meaning."""
        first = {
            actor.name.split()[0]
            for actor in self.actors.values()
            if actor.kind == "leader" and " " in actor.name
        }
        known = first | self.context.given_names
        return frozenset(
            name
            for name in known
            if name.lower() not in self.context.titles and not self.senses_of(name)
        )

    @cached_property
    def words(self) -> Mapping[str, tuple[tuple[str, Sense], ...]]:
        """The phrases of each actor, by its name, with their meaning."""
        found: dict[str, dict[tuple[str, Sense], None]] = {name: {} for name in self.actors}
        for phrase, sense in self._senses:
            if sense.actor is not None:
                found[sense.actor.name][phrase, sense] = None
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def bodies(self) -> Mapping[str, tuple[str, ...]]:
        """Names of bodies that several states have ("Senate"), with those states."""
        first: dict[str, Sense] = {}
        for phrase, sense in self._senses:
            first.setdefault(phrase, sense)
        return {
            phrase: (sense.actor.name, *sense.also)
            for phrase, sense in first.items()
            if sense.actor is not None and sense.also
        }

    def senses_of(self, phrase: str) -> tuple[Sense, ...]:
        """Return the meanings of a phrase, in the order in which they are tried."""
        tokens = tokenize(phrase)
        for after, senses in self._matcher.matches_at(tokens, 0) if tokens else ():
            if after == len(tokens):
                return tuple(dict.fromkeys(senses))
        return ()

    @cached_property
    def bloc_names(self) -> tuple[str, ...]:
        """Names of the blocs, sorted."""
        return tuple(sorted(self.blocs))

    def state_of(self, iso: str) -> str | None:
        """Return the actor with an ISO 3166-1 alpha-2 code, in any case; None if unknown."""
        return self._by_iso.get(iso.upper())

    def require_bloc(self, name: str) -> None:
        """Raise ConfigError, with a list of all blocs, if a bloc does not exist."""
        if name not in self.blocs:
            raise ConfigError(
                f'unknown bloc "{name}"; expected one of {", ".join(self.bloc_names)}; '
                "blocs are defined in pipeline/lexicons/blocs.toml"
            )

    def mentions(self, text: str, *, date: str | None = None) -> tuple[Mention, ...]:
        """Return the mentions in a text: left to right, the longest at each place.

        Args:
            text: any text; offsets in the mentions are code points into it.
            date: ISO date of the interview, for terms of office; without one, a leader represents
                the actor of the last office.
        """
        return tuple(mention for mention, _ in self.meanings(text, date=date))

    def meanings(self, text: str, *, date: str | None = None) -> Iterator[tuple[Mention, Sense]]:
        """Yield the mentions in a text, each with its meaning."""
        tokens = tokenize(text)
        index = 0
        while index < len(tokens):
            found, index = self._mention_at(text, tokens, index, date)
            if found is not None:
                yield found

    def represented(self, actor: Actor, date: str | None) -> tuple[str, ...]:
        """Return an actor, or those for which a leader acts at a date."""
        if actor.kind != "leader":
            return (actor.name,)
        return stands_for(actor, date, undated_from=self.context.undated_from)

    def blocs_of(self, actor: str, *, date: str | None = None) -> tuple[str, ...]:
        """Return the sorted blocs of an actor at a date; today's without a date."""
        return tuple(name for name in self.bloc_names if self.in_bloc(actor, name, date=date))

    def in_bloc(self, actor: str, bloc: str, *, date: str | None = None) -> bool:
        """Return whether an actor belongs to a bloc at a date; today's membership without one.

        A leader belongs where the actor of the office belongs. An unknown bloc is a ConfigError.
        """
        self.require_bloc(bloc)
        known = self.actors.get(actor)
        if known is not None and known.kind == "leader":
            held = self.represented(known, date)
            return any(self.in_bloc(name, bloc, date=date) for name in held)
        rules = self.blocs[bloc]
        for change in reversed(rules.changes):
            holds = covers if change.member else covers_whole
            if actor in change.actors and holds(change.start, change.end, date):
                return change.member
        if actor in rules.without:
            return False
        if any(
            actor in member.actors and covers(member.start, member.end, date)
            for member in rules.members
        ):
            return True
        if known is not None and known.region in rules.regions:
            return True
        return any(self.in_bloc(actor, included, date=date) for included in rules.includes)

    def _mention_at(
        self, text: str, tokens: list[Token], index: int, date: str | None
    ) -> tuple[tuple[Mention, Sense] | None, int]:
        for after, senses in self._matcher.matches_at(tokens, index):
            fitting = [one for one in senses if one.fits(tokens, index, after, self.context)]
            if not fitting:
                continue
            meant = [(one, one.actors(tokens, index, after, self.context, date)) for one in fitting]
            sense, actors = next((pair for pair in meant if pair[1]), meant[0])
            start, end = tokens[index].start, tokens[after - 1].end
            mention = Mention(
                start=start,
                end=end,
                text=text[start:end],
                label=sense.label,
                actors=actors,
                via=sense.via if actors else "name",
            )
            return (mention, sense), after
        return None, index + 1


def load_actors(extra: Path | None = None) -> ActorTable:
    """Load the actor table from the lexicon files, merged with a user's own if given.

    Raises:
        ConfigError: a file cannot be read, or an entry is not as expected.
    """
    return _load(extra, b"" if extra is None else read_bytes(extra))


def examine_actors(extra: Path) -> Examined:
    """Read and check a user's own table; ConfigError if the file cannot be read."""
    return examine(extra, read_bytes(extra), _lexicon())


@lru_cache(maxsize=5)
def _load(extra: Path | None, content: bytes) -> ActorTable:
    lexicon, own = _lexicon(), Lexicon()
    if extra is not None:
        lexicon, own = merge(lexicon, require(examine(extra, content, lexicon)))
    data = b"".join(path.read_bytes() for path in _paths()) + content
    return ActorTable(lexicon, sha256=hashlib.sha256(data).hexdigest(), own=own)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return read_lexicon(_paths())


def _paths() -> list[Path]:
    folder = Path(str(files("pipeline").joinpath("lexicons")))
    return [folder / name for name in LEXICONS]
