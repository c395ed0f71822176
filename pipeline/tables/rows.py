"""An annotated interview as rows of the tables that hold one fact a row, and its counts.

A row holds the cells that are known; the others of its table are empty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from pipeline.actors import ActorTable
from pipeline.labels.files import coder_of
from pipeline.notices import sentence
from pipeline.records import Claim, Decision, Speaker, Stance, Turn, Unit
from pipeline.tables.columns import JOIN
from pipeline.tables.counts import Row, tally
from pipeline.tables.identity import Holder, Target, speaker_name, target_of
from pipeline.tables.lookup import POSITIONS, Lookup, position
from pipeline.tables.net import DIGITS, share
from pipeline.tables.own import own_cells


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
        "warnings": listed(map(sentence, interview.warnings)),
        "speakers": len(interview.speakers),
        "respondents": sum(speaker.role == "respondent" for speaker in interview.speakers),
        "turns": len(interview.turns),
        "questions": sum(turn.kind == "question" for turn in interview.turns),
        "answers": sum(turn.kind == "answer" for turn in interview.turns),
        "words": count_words(turn.text for turn in interview.turns),
        **count_codes(lookup, lookup.units.values()),
        **own_cells("interviews", interview.fields),
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
            "references_all": len(references),
            "references_resolved": sum(bool(reference.actors) for reference in references),
        }
    return row


def speaker_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each speaker; codes are counted for respondents."""
    interview = lookup.interview
    said: defaultdict[str, list[Turn]] = defaultdict(list)
    for turn in interview.turns:
        said[turn.speaker_id].append(turn)
    for speaker in interview.speakers:
        turns = said[speaker.id]
        units = [unit for turn in turns for unit in lookup.units_of(turn)]
        yield {
            "interview_id": interview.id,
            "speaker_id": speaker.id,
            **_speaker_cells(speaker),
            **place_cells(speaker.affiliation, speaker.country, lookup.actors),
            **own_cells("speakers", speaker.fields),
            "speaker_turns": len(turns),
            "speaker_words": count_words(turn.text for turn in turns),
            "speaker_units": None if interview.units is None else len(units),
            **(_counts("speaker", lookup, units) if speaker.role == "respondent" else {}),
        }


def question_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each turn that asks, with the counts of the turns that answer it."""
    turns = lookup.interview.turns
    questions = [turn for turn in turns if turn.kind == "question"]
    answered: defaultdict[str | None, list[Turn]] = defaultdict(list)
    for turn in turns:
        answered[turn.answers].append(turn)
    for number, question in enumerate(questions, start=1):
        answers = answered[question.id]
        yield {
            "interview_id": lookup.interview.id,
            "question_id": question.id,
            "asker_id": question.speaker_id,
            "asker": speaker_name(lookup.speakers[question.speaker_id]),
            "question_position": number,
            "question": question.text,
            "question_words": count_words([question.text]),
            "question_answers": len(answers),
            "question_answer_words": count_words(turn.text for turn in answers),
            **_counts("question", lookup, [u for turn in answers for u in lookup.units_of(turn)]),
        }


def unit_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each unit of any speaker."""
    for number, unit in enumerate(lookup.units.values(), start=1):
        turn = lookup.turn_of(unit)
        yield {
            **unit_cells(lookup, unit),
            "question_id": turn.answers,
            "turn_kind": turn.kind,
            "position": number,
            "unit_start": unit.start,
            "unit_end": unit.end,
            "text": unit.text,
            "judged": lookup.is_judged(unit),
            "failed": lookup.is_failed(unit),
            **_decision_cells(lookup.decisions.get(unit.id)),
        }


def _decision_cells(decision: Decision | None) -> Row:
    if decision is None:
        return {}
    notes = (f"{coder_of(who)}: {text}" for who, text in decision.notes.items())
    cells = {
        "labelled_by": decision.by, "labelled": decision.questions,
        "disputed": decision.disputed, "note": notes,
    }  # fmt: skip
    return {name: listed(items) or None for name, items in cells.items()}


