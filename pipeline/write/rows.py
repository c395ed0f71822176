"""An annotated interview as rows of the tables that hold one fact a row, and its counts.

A row holds the cells that are known; the others of its table are empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from pipeline.records import Attribution, Speaker, Stance, Unit
from pipeline.write.counts import DIGITS, Row, share, tally
from pipeline.write.lookup import POSITIONS, Lookup, position

JOIN = "|"
FLAG_JOIN = ";"


def interview_row(lookup: Lookup) -> Row:
    """Return the interview's row."""
    interview = lookup.interview
    row: Row = {
        "interview_id": interview.id,
        **interview.model_dump(
            include={
                "title", "date", "series", "url", "licence", "language", "source_format", "sha256",
                "convention",
            }
        ),
        "convention_confidence": rounded(interview.convention_confidence),
        "warnings": JOIN.join(interview.warnings),
        "speakers": len(interview.speakers),
        "respondents": sum(speaker.role == "respondent" for speaker in interview.speakers),
        "turns": len(interview.turns),
        "questions": sum(turn.kind == "question" for turn in interview.turns),
        "answers": sum(turn.kind == "answer" for turn in interview.turns),
        "words": count_words(turn.text for turn in interview.turns),
        **count_codes(lookup, lookup.units.values()),
    }  # fmt: skip
    if interview.units is not None:
        row["units"] = len(interview.units)
    if interview.claims is not None:
        coded = {unit.id for unit in lookup.coded_units()}
        decided = (one for one in interview.claims if one.unit_id in coded and not one.abstained)
        kinds = Counter(claim.kind for claim in decided)
        row |= {f"claims_{kind}": kinds[kind] for kind in ("fact", "value", "policy")}
    if interview.entities is not None:
        references = [entity for entity in interview.entities if entity.label is None]
        row |= {
            "entities": len(interview.entities) - len(references),
            "references": len(references),
            "references_resolved": sum(bool(reference.actors) for reference in references),
        }
    return row


def speaker_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each speaker; codes are counted for respondents."""
    interview = lookup.interview
    for speaker in interview.speakers:
        turns = [turn for turn in interview.turns if turn.speaker_id == speaker.id]
        units = [unit for turn in turns for unit in lookup.units_of(turn)]
        yield {
            **_speaker_cells(lookup, speaker),
            **speaker.model_dump(include={"affiliation", "country"}),
            "turns": len(turns),
            "words": count_words(turn.text for turn in turns),
            "units": None if interview.units is None else len(units),
            **(count_codes(lookup, units) if speaker.role == "respondent" else {}),
        }


def question_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each turn that asks, with the counts of the turns that answer it."""
    turns = lookup.interview.turns
    questions = [turn for turn in turns if turn.kind == "question"]
    for number, question in enumerate(questions, start=1):
        answers = [turn for turn in turns if turn.answers == question.id]
        yield {
            **_speaker_cells(lookup, lookup.speakers[question.speaker_id]),
            "question_id": question.id,
            "position": number,
            "text": question.text,
            "words": count_words([question.text]),
            "answers": len(answers),
            "answer_words": count_words(turn.text for turn in answers),
            **count_codes(lookup, [unit for turn in answers for unit in lookup.units_of(turn)]),
        }


def unit_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each unit of any speaker; codes where the unit was judged."""
    interview = lookup.interview
    named = (entity for entity in interview.entities or () if entity.label is not None)
    mentions = Counter(unit.id for unit in map(lookup.unit_at, named) if unit is not None)
    for number, unit in enumerate(lookup.units.values(), start=1):
        claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
        row: Row = {
            **unit_cells(lookup, unit),
            **_component(lookup, unit),
            "turn_kind": lookup.turn_of(unit).kind,
            "position": number,
            "start": unit.start,
            "end": unit.end,
            "own_stance": own_code(lookup, unit),
        }
        if claim is not None:
            row["component_probability"] = rounded(claim.probability)
            row["component_abstained"] = claim.abstained
            row["component_source"] = claim.source
        if own is not None:
            row |= own.model_dump(include={"target_text", "target_actor"})
            row["stance_probability"] = rounded(own.probability)
            row["stance_flags"] = FLAG_JOIN.join(own.flags)
            row["stance_source"] = own.source
        if lookup.is_judged(unit) and interview.stances is not None:
            row["own_n"] = len(lookup.own(unit))
            row |= _count_attributed(lookup.attributed(unit))
        if interview.entities is not None:
            row["entities"] = mentions[unit.id]
        yield row


def claim_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each claim and premise of a respondent."""
    for unit in lookup.coded_units():
        claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
        if claim is None or claim.component == "none":
            continue
        yield {
            **unit_cells(lookup, unit),
            **_component(lookup, unit),
            "kind_probability": rounded(claim.kind_probabilities.get(claim.kind or "")),
            "abstained": claim.abstained,
            "probability": rounded(claim.probability),
            **_probabilities({**claim.probabilities, **claim.kind_probabilities}),
            "own_stance": own_code(lookup, unit),
            "target_actor": own.target_actor if own else None,
            "source": claim.source,
        }


