"""Walking through an interview and resolving its pronouns and nominals in order.

Three parts: ``first_person`` (we: the speaker's own side, unless the sentence names, quotes or
addresses somebody else), ``third_person`` (they, it, he: the likeliest actor of the last sentences)
and ``nominals`` (both countries, the Alliance, our allies). An unresolved "we" or "they" becomes an
entity without actors, to be counted; other unresolved references become nothing.

``python -m training measure-references`` measures it.

Example:
    >>> from pipeline.actors import load_actors
    >>> from pipeline.actors.names import find_names
    >>> from pipeline.parse import load_spacy
    >>> from pipeline.records import Interview, Speaker, Turn
    >>> doc = load_spacy("en_core_web_sm")("We help Ukraine.")
    >>> speaker = Speaker(id="s1", role="respondent", country="PL")
    >>> interview = Interview(
    ...     id="k01", title="A talk", sha256="0" * 64, source_format="txt", convention="labels",
    ...     convention_confidence=1.0, speakers=(speaker,),
    ...     turns=(Turn(id="t1", speaker_id="s1", kind="answer", text=doc.text),),
    ... )
    >>> actors = load_actors()
    >>> names = {"t1": find_names(doc, actors, date=None)}
    >>> found = References(actors).resolve(interview, docs={"t1": doc}, names=names)
    >>> [(doc.text[one.start : one.end], one.actors, one.via) for one in found["t1"]]
    [('We', ('Poland',), 'pronoun'), ('Ukraine', ('Ukraine',), 'name')]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.actors import ActorTable
from pipeline.actors.names import Found
from pipeline.records import Interview
from pipeline.references.first_person import Situation, quoted_by, resolve_we
from pipeline.references.homes import Actors, Side, sides_of
from pipeline.references.memory import REACH, Memory, as_candidate, list_candidates
from pipeline.references.nominals import (
    Nominal,
    View,
    as_found,
    find_nominals,
    is_short_name,
    members_of,
    resolve_nominal,
)
from pipeline.references.third_person import resolve_third
from pipeline.references.words import (
    PRONOUNS,
    THEY,
    WE,
    Salience,
    lemma,
    load_salience,
    load_words,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn is read with: what was named, its names and quotations, whose side speaks."""

    memory: Memory
    names: Mapping[int, Found]
    side: Side
    quoted: Mapping[int, Token]