def claim_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each claim and premise of a respondent, decided or not."""
    for unit in lookup.coded_units():
        claim = lookup.claims.get(unit.id)
        if claim is None or claim.component == "none":
            continue
        yield {
            **unit_cells(lookup, unit),
            **_codes(claim),
            "component_abstained": claim.abstained,
            "kind_probability": rounded(claim.kind_probabilities.get(claim.kind or "")),
            **_probabilities({**claim.probabilities, **claim.kind_probabilities}),
            "component_source": claim.source,
        }


def stance_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each stance, own or attributed, in a respondent's unit."""
    for unit in lookup.coded_units():
        for stance_id, stance in lookup.stances_of(unit):
            yield {
                "stance_id": stance_id,
                **voice_cells(lookup, unit, stance),
                "attribution_id": lookup.report_of(unit, stance),
                **target_cells(target_of(stance), lookup.actors),
                "target_text": stance.target_text,
                "target_actor": stance.target_actor,
                "polarity": None if stance.abstained else stance.polarity,
                "best_guess": stance.polarity,
                "abstained": stance.abstained,
                "probability": rounded(stance.probability),
                **_probabilities(
                    {"not_about" if label == "none" else label: value
                     for label, value in stance.probabilities.items()}
                ),
                "flags": listed(stance.flags),
                "evidence": listed(evidence.text for evidence in stance.evidence),
                "stance_source": stance.source,
            }  # fmt: skip


def attribution_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each report in a respondent's unit."""
    for unit in filter(lookup.is_of_respondent, lookup.units.values()):
        resting: dict[str | None, list[str]] = defaultdict(list)
        for stance_id, stance in lookup.stances_of(unit):
            resting[lookup.report_of(unit, stance)].append(stance_id)
        for report_id, report in lookup.reports_of(unit):
            who = lookup.reported_holder(report.holder)
            yield {
                "attribution_id": report_id,
                **unit_cells(lookup, unit),
                **holder_cells(who, lookup.told_apart(report.holder), lookup.actors),
                "holder_blocs": listed(lookup.blocs_of(report.holder_actor or "")),
                **report.model_dump(
                    include={
                        "holder_text", "cue", "holder_start", "holder_end", "cue_start", "cue_end",
                        "content_start", "content_end",
                    }
                ),
                "content": lookup.turn_of(unit).text[report.content_start : report.content_end],
                "report_flags": listed(report.flags),
                "stance_ids": listed(resting[report_id]),
                "report_source": report.source,
            }  # fmt: skip


def entity_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each actor of each mention, by any speaker; one where there is no actor."""
    for entity in lookup.interview.entities or ():
        unit, turn = lookup.unit_at(entity), lookup.turns[entity.turn_id]
        for name in entity.actors or (None,):
            row: Row = {
                "entity_id": entity.id,
                "interview_id": lookup.interview.id,
                "unit_id": unit.id if unit else None,
                "turn_id": turn.id,
                "speaker_id": turn.speaker_id,
                "mention": entity.text,
                "mention_label": entity.label,
                "via": entity.via,
                "actor": name,
                "mention_start": entity.start,
                "mention_end": entity.end,
            }
            if name is not None:
                actor = lookup.actors.actors.get(name)
                row |= actor_cells("actor", name, lookup.actors)
                row["actor_kind"] = actor.kind if actor else None
                row["actor_blocs"] = listed(lookup.blocs_of(name))
            yield row


def reading_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each unit of any speaker, with all that was found in it."""
    interview = lookup.interview
    for unit, row in zip(lookup.units.values(), unit_rows(lookup), strict=True):
        own, question = lookup.own_stance(unit), lookup.turns.get(str(row["question_id"]))
        row |= {
            "title": interview.title,
            "date": interview.date,
            **_speaker_cells(lookup.speaker_of(unit)),
            "question": question.text if question else None,
            **_codes(lookup.claims.get(unit.id)),
            "own_stance": own_code(lookup, unit),
            "reported": listed(
                f"{lookup.holder_name(one)}: {position(one)} {target_of(one)[0]}"
                for one in lookup.attributed(unit)
            ),
            "actors": listed(lookup.actors_in(unit)),
        }
        if own is not None:
            row["best_guess"] = own.polarity
            row["probability"] = rounded(own.probability)
            row |= {"target": target_of(own)[0], "target_text": own.target_text}
            row["flags"] = listed(own.flags)
        yield row


