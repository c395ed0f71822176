"""The actor table: who is named in a text, and which blocs they belong to at a date."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from pipeline.actors.context import Context
from pipeline.actors.lexicon import Actor, Bloc, Label, Lexicon, join_lexicons, read_lexicon
from pipeline.actors.matcher import Matcher, Token, tokenize
from pipeline.actors.periods import covers
from pipeline.actors.senses import Sense, list_senses, stands_for
from pipeline.errors import ConfigError
from pipeline.records import Record, Via

LEXICONS = (
    "countries.toml",
    "actors.toml",
    "seats.toml",
    "leaders.toml",
    "names.toml",
    "blocs.toml",
    "context.toml",
)


class Mention(Record):
    """Words of a text that name an actor of the table, or a known name that stands for none.

    ``label`` is that of OntoNotes, none for phrases that are no names ("liberal democracies").
    ``actors`` is empty for names that stand for none ("the Black Sea"), for leaders out of office
    at the date, for a capital or continent where it is only a place ("the talks in Minsk"), and
    for a nationality that is a mere attribute ("German cars").
    """

    start: int
    end: int
    text: str
    label: Label | None
    actors: tuple[str, ...]
    via: Via


class ActorTable:
    """Actors and blocs, as read from the lexicon files."""

    def __init__(self, lexicon: Lexicon, *, sha256: str) -> None:
        self.sha256 = sha256
        self.actors: Mapping[str, Actor] = {actor.name: actor for actor in lexicon.actor}
        self.blocs: Mapping[str, Bloc] = {bloc.name: bloc for bloc in lexicon.bloc}
        self.context = lexicon.context or Context()
        self._matcher: Matcher[Sense] = Matcher(list_senses(lexicon))
        self._by_iso = {actor.iso: actor.name for actor in lexicon.actor if actor.iso}

    @cached_property
    def bloc_names(self) -> tuple[str, ...]:
        """Names of the blocs, sorted."""
        return tuple(sorted(self.blocs))

    def state_of(self, iso: str) -> str | None:
        """Name of the actor with an ISO 3166-1 alpha-2 code, in any case; none where unknown."""
        return self._by_iso.get(iso.upper())

    def require_bloc(self, name: str) -> None:
        """Check that a bloc exists.

        Raises:
            ConfigError: it does not; the message lists those that do.
        """
        if name not in self.blocs:
            raise ConfigError(
                f'unknown bloc "{name}"; expected one of {", ".join(self.bloc_names)}; '
                "blocs are defined in pipeline/lexicons/blocs.toml"
            )

    def mentions(self, text: str, *, date: str | None = None) -> tuple[Mention, ...]:
        """Find the mentions in a text: longest first, left to right, none overlapping.

        Args:
            text: any text; offsets in the mentions are code points into it.
            date: ISO date of the interview, for terms of office; without one, a leader stands
                for the actor of the last office.
        """
        tokens = tokenize(text)
        found: list[Mention] = []
        index = 0
        while index < len(tokens):
            mention, index = self._mention_at(text, tokens, index, date)
            if mention is not None:
                found.append(mention)
        return tuple(found)

    def blocs_of(self, actor: str, *, date: str | None = None) -> tuple[str, ...]:
        """Names of the blocs an actor belongs to at a date, sorted; today's without a date."""
        return tuple(name for name in self.bloc_names if self.in_bloc(actor, name, date=date))

    def in_bloc(self, actor: str, bloc: str, *, date: str | None = None) -> bool:
        """Tell whether an actor belongs to a bloc at a date; today's membership without one.

        A leader belongs where the actor of the office belongs.

        Raises:
            ConfigError: there is no such bloc.
        """
        self.require_bloc(bloc)
        known = self.actors.get(actor)
        if known is not None and known.kind == "leader":
            held = stands_for(known, date, undated_from=self.context.undated_from)
            return any(self.in_bloc(name, bloc, date=date) for name in held)
        rules = self.blocs[bloc]
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
    ) -> tuple[Mention | None, int]:
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
            return mention, after
        return None, index + 1


@lru_cache(maxsize=4)
def load_actors(extra: Path | None = None) -> ActorTable:
    """Load the actor table from the lexicon files, and from one more file if given.

    Raises:
        ConfigError: a file cannot be read, or an entry is not as expected.
    """
    folder = Path(str(files("pipeline").joinpath("lexicons")))
    paths = [folder / name for name in LEXICONS]
    if extra is not None:
        paths.append(extra)
    lexicon = join_lexicons({path: read_lexicon(path) for path in paths})
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return ActorTable(lexicon, sha256=digest.hexdigest())
