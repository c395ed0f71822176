"""The actor table as a list, and the meanings of words in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pipeline.actors.lexicon import Actor, Kind, Label, Office
from pipeline.actors.senses import Sense
from pipeline.actors.table import ActorTable, Mention
from pipeline.errors import near
from pipeline.records import Record, Via

Form = Literal["name", "alias", "demonym", "leader", "capital", "metonym", "phrase"]
_SHOWN = 6


class Candidate(Record):
    """One meaning of words.

    Attributes:
        entry: the name of the entry in the table; for a leader, the leader.
        actors, blocs: of this meaning, at the date.
        form: the kind of word, finer than ``via``.
        decides: conditions on the context and on the date.
        source: where the entry is from, if stated.
    """

    entry: str | None
    kind: Kind | None
    actors: tuple[str, ...]
    blocs: tuple[str, ...]
    via: Via
    form: Form
    label: Label | None
    decides: tuple[str, ...]
    source: str | None = None


class Explained(Record):
    """Words of a text, their actors there, or the reason for none, and all their meanings."""

    text: str
    start: int = 0
    end: int
    actors: tuple[str, ...] = ()
    blocs: tuple[str, ...] = ()
    via: Via | None = None
    reason: str | None
    candidates: tuple[Candidate, ...]


def explain(table: ActorTable, text: str, *, date: str | None) -> tuple[Explained, ...]:
    """Explain words that are in the table, or every mention in a longer text, at an ISO date."""
    senses = table.senses_of(text)
    if not senses:
        return tuple(
            _explained(table, mention, sense, date)
            for mention, sense in table.meanings(text, date=date)
        )
    read = next(iter(table.meanings(text, date=date)), None)
    if read is not None and read[0].text == text.strip():
        return (_explained(table, *read, date),)
    reason = "not by itself: the words around it decide"
    meanings = _candidates(table, text, date)
    return (Explained(text=text, end=len(text), reason=reason, candidates=meanings),)


def near_phrases(table: ActorTable, text: str) -> list[str]:
    """Return known words most similar to a text, best first."""
    return near(" ".join(text.split()), table.phrases, most=5)


def _explained(table: ActorTable, mention: Mention, sense: Sense, date: str | None) -> Explained:
    return Explained(
        **mention.model_dump(include={"text", "start", "end", "actors"}),
        blocs=_blocs(table, mention.actors, date),
        via=mention.via if mention.actors else None,
        reason=None if mention.actors else _why_none(sense, date),
        candidates=_candidates(table, mention.text, date),
    )


def _candidates(table: ActorTable, phrase: str, date: str | None) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            entry=sense.actor.name if sense.actor else None,
            kind=sense.actor.kind if sense.actor else None,
            actors=(actors := _actors(table, sense, date)),
            blocs=_blocs(table, actors, date),
            via=sense.via,
            form=form_of(sense, phrase),
            label=sense.label,
            decides=tuple(_decides(sense, phrase)),
            source=sense.actor.source if sense.actor else None,
        )
        for sense in table.senses_of(phrase)
    )


def form_of(sense: Sense, phrase: str) -> Form:
    """Return the kind of word that a phrase is in one of its meanings."""
    if sense.label is None:
        return "phrase"
    if sense.actor is None or sense.via == "name":
        return "leader" if sense.actor and sense.actor.kind == "leader" else "name"
    if sense.actor.kind == "leader":
        return "leader"
    if sense.label == "NORP":
        return "demonym"
    if sense.via == "metonym":
        return "capital" if phrase == sense.actor.capital else "metonym"
    return "alias"


def _actors(table: ActorTable, sense: Sense, date: str | None) -> tuple[str, ...]:
    if sense.actor is None:
        return ()
    return table.represented(sense.actor, date)


def _blocs(table: ActorTable, actors: tuple[str, ...], date: str | None) -> tuple[str, ...]:
    return tuple(sorted({bloc for name in actors for bloc in table.blocs_of(name, date=date)}))


def _why_none(sense: Sense, date: str | None) -> str:
    if sense.actor is None:
        return "a known name that refers to no actor"
    if sense.actor.kind == "leader":
        when = f"on {date}" if date else "in an undated interview"
        return f"{sense.actor.name} refers to no actor {when}: {_terms(sense.actor)}"
    if sense.label == "NORP":
        return "only an attribute of the word after it"
    return "only a place here"


def _decides(sense: Sense, phrase: str) -> list[str]:
    """Return the conditions of a meaning on the context and on the date."""
    found = []
    if sense.actor is not None and sense.actor.kind == "leader":
        found.append(f"the date ({_terms(sense.actor)})")
        if sense.titled:
            found.append("only after a title (President, Prime Minister, Mr, ...)")
        elif " " not in phrase:
            found.append("not after another forename")
    if sense.place:
        found.append(f'where it acts; where it is only a place ("in {phrase}"), no actor')
    if sense.label == "NORP" and sense.actor is not None:
        found.append(f'the state or its people; as a mere attribute ("{phrase} wine"), no actor')
    if sense.also:
        found.append(f"in an interview: this state or {_some(sense.also)}, by who was named")
    if sense.alone:
        found.append("not inside a longer capitalised name")
    if sense.not_before:
        found.append(f"not before {_some(sense.not_before)}")
    if sense.not_after:
        found.append(f"not after {_some(sense.not_after)}")
    return found


def _terms(leader: Actor) -> str:
    return "; ".join(
        f"{office.role}, {office.actor}, {office.start or '...'} to {office.end or 'now'}"
        for office in leader.offices
    )


def _some(words: tuple[str, ...]) -> str:
    more = f", ... ({len(words)} words)" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more


class Listed(Record):
    """An actor with all its words, its name first, and its blocs; ``own``: in the user's table."""

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
    """Yield actors by name: those in a bloc at an ISO date, of a kind, or all.

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
