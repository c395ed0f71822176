"""An annotated interview as rows of the tables that hold one fact a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Claim, Entity, Turn, Unit
from pipeline.write.counts import (
    DIGITS,
    Row,
    count_attributed,
    count_codes,
    count_kinds,
    count_words,
)
from pipeline.write.holder_names import holder_name
from pipeline.write.lookup import Lookup, holder_kind, position

JOIN = "|"
FLAG_JOIN = ";"


def interview_row(lookup: Lookup) -> Row:
    """Return the interview's row."""
    interview = lookup.interview
    turns = interview.turns
    return {
        "interview_id": interview.id,
        **interview.model_dump(
            include={"title", "date", "series", "url", "licence", "language", "source_format"}
        ),
        "sha256": interview.sha256,
        "convention": interview.convention,
        "convention_confidence": rounded(interview.convention_confidence),
        "warnings": JOIN.join(interview.warnings),
        "speakers": len(interview.speakers),
        "respondents": sum(speaker.role == "respondent" for speaker in interview.speakers),
        "turns": len(turns),
        "questions": sum(turn.kind == "question" for turn in turns),
        "answers": sum(turn.kind == "answer" for turn in turns),
        "words": count_words(turn.text for turn in turns),
        "units": _size(interview.units),
        **count_codes(lookup, tuple(lookup.units.values())),
        **count_kinds(interview, lookup),
        **_count_mentions(interview.entities),
    }


def speaker_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each speaker."""
    interview = lookup.interview
    for speaker in interview.speakers:
        turns = [turn for turn in interview.turns if turn.speaker_id == speaker.id]
        units = [unit for turn in turns for unit in lookup.units_of(turn)]
        yield {
            "interview_id": interview.id,
            "date": interview.date,
            "speaker_id": speaker.id,
            "speaker_name": speaker.name,
            **speaker.model_dump(include={"role", "affiliation", "country"}),
            "turns": len(turns),
            "words": count_words(turn.text for turn in turns),
            "units": None if interview.units is None else len(units),
            **_codes(lookup, units, empty=speaker.role != "respondent"),
        }


def _codes(lookup: Lookup, units: Sequence[Unit], *, empty: bool) -> Row:
    codes = count_codes(lookup, units)
    return dict.fromkeys(codes) if empty else codes


def question_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each turn that asks, with what the turns that answer it hold."""
    interview = lookup.interview
    questions = [turn for turn in interview.turns if turn.kind == "question"]
    for number, question in enumerate(questions, start=1):
        answers = [turn for turn in interview.turns if turn.answers == question.id]
        yield {
            "interview_id": interview.id,
            "date": interview.date,
            "question_id": question.id,
            **who_cells(lookup, question),
            "position": number,
            "text": question.text,
            "words": count_words([question.text]),
            "answers": len(answers),
            "answer_words": count_words(turn.text for turn in answers),
            **count_codes(lookup, [unit for turn in answers for unit in lookup.units_of(turn)]),
        }


def unit_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each unit of any speaker; codes where the unit was judged."""
    named = (entity for entity in lookup.interview.entities or () if entity.label is not None)
    homes = map(lookup.unit_at, named)
    mentions = Counter(home.id for home in homes if home is not None)
    for number, unit in enumerate(lookup.units.values(), start=1):
        turn, claim, own = lookup.turn_of(unit), lookup.claims.get(unit.id), lookup.own_stance(unit)
        judged = lookup.is_judged(unit) and lookup.interview.stances is not None
        yield {
            **place_cells(lookup, unit),
            **who_cells(lookup, turn),
            "turn_kind": turn.kind,
            "position": number,
            "start": unit.start,
            "end": unit.end,
            "text": unit.text,
            **_component(claim),
            "component_probability": rounded(claim.probability if claim else None),
            "component_abstained": claim.abstained if claim else None,
            "component_source": claim.source if claim else None,
            "own_stance": own_code(lookup, unit),
            "target_text": own.target_text if own else None,
            "target_actor": own.target_actor if own else None,
            "stance_probability": rounded(own.probability if own else None),
            "stance_flags": FLAG_JOIN.join(own.flags) if own else None,
            "stance_source": own.source if own else None,
            "own_n": len(lookup.own(unit)) if judged else None,
            **count_attributed(lookup.attributed(unit) if judged else None),
            "entities": None if lookup.interview.entities is None else mentions[unit.id],
        }


def claim_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each claim and premise of a respondent."""
    for unit in lookup.coded_units():
        claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
        if claim is None or claim.component == "none":
            continue
        yield {
            **place_cells(lookup, unit),
            **who_cells(lookup, lookup.turn_of(unit)),
            **_component(claim),
            "kind_probability": rounded(claim.kind_probabilities.get(claim.kind or "")),
            "text": unit.text,
            "abstained": claim.abstained,
            "probability": rounded(claim.probability),
            **probabilities_of(claim.probabilities, ("claim", "premise", "none")),
            **probabilities_of(claim.kind_probabilities, ("fact", "value", "policy")),
            "own_stance": own_code(lookup, unit),
            "target_actor": own.target_actor if own else None,
            "source": claim.source,
        }


