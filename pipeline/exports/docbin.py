"""spaCy: turns as Docs with what was found in them as spans, and all of them in a DocBin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.exports.source import Source
from pipeline.records import Entity, Interview, Turn, Unit
from pipeline.tables.lookup import Lookup, position

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span


def write(source: Source, path: Path) -> None:
    """Write the turns of all interviews as a DocBin; its vocabulary is that of English."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    docs = (doc for interview in source.interviews() for doc in docs_of(interview, nlp))
    DocBin(store_user_data=True, docs=docs).to_disk(path)


def docs_of(interview: Interview, nlp: Language) -> list[Doc]:
    """Return each turn as a Doc; ``westward.Interview.to_docs`` describes its spans."""
    lookup = Lookup(interview)
    docs = nlp.pipe(turn.text for turn in interview.turns)
    return [_mark(doc, turn, lookup) for doc, turn in zip(docs, interview.turns, strict=True)]


def _mark(doc: Doc, turn: Turn, lookup: Lookup) -> Doc:
    """Add the layers of a turn to its Doc."""
    from spacy.util import filter_spans

    speaker = lookup.speakers[turn.speaker_id]
    doc.user_data |= {
        "interview_id": lookup.interview.id,
        "turn_id": turn.id,
        "speaker": speaker.name or speaker.id,
        "role": speaker.role,
        "kind": turn.kind,
    }
    units = lookup.units_of(turn)
    entities = [one for one in lookup.interview.entities or () if one.turn_id == turn.id]
    mentions = [
        _span(doc, one, one.label or one.via, actors="|".join(one.actors)) for one in entities
    ]
    claims = ((unit, lookup.claims.get(unit.id)) for unit in units)
    doc.spans["units"] = [_span(doc, unit, "unit") for unit in units]
    doc.spans["entities"] = mentions
    doc.spans["claims"] = [
        _span(doc, unit, one.component) for unit, one in claims if one and one.component != "none"
    ]
    doc.spans["stances"] = [
        _span(doc, unit, f"{prefix}{position(one)}", actors=one.target_actor or "")
        for unit in units
        for prefix, found in (("", lookup.own(unit)), ("reported ", lookup.attributed(unit)))
        for one in found
    ]
    named = [span for span, one in zip(mentions, entities, strict=True) if one.label is not None]
    doc.ents = tuple(filter_spans(named))
    return doc


def _span(doc: Doc, found: Unit | Entity, label: str, *, actors: str = "") -> Span:
    """Return the whole tokens that hold the characters of a record."""
    span = doc.char_span(
        found.start, found.end, label=label, kb_id=actors, alignment_mode="expand",
        span_id=found.id,
    )  # fmt: skip
    if span is None:
        raise ValueError(f"{found.id}: no tokens at {found.start} to {found.end}")
    return span
