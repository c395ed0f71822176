"""Who may hold a stance that a unit reports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pipeline.actors import ActorTable
from pipeline.attribution.holders import Holder, Tokens, content_of, find_holders
from pipeline.attribution.words import flags_of_words
from pipeline.parse import Parser
from pipeline.records import Attribution, Entity, Interview, Unit
from pipeline.references.homes import homes_of

SOURCE = "rule:attribution.cue"
_NAMES = ("PERSON", "NORP", "ORG", "GPE")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may hold a stance that a unit reports.

    Attributes:
        attribution: the report as it would be recorded.
        cued: it depends on a cue of the lexicon.
        acts: it is a subject, agent or possessor.
        group: the coordination of holders that it is part of.
    """

    attribution: Attribution
    cued: bool
    acts: bool
    group: int

    @property
    def holder(self) -> str | None:
        """The actor or name that makes it one holder with others; null for people without one."""
        return self.attribution.holder_actor or self.attribution.holder_name


class HolderReader:
    """Finds in the judged units of an interview who may hold a reported stance."""

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self.parser = parser
        self.actors = actors

    def read(
        self, interview: Interview, units: Collection[str] | None = None
    ) -> Iterator[tuple[Unit, list[Candidate]]]:
        """Yield each judged unit with its candidates, in text order.

        Left out are the speaker's own country ("Singapore appreciates ...", says its prime
        minister) and what has the speaker's own name in front of it. Several actors of a pronoun
        or nominal ("they") have a candidate each.

        Args:
            interview: one with units and entities.
            units: ids of the units to read; all if not given.
        """
        docs = self.parser.docs(interview)
        own = homes_of(interview, self.actors)
        names = {speaker.id: _words(speaker.name or "") for speaker in interview.speakers}
        full = _full_names(interview)
        speaker_of = {turn.id: turn.speaker_id for turn in interview.turns}
        mentions = interview.entities_by_turn()
        named: dict[str, Mapping[int, Entity]] = {}
        for unit in interview.judged_units():
            doc = docs[unit.turn_id]
            span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
            if span is None or (units is not None and unit.id not in units):
                continue
            if unit.turn_id not in named:
                named[unit.turn_id] = _by_token(doc, mentions.get(unit.turn_id, ()))
            speaker = speaker_of[unit.turn_id]
            yield (
                unit,
                [
                    Candidate(
                        _record(holder, unit, span, actor, full),
                        cued=holder.is_cued,
                        acts=holder.is_actant,
                        group=holder.first,
                    )
                    for holder in find_holders(span, named=named[unit.turn_id])
                    for actor in _actors(holder, own[speaker], names[speaker])
                ],
            )


def _by_token(doc: Doc, entities: Collection[Entity]) -> dict[int, Entity]:
    """The mention of an actor, person or body to which each token belongs, by token index."""
    named: dict[int, Entity] = {}
    for entity in entities:
        if entity.actors or entity.label in _NAMES:
            for token in doc.char_span(entity.start, entity.end, alignment_mode="expand") or ():
                named[token.i] = entity
    return named


def _actors(
    holder: Holder, own: Collection[str], speaker: frozenset[str]
) -> tuple[str | None, ...]:
    """The actors that a holder stands for, null where none is known; none for the speaker."""
    entity = holder.entity
    if entity is None:
        return (None,)
    person = entity.label == "PERSON"
    if person and _words(entity.text) <= speaker:
        return ()
    actors = entity.actors if entity.is_meant else entity.actors[:1]
    return tuple(one for one in actors if person or one not in own) if actors else (None,)


def _full_names(interview: Interview) -> dict[str, str | None]:
    """The one full name of the persons of an interview by their last name; null for several."""
    found: dict[str, str | None] = {}
    persons = [one.text for one in interview.entities or () if one.label == "PERSON"]
    for name in (*persons, *(speaker.name or "" for speaker in interview.speakers)):
        words = name.removesuffix("'s").removesuffix("’s").split()
        if len(words) > 1:
            last = words[-1].casefold()
            found[last] = name if found.get(last, name) == name else None
    return found


def _name(entity: Entity | None, full: Mapping[str, str | None]) -> str | None:
    """The name of an entity that is no known actor, in full where the interview has it so."""
    if entity is None or entity.actors or entity.label not in _NAMES:
        return None
    return full.get(entity.text.casefold()) or entity.text


def _record(
    holder: Holder, unit: Unit, span: Span, actor: str | None, full: Mapping[str, str | None]
) -> Attribution:
    doc = span.doc
    start, end = _characters(holder.span, unit, doc)
    cue_start, cue_end = _characters((holder.cue.i, holder.cue.i + 1), unit, doc)
    content_start, content_end = _characters(content_of(holder, span), unit, doc)
    lemma = holder.cue.lemma_.lower()
    question = "question" in flags_of_words(unit.text)
    return Attribution(
        unit_id=unit.id,
        holder_text=unit.text[start - unit.start : end - unit.start],
        holder_start=start,
        holder_end=end,
        holder_actor=actor,
        holder_name=None if actor else _name(holder.entity, full),
        cue=f"not {lemma}" if holder.is_denied else lemma,
        cue_start=cue_start,
        cue_end=cue_end,
        content_start=content_start,
        content_end=content_end,
        flags=(*(("denied",) if holder.is_denied else ()), *(("question",) if question else ())),
        source=SOURCE,
    )


def _characters(tokens: Tokens, unit: Unit, doc: Doc) -> tuple[int, int]:
    """Offsets of tokens in the turn, within the unit, whose bounds may be inside a token."""
    words = doc[tokens[0] : tokens[1]]
    start = min(max(unit.start, words.start_char), unit.end)
    return start, max(start, min(unit.end, words.end_char if len(words) else start))


def _words(name: str) -> frozenset[str]:
    """The words of a name, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return frozenset(re.findall(r"\w+", plain))