def stance_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each stance, own or attributed, in a respondent's unit."""
    for unit in lookup.coded_units():
        for stance in (*lookup.own(unit), *lookup.attributed(unit)):
            yield {
                **place_cells(lookup, unit),
                **who_cells(lookup, lookup.turn_of(unit)),
                **lookup.speaker_of(unit).model_dump(include={"affiliation", "country"}),
                "text": unit.text,
                "voice": stance.voice,
                "holder": stance.holder,
                "holder_name": holder_name(lookup, stance),
                "holder_kind": holder_kind(stance, actors=lookup.holder_actors),
                "target_text": stance.target_text,
                "target_actor": stance.target_actor,
                "counted_as": position(stance),
                "polarity": stance.polarity,
                "abstained": stance.abstained,
                "probability": rounded(stance.probability),
                **probabilities_of(stance.probabilities, ("favor", "against", "neutral", "none")),
                "flags": FLAG_JOIN.join(stance.flags),
                **_component(lookup.claims.get(unit.id)),
                "evidence": JOIN.join(evidence.text for evidence in stance.evidence),
                "source": stance.source,
            }


def entity_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each mention, by any speaker."""
    for entity in lookup.interview.entities or ():
        turn = lookup.turns[entity.turn_id]
        unit = lookup.unit_at(entity)
        yield {
            "interview_id": lookup.interview.id,
            "date": lookup.interview.date,
            "entity_id": entity.id,
            "unit_id": unit.id if unit else None,
            "turn_id": entity.turn_id,
            **who_cells(lookup, turn),
            **entity.model_dump(include={"start", "end", "text", "label", "via"}),
            "actors": JOIN.join(entity.actors),
            "blocs": JOIN.join(entity.blocs),
            "unit_text": unit.text if unit else None,
        }


def own_code(lookup: Lookup, unit: Unit) -> str | None:
    """Return the code of a unit's own stance, ``not_about``, or None where it was not judged."""
    if lookup.interview.stances is None or not lookup.is_judged(unit):
        return None
    own = lookup.own_stance(unit)
    return "not_about" if own is None else position(own)


def place_cells(lookup: Lookup, unit: Unit) -> Row:
    """Return where a unit stands."""
    return {
        "interview_id": lookup.interview.id,
        "date": lookup.interview.date,
        "unit_id": unit.id,
        "turn_id": unit.turn_id,
        "question_id": lookup.turn_of(unit).answers,
    }


def who_cells(lookup: Lookup, turn: Turn) -> Row:
    """Return who says a turn."""
    speaker = lookup.speakers[turn.speaker_id]
    return {"speaker_id": speaker.id, "speaker_name": speaker.name, "role": speaker.role}


def _component(claim: Claim | None) -> Row:
    if claim is None:
        return {"component": None, "kind": None}
    return {"component": claim.component, "kind": claim.kind}


def probabilities_of(probabilities: Mapping[str, float], labels: tuple[str, ...]) -> Row:
    """Return the probability of each label; empty where it was not judged."""
    return {f"p_{label}": rounded(probabilities.get(label)) for label in labels}


def _count_mentions(entities: tuple[Entity, ...] | None) -> Row:
    if entities is None:
        return dict.fromkeys(("entities", "references", "references_resolved"))
    references = [entity for entity in entities if entity.label is None]
    return {
        "entities": len(entities) - len(references),
        "references": len(references),
        "references_resolved": sum(bool(reference.actors) for reference in references),
    }


def rounded(value: float | None) -> float | None:
    """Return a number to the digits of the tables."""
    return None if value is None else round(value, DIGITS)


def _size(layer: tuple[object, ...] | None) -> int | None:
    return None if layer is None else len(layer)
