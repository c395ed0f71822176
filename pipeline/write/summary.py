"""The counts of one annotated interview that the terminal and run.json show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

from pipeline.records import Interview
from pipeline.write.lookup import Lookup, position


@dataclass(frozen=True)
class Summary:
    """What was found in an interview.

    Components and stances are counted for respondents only, and entities where they have a name;
    what the model would not decide counts as abstained and as nothing else.

    Attributes:
        judged: whether claims and stance were judged; they are not in another language.
        references: pronouns and nouns that stand, or may stand, for an actor.
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


def summarise(interview: Interview) -> Summary:
    """Count what stands in an interview; a layer that was not computed counts as none."""
    lookup = Lookup(interview)
    units = lookup.coded_units()
    components = [lookup.claims[unit.id] for unit in units if unit.id in lookup.claims]
    decided = Counter(claim.component for claim in components if not claim.abstained)
    own = Counter(position(stance) for unit in units for stance in lookup.own(unit))
    reported = [stance for unit in units for stance in lookup.attributed(unit)]
    references = [entity for entity in interview.entities or () if entity.label is None]
    return Summary(
        interview_id=interview.id,
        judged=interview.stances is not None,
        turns=len(interview.turns),
        units=len(interview.units or ()),
        judged_units=len(units),
        claims=decided["claim"],
        premises=decided["premise"],
        components_abstained=sum(claim.abstained for claim in components),
        entities=len(interview.entities or ()) - len(references),
        references=len(references),
        references_unresolved=sum(not reference.actors for reference in references),
        favor=own["favor"],
        against=own["against"],
        neutral=own["neutral"],
        abstained=own["abstained"],
        attributed=sum(not stance.abstained for stance in reported),
        attributed_abstained=sum(stance.abstained for stance in reported),
    )


def add_up(summaries: Sequence[Summary]) -> dict[str, int]:
    """Add up the counts of some interviews."""
    names = [one.name for one in fields(Summary) if one.name not in ("interview_id", "judged")]
    return {name: sum(getattr(summary, name) for summary in summaries) for name in names}