class References:
    """Resolves pronouns and nominals to the actors they mean."""

    def __init__(self, actors: ActorTable, *, salience: Salience | None = None) -> None:
        self._actors = actors
        self._words = load_words()
        self._salience = salience or load_salience()

    def resolve(
        self,
        interview: Interview,
        *,
        docs: Mapping[str, Doc],
        names: Mapping[str, Sequence[Found]],
    ) -> dict[str, list[Found]]:
        """Return the names and references of every turn, by turn id, in the order of the text.

        A name that is only a short one ("the Commission") is replaced where it can be resolved.
        Nothing overlaps except a pronoun and the nominal it begins ("our", "our allies").

        Args:
            interview: whose turns are read in order.
            docs: parsed turns by id.
            names: the names found in each turn.
        """
        memory, number = Memory(), 0
        for mention in self._actors.mentions(interview.title, date=interview.date):
            memory.named.update(dict.fromkeys(mention.actors, 0))
        sides = sides_of(interview, self._actors)
        resolved: dict[str, list[Found]] = {}
        for turn in interview.turns:
            doc = docs[turn.id]
            by_token = _by_token(doc, self._full_names(names[turn.id], turn.text))
            said = quoted_by(doc, self._words)
            reading = Reading(memory, by_token, sides[turn.speaker_id], said)
            found: list[Found] = []
            for sentence in doc.sents:
                number += 1
                memory.forget_before(number - REACH)
                found += self._sentence(sentence, number, reading)
            resolved[turn.id] = _merge(names[turn.id], found)
        return resolved

    def _full_names(self, names: Sequence[Found], text: str) -> list[Found]:
        """Return the names that need no reference, as a mere "Commission" does."""
        return [one for one in names if not is_short_name(text[one.start : one.end], self._words)]

    def _sentence(self, sentence: Span, number: int, reading: Reading) -> list[Found]:
        """Resolve one sentence from left to right; what is resolved is a candidate for the rest."""
        memory, names = reading.memory, reading.names
        waiting = deque(
            list_candidates(
                sentence, number=number, names=names, actors=self._actors, words=self._words
            )
        )
        nominals = {n.first.i: n for n in find_nominals(sentence, taken=frozenset(names))}
        found: list[Found] = []
        for token in sentence:
            while waiting and waiting[0].head.i < token.i:
                memory.add(waiting.popleft())
            if token.i in names:
                continue
            ours: Actors = ()
            if token.lower_ in WE and token.text != "US":
                ours = self._we(token, number, reading)
                found.append(_found(token, ours))
            elif token.lower_ in PRONOUNS - WE:
                found += self._third(token, number, reading)
            if (nominal := nominals.get(token.i)) is not None:
                found += self._nominal(nominal, ours, number, reading)
            elif lemma(token) in self._words.groups and (group := members_of(token, names)):
                memory.add(as_candidate(token, group, number))
        for candidate in waiting:
            memory.add(candidate)
        return found

    def _we(self, token: Token, number: int, reading: Reading) -> Actors:
        memory = reading.memory
        now = Situation(
            side=reading.side,
            partner=_partner(memory, reading.side.home, number),
            before=memory.last_we(number),
            quoted=_quoted_actors(token, number, reading),
        )
        actors = resolve_we(token, now, reading.names, self._words)
        memory.note_we(number, actors)
        return actors

    def _third(self, token: Token, number: int, reading: Reading) -> list[Found]:
        memory, home = reading.memory, reading.side.home
        actors = self.resolve_third(token, memory=memory, sentence=number, home=home)
        if actors:
            memory.add(as_candidate(token, actors, number))
        return [_found(token, actors)] if actors or token.lower_ in THEY else []

    def resolve_third(self, token: Token, *, memory: Memory, sentence: int, home: Actors) -> Actors:
        """Return the actors a third-person pronoun means; overridden where models are fitted."""
        return resolve_third(
            token,
            memory=memory,
            sentence=sentence,
            home=home,
            words=self._words,
            salience=self._salience,
        )

    def _nominal(
        self, nominal: Nominal, ours: Actors, number: int, reading: Reading
    ) -> list[Found]:
        view = View(reading.side, ours, reading.memory, number, reading.names)
        actors = resolve_nominal(nominal, view, self._words)
        if not actors:
            return []
        reading.memory.add(as_candidate(nominal.head, actors, number))
        return [as_found(nominal, actors, self._words)]


def _found(token: Token, actors: Actors) -> Found:
    return Found(token.idx, token.idx + len(token), None, actors, "pronoun")


def _merge(names: Sequence[Found], references: Sequence[Found]) -> list[Found]:
    """Return names and references in order; a resolved short name replaces the bare one."""
    named = {(one.start, one.end) for one in references if one.label is not None}
    kept = [one for one in names if (one.start, one.end) not in named]
    return sorted([*kept, *references], key=lambda one: (one.start, -one.end))


def _by_token(doc: Doc, names: Sequence[Found]) -> dict[int, Found]:
    by_token: dict[int, Found] = {}
    for found in names:
        span = doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is not None:
            by_token.update({token.i: found for token in span})
    return by_token


def _partner(memory: Memory, home: Actors, sentence: int) -> Actors:
    """Return the other side named last, alone, in this sentence or the one before."""
    for candidate in memory.latest(reach=1, sentence=sentence):
        alone = len(candidate.actors) == 1 and candidate.shape in ("person", "state", "people")
        if alone and not set(candidate.actors) & set(home):
            return candidate.actors
    return ()


def _quoted_actors(token: Token, number: int, reading: Reading) -> Actors | None:
    """Return the actors of the one quoted at a pronoun; None outside quotations."""
    speaker = reading.quoted.get(token.i)
    if speaker is None or speaker.lower_ in ("i", "we"):
        return None
    if (known := reading.names.get(speaker.i)) is not None and known.actors:
        return known.actors
    for candidate in reading.memory.latest(reach=REACH, sentence=number):
        if candidate.head.i == speaker.i and candidate.head.doc is speaker.doc:
            return candidate.actors
    return ()