def count_codes(lookup: Lookup, units: Collection[Unit]) -> Row:
    """Count the codes of some units of one interview; only respondents' units are counted.

    A layer that was not computed has no cells.
    """
    interview = lookup.interview
    coded = [unit for unit in units if lookup.is_coded(unit)]
    row: Row = {}
    if interview.units is not None:
        failed = sum(lookup.is_failed(unit) and lookup.is_of_respondent(unit) for unit in units)
        row = {"judged_units": len(coded), "failed_units": failed}
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


def _counts(of: str, lookup: Lookup, units: Collection[Unit]) -> Row:
    """Counts of a part of the interview, under names that are not those of the whole."""
    return {f"{of}_{name}": cell for name, cell in count_codes(lookup, units).items()}


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
    """Return the cells that join a row to its unit, turn, speaker and interview."""
    return {
        "interview_id": lookup.interview.id,
        "unit_id": unit.id,
        "turn_id": unit.turn_id,
        "speaker_id": lookup.turn_of(unit).speaker_id,
    }


def voice_cells(lookup: Lookup, unit: Unit, stance: Stance) -> Row:
    """Return the cells of a stance's unit and of its holder."""
    who, name = lookup.holder(stance), lookup.holder_name(stance)
    holder = holder_cells(who, name, lookup.actors)
    return {**unit_cells(lookup, unit), "voice": stance.voice, **holder}


def holder_cells(who: Holder, spelling: str, actors: ActorTable) -> Row:
    """Return the cells of a holder, under the name as it is spelt."""
    codes = actor_cells("holder", who.name, actors) if who.kind == "actor" else {}
    return {"holder_id": who.id, "holder": spelling, "holder_kind": who.kind, **codes}


def target_cells(on: Target, actors: ActorTable) -> Row:
    """Return the cells of a target."""
    codes = actor_cells("target", on[0], actors) if on[1] == "actor" else {}
    return {"target": on[0], "target_kind": on[1], **codes}


def place_cells(affiliation: str | None, country: str | None, actors: ActorTable) -> Row:
    """Return the cells of a speaker's affiliation and country."""
    state = actors.actors.get(actors.state_of(country) or "") if country else None
    row: Row = {"affiliation": affiliation, "country": country}
    if state is not None:
        row |= {"country_iso3": state.iso3, "country_wikidata": state.wikidata}
    return row


def actor_cells(prefix: str, name: str, actors: ActorTable) -> Row:
    """Return the Wikidata id and the ISO codes of an actor; none of one that is not listed."""
    actor = actors.actors.get(name)
    if actor is None:
        return {}
    codes = {"wikidata": actor.wikidata, "iso2": actor.iso, "iso3": actor.iso3}
    return {f"{prefix}_{name}": code for name, code in codes.items()}


def _speaker_cells(speaker: Speaker) -> Row:
    return {"speaker": speaker_name(speaker), "role": speaker.role}


def _codes(claim: Claim | None) -> Row:
    if claim is None:
        return {}
    return {
        "component": None if claim.abstained else claim.component,
        "component_guess": claim.component,
        "kind": None if claim.abstained else claim.kind,
        "kind_guess": claim.kind,
        "component_probability": rounded(claim.probability),
    }


def listed(items: Iterable[str]) -> str:
    """Return a list as a cell; the sign that joins the items is "/" within them."""
    return JOIN.join(item.replace(JOIN, "/") for item in items)


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
        failed_units: units that the judge gave no usable answer for, in no other count.
        judged: whether claims and stance were judged; they are not in another language.
        references: pronouns and nouns that are, or may be, names of an actor.
    """

    interview_id: str
    judged: bool
    turns: int
    units: int
    judged_units: int
    failed_units: int
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
    found["references"] = row.get("references_all")
    counts = {name: int(found.get(name) or 0) for name in _COUNTS}
    resolved = int(row.get("references_resolved") or 0)
    counts["references_unresolved"] = counts["references"] - resolved
    return Summary(interview_id=str(row["interview_id"]), judged="own_n" in row, **counts)


def add_up(summaries: Sequence[Summary]) -> dict[str, int]:
    """Add up the counts of some interviews."""
    return {name: sum(getattr(one, name) for one in summaries) for name in _COUNTS}
