"""The actor table: who is named in a text, and which blocs they belong to at a date."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from pipeline.actors.lexicon import (
    LABEL_OF_KIND,
    Actor,
    Alias,
    Bloc,
    Label,
    Lexicon,
    join_lexicons,
    read_lexicon,
)
from pipeline.actors.matcher import Matcher, Token, tokenize
from pipeline.actors.periods import covers
from pipeline.errors import ConfigError
from pipeline.records import Record, Via

LEXICONS = ("actors.toml",)
PLACE_WORDS = frozenset({"in", "at", "near", "outside", "around", "In", "At", "Near"})
TITLES = frozenset({"Mr", "Mrs", "Ms", "President", "Minister", "Chancellor", "Secretary"})


class Mention(Record):
    """Words of a text that name an actor of the table, or a known name that stands for none.

    ``actors`` is empty for such names ("Latin America"), for leaders out of office at the date,
    and for a capital where it is only a place.
    """

    start: int
    end: int
    text: str
    label: Label
    actors: tuple[str, ...]
    via: Via


class ActorTable:
    """Actors and blocs, as read from the lexicon files."""

    def __init__(self, lexicon: Lexicon, *, sha256: str) -> None:
        self.sha256 = sha256
        self.actors: Mapping[str, Actor] = {actor.name: actor for actor in lexicon.actor}
        self.blocs: Mapping[str, Bloc] = {bloc.name: bloc for bloc in lexicon.bloc}
        self._matcher: Matcher[_Sense] = Matcher(_senses(lexicon))

    @cached_property
    def bloc_names(self) -> tuple[str, ...]:
        """Names of the blocs, sorted."""
        return tuple(sorted(self.blocs))

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
            return any(self.in_bloc(name, bloc, date=date) for name in stands_for(known, date))
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
            allowed = [sense for sense in senses if sense.fits(tokens, index, after)]
            if not allowed:
                continue
            resolved = [(sense, sense.actors(tokens, index, date)) for sense in allowed]
            sense, actors = next((pair for pair in resolved if pair[1]), resolved[0])
            start, end = tokens[index].start, tokens[after - 1].end
            mention = Mention(
                start=start,
                end=end,
                text=text[start:end],
                label=sense.label,
                actors=actors,
                via=sense.via,
            )
            return mention, after
        return None, index + 1


class _Sense:
    """What a phrase of the table means, and where."""

    def __init__(self, alias: Alias, leader: Actor | None = None, *, titled: bool = False) -> None:
        self.label = alias.label
        self.via = alias.via
        self._alias = alias
        self._leader = leader
        self._titled = titled

    def fits(self, tokens: list[Token], start: int, after: int) -> bool:
        before = tokens[start - 1].text if start else ""
        follows = tokens[after].text if after < len(tokens) else ""
        if self._titled and before.rstrip(".") not in TITLES:
            return False
        return before not in self._alias.not_after and follows not in self._alias.not_before

    def actors(self, tokens: list[Token], start: int, date: str | None) -> tuple[str, ...]:
        if self._leader is not None:
            return stands_for(self._leader, date)
        if self._alias.actor is None:
            return ()
        if self._alias.place and start and tokens[start - 1].text in PLACE_WORDS:
            return ()
        return (self._alias.actor,)


def stands_for(leader: Actor, date: str | None) -> tuple[str, ...]:
    """The actors that a leader stands for at a date; those of the last office without one."""
    if date is None:
        return tuple(office.actor for office in leader.offices[-1:])
    actors = [office.actor for office in leader.offices if covers(office.start, office.end, date)]
    return tuple(dict.fromkeys(actors))


def _senses(lexicon: Lexicon) -> list[tuple[str, _Sense]]:
    found: list[tuple[str, _Sense]] = []
    for actor in lexicon.actor:
        label = actor.label or LABEL_OF_KIND[actor.kind]
        leader = actor if actor.kind == "leader" else None
        for texts, kind, via in (
            ((actor.name,), label, "name"),
            (actor.aliases, label, "alias"),
            (actor.people, "NORP", "alias"),
        ):
            if texts:
                alias = Alias.model_validate(
                    {"texts": texts, "actor": actor.name, "label": kind, "via": via}
                )
                found += [(text, _Sense(alias, leader)) for text in texts]
        if actor.titled:
            alias = Alias(texts=actor.titled, actor=actor.name, label=label, via="alias")
            found += [(text, _Sense(alias, leader, titled=True)) for text in actor.titled]
        if actor.capital:
            alias = Alias(texts=(actor.capital,), actor=actor.name, label="GPE", place=True)
            found.append((actor.capital, _Sense(alias)))
    for alias in lexicon.alias:
        found += [(text, _Sense(alias)) for text in alias.texts]
    return found


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