def stance_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each stance, own or attributed, in a respondent's unit."""
    for unit in lookup.coded_units():
        for stance in (*lookup.own(unit), *lookup.attributed(unit)):
            yield {
                **voice_cells(lookup, unit, stance),
                **_component(lookup, unit),
                **_stance_cells(stance),
                "holder": stance.holder,
                "flags": FLAG_JOIN.join(stance.flags),
                "evidence": JOIN.join(evidence.text for evidence in stance.evidence),
                "source": stance.source,
            }


def attribution_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each report in a respondent's unit, then for stances without a report.

    A stance without a cue of reporting ("Georgians want Europe") has a row of its own without cue
    and content, so that each attributed stance is in one row.
    """
    for unit in lookup.coded_units():
        reports = lookup.attributions_of(unit)
        matched, alone = match_stances(reports, lookup.attributed(unit))
        for number, report in enumerate(reports):
            for stance in matched.get(number) or [None]:
                yield _attribution_row(lookup, unit, report, stance)
        for stance in alone:
            yield _attribution_row(lookup, unit, None, stance)


def match_stances(
    reports: Sequence[Attribution], stances: Sequence[Stance]
) -> tuple[Mapping[int, list[Stance | None]], list[Stance]]:
    """Match the attributed stances of a unit to its reports, by number; return the rest too.

    A stance belongs to the report of its holder; of several, to the one whose words are its
    evidence.
    """
    matched: dict[int, list[Stance | None]] = {}
    alone: list[Stance] = []
    for stance in stances:
        spans = {(one.start, one.end) for one in stance.evidence}
        fitting = [
            (-len(spans & {(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)}), n)
            for n, one in enumerate(reports)
            if stance.holder == one.holder
        ]
        if fitting:
            matched.setdefault(min(fitting)[1], []).append(stance)
        else:
            alone.append(stance)
    return matched, alone


def _attribution_row(
    lookup: Lookup, unit: Unit, report: Attribution | None, stance: Stance | None
) -> Row:
    row: Row = {**unit_cells(lookup, unit), "title": lookup.interview.title}
    actor: str | None = None
    if report is not None:
        actor = report.holder_actor
        row |= report.model_dump(
            include={
                "holder_text", "cue", "source", "holder_start", "holder_end", "cue_start",
                "cue_end", "content_start", "content_end",
            }
        )  # fmt: skip
        row["content"] = lookup.turn_of(unit).text[report.content_start : report.content_end]
        row["flags"] = FLAG_JOIN.join(report.flags)
    elif stance is not None:
        actor = stance.holder if lookup.holder_kind(stance) == "actor" else None
        row["holder_text"] = stance.evidence[0].text if stance.evidence else stance.holder
    if actor is not None:
        row |= {"holder_actor": actor, "holder_blocs": JOIN.join(lookup.blocs_of(actor))}
    if stance is not None:
        row |= _stance_cells(stance)
        row |= {"stance_flags": FLAG_JOIN.join(stance.flags), "stance_source": stance.source}
    return row


def entity_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each mention, by any speaker."""
    for entity in lookup.interview.entities or ():
        unit, turn = lookup.unit_at(entity), lookup.turns[entity.turn_id]
        yield {
            **_speaker_cells(lookup, lookup.speakers[turn.speaker_id]),
            "entity_id": entity.id,
            "unit_id": unit.id if unit else None,
            "turn_id": turn.id,
            **entity.model_dump(include={"start", "end", "text", "label", "via"}),
            "actors": JOIN.join(entity.actors),
            "blocs": JOIN.join(entity.blocs),
            "unit_text": unit.text if unit else None,
        }


