"""Whether a user's actor table fits Westward's: names that exist, dates in order, words that clash.

Nothing is raised: each function returns all that it found, so that a user can correct it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.actors.entries import Complaint, did_you_mean
from pipeline.actors.lexicon import Actor, Change, Lexicon
from pipeline.actors.matcher import tokenize
from pipeline.actors.senses import list_senses

Changes = Sequence[tuple[str, Change]]


def find_faults(own: Lexicon, changes: Changes, base: Lexicon) -> list[Complaint]:
    """Return why a table cannot be laid over another, in the order of the file's sections.

    Args:
        own: the user's actors, aliases and blocs.
        changes: the user's changes of membership, each with its bloc's name.
        base: Westward's lexicon.
    """
    check = _Check(own, base)
    return [
        *check.actors(),
        *check.aliases(),
        *check.blocs(),
        *check.changes(changes),
    ]


def find_overrides(own: Lexicon, base: Lexicon) -> list[Complaint]:
    """Return the words of a table that stand for another actor in Westward's."""
    ours: dict[str, str] = {}
    for phrase, sense in list_senses(base):
        if sense.actor is not None:
            ours.setdefault(_key(phrase), sense.actor.name)
    found = []
    for section, number, name, texts in _words(own):
        for text in texts:
            other = ours.get(_key(text))
            if other is not None and other != name:
                message = (
                    f'"{text}" stands for {other} in Westward\'s table, here for '
                    f"{name or 'no actor'}; yours is taken where both fit"
                )
                found.append(Complaint(section, number, None, message))
    return found


def _words(own: Lexicon) -> Iterator[tuple[str, int, str | None, tuple[str, ...]]]:
    for number, actor in enumerate(own.actor):
        capital = (actor.capital,) if actor.capital else ()
        yield "actor", number, actor.name, (actor.name, *actor.aliases, *actor.people, *capital)
    for number, alias in enumerate(own.alias):
        yield "alias", number, alias.actor, alias.texts


def _key(text: str) -> str:
    return " ".join(token.text for token in tokenize(text))


