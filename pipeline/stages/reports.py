"""From the reports that the rules find in the parse to records that name actors and offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from pipeline.actors import ActorTable
from pipeline.parse import Parser
from pipeline.records import Attribution, Entity, Interview, Unit
from pipeline.references.homes import homes_of
from pipeline.reporting import Report, antecedent, is_third_person, load_cues
from pipeline.reporting.holders import SUBJECTS

Finder = Callable[[Unit, Span, Collection[int]], Iterable[Report]]
"""Finds reports in a unit: its words in the parsed turn, and which tokens name an actor."""

_THINGS = frozenset({"LOC", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"})


class ReportReader:
    """Reads the units of an interview with a finder of reports."""

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self.parser = parser
        self.actors = actors
        self.cues = load_cues()

    def read(self, interview: Interview, find: Finder) -> Iterator[Attribution]:
        """Yield what is found in all units that are judged, in text order.

        What is said in the name of the speaker's own country is the speaker's own voice and is
        left out ("Singapore appreciates ...", says its prime minister), and so is what is said
        under the speaker's own name; what its other people say is theirs ("President Biden made
        clear ...", says his aide). A holder who is several actors ("they") has a record for each;
        a pronoun that means no known actor says whom it takes up, if anybody. A place, a law or an
        event that stands for no actor holds nothing ("for use in the Aegean") but as a subject.
        """
        docs = self.parser.docs(interview)
        by_turn = interview.entities_by_turn()
        own = homes_of(interview, self.actors)
        called = {speaker.id: _words(speaker.name or "") for speaker in interview.speakers}
        speaker_of = {turn.id: turn.speaker_id for turn in interview.turns}
        mentioned: dict[str, tuple[dict[int, Entity], frozenset[int]]] = {}
        for unit in interview.judged_units():
            doc = docs[unit.turn_id]
            span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
            if span is None:
                continue
            if unit.turn_id not in mentioned:
                entities = by_turn.get(unit.turn_id, ())
                found = _token_entities(doc, entities), _thing_tokens(doc, entities)
                mentioned[unit.turn_id] = found
            named, things = mentioned[unit.turn_id]
            for report in find(unit, span, set(named)):
                holder = doc[report.holder[0] : report.holder[1]]
                if holder.root.i in things and holder.root.dep_ not in SUBJECTS:
                    continue
                person = named.get(holder.root.i)
                if person is not None and person.label != "PERSON":
                    person = None
                speaker_id = speaker_of[unit.turn_id]
                if person is not None and _words(person.text) <= called[speaker_id]:
                    continue
                actors, meant = self._who(holder, named)
                for actor in actors:
                    if person is not None or actor not in own[speaker_id]:
                        yield _record(report, unit, doc, actor, meant)

    def _who(
        self, holder: Span, named: Mapping[int, Entity]
    ) -> tuple[tuple[str | None, ...], str | None]:
        """The actors of a holder, and the words that a pronoun of no known actor takes up.

        There are no actors, not even an unknown one, where nobody is meant ("it is said").
        """
        actors = _actors_of(holder, named, self.cues.facing)
        if actors != (None,) or not is_third_person(holder.text):
            return actors, None
        span = antecedent(holder.root, names=named, cues=self.cues)
        if span is None:
            return (() if holder.root.lower_ == "it" else actors), None
        words = holder.doc[slice(*span)]
        return _actors_of(words, named, self.cues.facing)[:1], words.text


def _record(
    report: Report, unit: Unit, doc: Doc, actor: str | None, meant: str | None
) -> Attribution:
    holder = doc[report.holder[0] : report.holder[1]]
    cue = doc[report.cue_token]
    content = doc[report.content[0] : report.content[1]]
    start, end = _inside(unit, holder.start_char, holder.end_char)
    cue_start, cue_end = _inside(unit, cue.idx, cue.idx + len(cue))
    content_start, content_end = _inside(unit, content.start_char, content.end_char)
    return Attribution(
        unit_id=unit.id,
        holder_text=unit.text[start - unit.start : end - unit.start],
        holder_start=start,
        holder_end=end,
        holder_actor=actor,
        holder_antecedent=meant,
        cue=report.cue,
        cue_start=cue_start,
        cue_end=cue_end,
        content_start=content_start,
        content_end=content_end,
        flags=report.flags,
        source=f"rule:attribution.{report.rule}",
    )


def _inside(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """Offsets of what lies in a unit, whose bounds may fall within a token."""
    return max(unit.start, start), min(unit.end, end)


def _words(name: str) -> frozenset[str]:
    """The words of a name, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return frozenset(re.findall(r"\w+", plain))


def _token_entities(doc: Doc, entities: Collection[Entity]) -> dict[int, Entity]:
    """The actor mention that each token belongs to, by token index."""
    named: dict[int, Entity] = {}
    for entity in entities:
        if not entity.actors and entity.label not in ("PERSON", "NORP", "ORG", "GPE"):
            continue
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        for token in span or ():
            named[token.i] = entity
    return named


def _thing_tokens(doc: Doc, entities: Collection[Entity]) -> frozenset[int]:
    """Indices of the tokens of names that are nobody's: of places, laws and events."""
    spans = (
        doc.char_span(entity.start, entity.end, alignment_mode="expand")
        for entity in entities
        if entity.label in _THINGS and not entity.actors
    )
    return frozenset(token.i for span in spans for token in span or ())


def _actors_of(
    holder: Span, named: Mapping[int, Entity], facing: Collection[str]
) -> tuple[str | None, ...]:
    """The actor that the holder's head names, or its nearest modifier; null where none does.

    It is several for "they" and "the two powers"; who holds two offices speaks for the first. Of
    "critics of Russia" and others who are named by whom they face, that is no such modifier.
    """
    head, faced = holder.root, frozenset[int]()
    if head.lemma_.lower() in facing and head.i not in named:
        faced = frozenset(t.i for child in head.children if _faces(child) for t in child.subtree)
    for token in reversed(holder):
        entity = named.get(token.i)
        if entity is not None and entity.actors and token.i not in faced:
            plural = "Sing" not in token.morph.get("Number", [])
            several = plural and entity.is_meant
            return entity.actors if several else entity.actors[:1]
    return (None,)


def _faces(child: Token) -> bool:
    """Tell whether a modifier says whom a critic or rival faces, not which one it is."""
    elsewhere = child.dep_ == "prep" and child.lower_ not in ("across", "among", "from", "in")
    return elsewhere or child.dep_ in ("poss", "compound")