def count_codes(lookup: Lookup, units: Iterable[Unit]) -> Row:
    """Count the codes of some units of one interview; only respondents' units are counted.

    A layer that was not computed has no cells.
    """
    interview = lookup.interview
    coded = [unit for unit in units if lookup.is_coded(unit)]
    row: Row = {} if interview.units is None else {"judged_units": len(coded)}
    if interview.claims is not None:
        found = [lookup.claims[unit.id] for unit in coded if unit.id in lookup.claims]
        components = Counter(claim.component for claim in found if not claim.abstained)
        row |= {
            "claims": components["claim"],
            "premises": components["premise"],
            "components_abstained": sum(claim.abstained for claim in found),
            "claims_share": share(components["claim"], len(coded)),
            "premises_share": share(components["premise"], len(coded)),
        }
    if interview.stances is not None:
        own = [stance for unit in coded for stance in lookup.own(unit)]
        about = len({stance.unit_id for stance in own})
        row |= {
            "units_about": about,
            "units_about_share": share(about, len(coded)),
            **tally(map(position, own), prefix="own_"),
            **_count_attributed([one for unit in coded for one in lookup.attributed(unit)]),
        }
    return row


def _count_attributed(stances: Sequence[Stance]) -> Row:
    abstained = sum(stance.abstained for stance in stances)
    return {"attributed": len(stances) - abstained, "attributed_abstained": abstained}


def count_words(texts: Iterable[str]) -> int:
    """Count words, as split at white space."""
    return sum(len(text.split()) for text in texts)


def own_code(lookup: Lookup, unit: Unit) -> str | None:
    """Return the code of a unit's own stance, ``not_about``, or None if it was not judged."""
    if lookup.interview.stances is None or not lookup.is_judged(unit):
        return None
    own = lookup.own_stance(unit)
    return "not_about" if own is None else position(own)


def unit_cells(lookup: Lookup, unit: Unit) -> Row:
    """Return the cells that identify a unit, with its speaker and text."""
    turn = lookup.turn_of(unit)
    return {
        **_speaker_cells(lookup, lookup.speaker_of(unit)),
        "unit_id": unit.id,
        "turn_id": turn.id,
        "question_id": turn.answers,
        "text": unit.text,
    }


def voice_cells(lookup: Lookup, unit: Unit, stance: Stance) -> Row:
    """Return the cells of a stance's unit and of its holder."""
    return {
        **unit_cells(lookup, unit),
        **lookup.speaker_of(unit).model_dump(include={"affiliation", "country"}),
        "voice": stance.voice,
        "holder_name": lookup.holder_name(stance),
        "holder_kind": lookup.holder_kind(stance),
    }


def _speaker_cells(lookup: Lookup, speaker: Speaker) -> Row:
    return {
        "interview_id": lookup.interview.id,
        "date": lookup.interview.date,
        "speaker_id": speaker.id,
        "speaker_name": speaker.name,
        "role": speaker.role,
    }


def _component(lookup: Lookup, unit: Unit) -> Row:
    claim = lookup.claims.get(unit.id)
    return {} if claim is None else {"component": claim.component, "kind": claim.kind}


def _stance_cells(stance: Stance) -> Row:
    return {
        **stance.model_dump(include={"target_text", "target_actor", "polarity", "abstained"}),
        "counted_as": position(stance),
        "probability": rounded(stance.probability),
        **_probabilities(stance.probabilities),
    }


def _probabilities(probabilities: Mapping[str, float]) -> Row:
    return {f"p_{label}": rounded(value) for label, value in probabilities.items()}


def rounded(value: float | None) -> float | None:
    """Return a number to the digits of the tables."""
    return None if value is None else round(value, DIGITS)


@dataclass(frozen=True)
class Summary:
    """The counts of an interview that the terminal and run.json show.

    Components and stances are counted for respondents only, and entities if they have a name;
    what the model would not decide counts as abstained and as nothing else.

    Attributes:
        judged: whether claims and stance were judged; they are not in another language.
        references: pronouns and nouns that are, or may be, names of an actor.
    """

    interview_id: str
    judged: bool
    turns: int
    units: int
    judged_units: int
    claims: int
    premises: int
    components_abstained: int
    entities: int
    references: int
    references_unresolved: int
    favor: int
    against: int
    neutral: int
    abstained: int
    attributed: int
    attributed_abstained: int


_COUNTS = tuple(one.name for one in fields(Summary) if one.name not in ("interview_id", "judged"))


def summarise(row: Row) -> Summary:
    """Return the counts of an interview's row; a layer that was not computed counts as none."""
    found = dict(row)
    found |= {side: row.get(f"own_{side}") for side in POSITIONS}
    counts = {name: int(found.get(name) or 0) for name in _COUNTS}
    resolved = int(row.get("references_resolved") or 0)
    counts["references_unresolved"] = counts["references"] - resolved
    return Summary(interview_id=str(row["interview_id"]), judged="own_n" in row, **counts)


def add_up(summaries: Sequence[Summary]) -> dict[str, int]:
    """Add up the counts of some interviews."""
    return {name: sum(getattr(one, name) for one in summaries) for name in _COUNTS}