class _Check:
    """The checks of a user's table against Westward's."""

    def __init__(self, own: Lexicon, base: Lexicon) -> None:
        self.own, self.base = own, base
        self.ours: Mapping[str, Actor] = {actor.name: actor for actor in base.actor}
        self.known: Mapping[str, Actor] = {**self.ours, **{a.name: a for a in own.actor}}
        self.bloc_names = [bloc.name for bloc in (*base.bloc, *own.bloc)]
        self._words: dict[str, str] | None = None

    def actors(self) -> Iterator[Complaint]:
        seen: set[str] = set()
        codes = {actor.iso: actor.name for actor in self.base.actor if actor.iso}
        for number, actor in enumerate(self.own.actor):
            if actor.name in self.ours:
                yield Complaint(
                    "actor",
                    number,
                    "name",
                    f'"{actor.name}" is also defined in Westward\'s own table; add words to it '
                    "with [[alias]], change where it belongs with [[membership]]",
                )
            elif actor.name in seen:
                message = f'"{actor.name}" is defined twice in this file; join the two entries'
                yield Complaint("actor", number, "name", message)
            seen.add(actor.name)
            if actor.iso in codes:
                message = f"{actor.iso} is the code of {codes[actor.iso]}; correct it"
                yield Complaint("actor", number, "iso", message)
            if actor.kind == "leader" and not actor.offices:
                message = (
                    "a leader stands for the actor of an office; add "
                    'offices = [{ actor = "...", role = "...", from = "..." }]'
                )
                yield Complaint("actor", number, "offices", message)
            for office in actor.offices:
                yield from self._actor("actor", number, "offices", office.actor)
                yield from _dates("actor", number, "offices", office.start, office.end)
            yield from _blank("actor", number, (*actor.aliases, *actor.people))

    def aliases(self) -> Iterator[Complaint]:
        for number, alias in enumerate(self.own.alias):
            yield from _blank("alias", number, alias.texts)
            for name in alias.also:
                yield from self._actor("alias", number, "also", name)
            if alias.actor is not None:
                yield from self._actor("alias", number, "actor", alias.actor)
            elif alias.label is None:
                message = (
                    "is missing; name the actor the words stand for, or, for a name that stands "
                    'for none, give its label, such as label = "LOC"'
                )
                yield Complaint("alias", number, "actor", message)

    def blocs(self) -> Iterator[Complaint]:
        ours = {bloc.name for bloc in self.base.bloc}
        regions = {actor.region for actor in self.known.values() if actor.region}
        seen: set[str] = set()
        for number, bloc in enumerate(self.own.bloc):
            if bloc.name in ours or bloc.name in seen:
                where = "in Westward's own table" if bloc.name in ours else "twice in this file"
                message = (
                    f'"{bloc.name}" is also defined {where}; choose another name, or change '
                    "a bloc that is there with [[membership]]"
                )
                yield Complaint("bloc", number, "name", message)
            seen.add(bloc.name)
            for name in bloc.includes:
                yield from self._bloc("bloc", number, "includes", name, what="includes ")
            for region in bloc.regions:
                if region not in regions:
                    message = f'no state has the region "{region}"; expected one of '
                    yield Complaint("bloc", number, "regions", message + ", ".join(sorted(regions)))
            for name in bloc.without:
                yield from self._member("bloc", number, "without", name)
            for member in (*bloc.members, *bloc.changes):
                yield from _dates("bloc", number, "members", member.start, member.end)
                for name in member.actors:
                    yield from self._member("bloc", number, "members", name)
        yield from self._circles()

    def changes(self, changes: Changes) -> Iterator[Complaint]:
        for number, (bloc, change) in enumerate(changes):
            yield from self._bloc("membership", number, "bloc", bloc)
            yield from _dates("membership", number, "from", change.start, change.end)
            for name in change.actors:
                yield from self._member("membership", number, "actors", name)

    def _circles(self) -> Iterator[Complaint]:
        includes = {bloc.name: bloc.includes for bloc in (*self.base.bloc, *self.own.bloc)}
        for number, bloc in enumerate(self.own.bloc):
            pending, seen = list(bloc.includes), set[str]()
            while pending:
                name = pending.pop()
                if name not in seen:
                    seen.add(name)
                    pending.extend(includes.get(name, ()))
            if bloc.name in seen:
                message = "the bloc includes itself, by way of others; take one of them out"
                yield Complaint("bloc", number, "includes", message)

    def _bloc(
        self, section: str, number: int, field: str, name: str, *, what: str = ""
    ) -> Iterator[Complaint]:
        if name not in self.bloc_names:
            near = did_you_mean(name, self.bloc_names)
            names = ", ".join(sorted(self.bloc_names))
            message = f'{what}"{name}", which is no bloc; expected one of {names}{near}'
            yield Complaint(section, number, field, message)

    def _member(self, section: str, number: int, field: str, name: str) -> Iterator[Complaint]:
        if name in self.known and self.known[name].kind == "leader":
            message = (
                f'"{name}" is a leader, who belongs where the actor of the office belongs; '
                "name that actor"
            )
            yield Complaint(section, number, field, message)
        yield from self._actor(section, number, field, name)

    def _actor(self, section: str, number: int, field: str, name: str) -> Iterator[Complaint]:
        if name in self.known:
            return
        meant = self._stands_for(name)
        if meant is not None:
            message = f'"{name}" is a word for {meant}; write "{meant}"'
        else:
            message = (
                f'there is no actor "{name}"; add an [[actor]] entry, or correct the name'
                f"{did_you_mean(name, self.known)}"
            )
        yield Complaint(section, number, field, message)

    def _stands_for(self, word: str) -> str | None:
        if self._words is None:
            self._words = {}
            for phrase, sense in list_senses(self.base):
                if sense.actor is not None:
                    self._words.setdefault(_key(phrase), sense.actor.name)
        return self._words.get(_key(word))


def _blank(section: str, number: int, texts: Sequence[str]) -> Iterator[Complaint]:
    for text in texts:
        if not tokenize(text):
            yield Complaint(section, number, None, f"{text!r} has no word in it; take it out")


def _dates(
    section: str, number: int, field: str, start: str | None, end: str | None
) -> Iterator[Complaint]:
    if start is not None and end is not None:
        shared = min(len(start), len(end))
        if start[:shared] > end[:shared]:
            message = f"begins on {start}, after its end on {end}; correct one of the dates"
            yield Complaint(section, number, field, message)
