"""Walking through an interview and resolving its pronouns and nominals in order.

Four parts: ``first`` (we: whom the speaker speaks for, unless the sentence names somebody, quotes
somebody, speaks of everybody or of the talk itself, or of what two sides or a club of states have
together), ``second`` (you: a state that is plainly addressed), ``third`` (they, it, he: the
likeliest actor of the last sentences) and ``nominals`` (both countries, the Alliance, our allies).
What cannot be told is left: "we" and "they" become entities without actors, to be counted; the
rest become nothing.

Measured by ``python -m training measure-references`` on the project's reference annotations, first
edition, each sentence put back after its question and up to four sentences. Train split, on which
rules and weights were chosen: the right actors, as equal sets, for .88 of we, us and our (baseline
"the speaker's own side": .79); of the other references that were resolved, .76 are right (.82 of
those annotated at all; baseline "the last actor named": .27), with .44 of the annotated ones
resolved. Of 761 more we, us, our in train sentences, which the last rules were chosen on, .78 are
right (.75 before these rules; baseline .69; a ranking model of some 150 features, cross-validated
by document, did no better than the rules). Test split (220 sentences, read seven times as the rules
grew): .76 (baseline .60), .73 (.82; .24), .33.

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

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from pipeline.actors import ActorTable
from pipeline.actors.names import Found
from pipeline.records import Interview
from pipeline.references.candidates import again, list_candidates
from pipeline.references.first import Situation, resolve_we
from pipeline.references.homes import Actors, homes_of
from pipeline.references.joint import partner_of
from pipeline.references.memory import REACH, Memory
from pipeline.references.nominals import (
    Nominal,
    View,
    as_candidate,
    as_found,
    find_nominals,
    is_short_name,
    resolve_nominal,
)
from pipeline.references.quoted import quoted_by
from pipeline.references.second import resolve_you
from pipeline.references.third import resolve_third
from pipeline.references.told import likeliest, tell_home
from pipeline.references.voices import Voice, list_voices
from pipeline.references.words import (
    PRONOUNS,
    THEY,
    WE,
    YOU,
    Salience,
    Words,
    load_salience,
    load_words,
)

CLUB_REACH = 3  # sentences back that a club of states may have been named


class References:
    """Resolves what stands for an actor without naming it."""

    def __init__(self, actors: ActorTable, *, salience: Salience | None = None) -> None:
        self._actors = actors
        self._words: Words = load_words()
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
        Nothing overlaps but a pronoun and the nominal it begins ("our", "our allies").

        Args:
            interview: whose turns are read in order.
            docs: parsed turns by id.
            names: the names found in each turn.
        """
        memory, number = Memory(), 0
        for mention in self._actors.mentions(interview.title, date=interview.date):
            memory.named.update(dict.fromkeys(mention.actors, 0))
        by_token = {
            turn.id: _by_token(docs[turn.id], self._full_names(names[turn.id], turn.text))
            for turn in interview.turns
        }
        told = self._told(interview, docs, by_token)
        voices = list_voices(interview, self._actors, told=told)
        resolved: dict[str, list[Found]] = {}
        for turn in interview.turns:
            doc = docs[turn.id]
            said = quoted_by(doc, self._words)
            reading = Reading(memory, by_token[turn.id], voices[turn.speaker_id], said)
            found: list[Found] = []
            for sentence in doc.sents:
                number += 1
                memory.forget_before(number - REACH)
                found += self._sentence(sentence, number, reading)
            resolved[turn.id] = _merge(names[turn.id], found)
        return resolved

    def _told(
        self,
        interview: Interview,
        docs: Mapping[str, Doc],
        names: Mapping[str, Mapping[int, Found]],
    ) -> dict[str, Actors]:
        """Whom those who answer and have no known home say they are of, by their ids."""
        homes = homes_of(interview, self._actors)
        counts = {
            speaker.id: Counter[str]()
            for speaker in interview.speakers
            if speaker.role == "respondent" and not homes[speaker.id]
        }
        for turn in interview.turns:
            if turn.speaker_id in counts:
                counts[turn.speaker_id] += tell_home(docs[turn.id], names[turn.id], self._actors)
        return {name: likeliest(count) for name, count in counts.items()}

    def _full_names(self, names: Sequence[Found], text: str) -> list[Found]:
        """Names that need no reference, as a mere "Commission" does, whichever it usually is."""
        return [one for one in names if not is_short_name(text[one.start : one.end], self._words)]

    def _sentence(self, sentence: Span, number: int, reading: Reading) -> list[Found]:
        """Resolve one sentence from left to right; what is resolved can be taken up again."""
        memory, names = reading.memory, reading.names
        waiting = list(
            list_candidates(
                sentence, number=number, names=names, actors=self._actors, words=self._words
            )
        )
        nominals = {n.first.i: n for n in find_nominals(sentence, taken=frozenset(names))}
        found: list[Found] = []
        for token in sentence:
            while waiting and waiting[0].head.i < token.i:
                memory.add(waiting.pop(0))
            if token.i in names:
                continue
            if token.lower_ in WE and token.text != "US":
                found.append(self._we(token, number, reading))
            elif token.lower_ in PRONOUNS - WE:
                found += self._third(token, number, reading)
            elif token.lower_ in YOU:
                found += self._you(token, reading)
            if (nominal := nominals.get(token.i)) is not None:
                found += self._nominal(nominal, number, reading)
        for candidate in waiting:
            memory.add(candidate)
        return found

    def _we(self, token: Token, number: int, reading: Reading) -> Found:
        memory, voice = reading.memory, reading.voice
        club = memory.latest_of(voice.memberships)
        now = Situation(
            home=voice.home,
            private=voice.private,
            partner=partner_of(
                memory, home=voice.home, guest=voice.guest or voice.absent, sentence=number
            ),
            guest=voice.guest,
            absent=voice.absent,
            before=memory.last_we(number),
            last=memory.we_before(number),
            union=self._union(reading),
            club=club if club and memory.named[club[0]] >= number - CLUB_REACH else (),
            assembly=voice.assembly,
            quoted=quoted_actors(token, number, reading),
        )
        actors = resolve_we(token, now, reading.names, self._words)
        memory.note_we(number, actors)
        return Found(token.idx, token.idx + len(token), None, actors, "pronoun")

    def _you(self, token: Token, reading: Reading) -> list[Found]:
        if token.i in reading.quoted:
            return []
        actors = resolve_you(
            token, addressee=reading.voice.addressee, names=reading.names, words=self._words
        )
        return [Found(token.idx, token.idx + len(token), None, actors, "pronoun")] if actors else []

    def _union(self, reading: Reading) -> Actors:
        """Which organisation is "our organisation": the one served, else the one named last."""
        voice = reading.voice
        if voice.served or voice.private:
            return voice.served
        return reading.memory.latest_of(voice.memberships)

    def _third(self, token: Token, number: int, reading: Reading) -> list[Found]:
        memory, home = reading.memory, reading.voice.home
        actors = self.resolve_third(token, memory=memory, sentence=number, home=home)
        if not actors and token.lower_ not in THEY:
            return []
        if actors:
            memory.add(again(token, actors, number))
        return [Found(token.idx, token.idx + len(token), None, actors, "pronoun")]

    def resolve_third(self, token: Token, *, memory: Memory, sentence: int, home: Actors) -> Actors:
        """Return whom a third-person pronoun stands for; overridden where models are fitted."""
        return resolve_third(
            token,
            memory=memory,
            sentence=sentence,
            home=home,
            words=self._words,
            salience=self._salience,
        )

    def _nominal(self, nominal: Nominal, number: int, reading: Reading) -> list[Found]:
        memory, voice = reading.memory, reading.voice
        view = View(
            home=voice.home,
            partner=voice.guest,
            western=voice.western,
            unions=voice.unions,
            club=self._union(reading),
            memory=memory,
            sentence=number,
        )
        actors = resolve_nominal(nominal, view, self._words)
        if not actors:
            return []
        memory.add(as_candidate(nominal, actors, sentence=number))
        return [as_found(nominal, actors, self._words)]


def _merge(names: Sequence[Found], references: Sequence[Found]) -> list[Found]:
    """Names and references in order; a resolved short name takes the place of the bare one."""
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a turn is read with: what was named, its names and quotations, who speaks."""

    memory: Memory
    names: Mapping[int, Found]
    voice: Voice
    quoted: Mapping[int, Token]


def quoted_actors(token: Token, number: int, reading: Reading) -> Actors | None:
    """Whom the one stands for whose words a pronoun is quoted from; None outside quotations."""
    speaker = reading.quoted.get(token.i)
    if speaker is None or speaker.lower_ in ("i", "we"):
        return None
    if (known := reading.names.get(speaker.i)) is not None and known.actors:
        return known.actors
    for candidate in reading.memory.latest(reach=REACH, sentence=number):
        if candidate.head.i == speaker.i and candidate.head.doc is speaker.doc:
            return candidate.actors
    return ()
