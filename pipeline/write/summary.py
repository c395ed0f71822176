"""The counts of one annotated interview that the terminal and run.json show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.records import Interview
from pipeline.write.lookup import Lookup, position


@dataclass(frozen=True)
class Summary:
    """What was found in an interview.

    Components and stances are counted for respondents only, entities where they have a name.
    """

    interview_id: str
    turns: int
    units: int
    claims: int
    premises: int
    entities: int
    favor: int
    against: int
    neutral: int
    abstained: int
    attributed: int


def summarise(interview: Interview) -> Summary:
    """Count what stands in an interview; a layer that was not computed counts as none."""
    lookup = Lookup(interview)
    units = lookup.coded_units()
    judged = (lookup.claims.get(unit.id) for unit in units)
    components = Counter(claim.component for claim in judged if claim and not claim.abstained)
    own = Counter(position(stance) for unit in units for stance in lookup.own(unit))
    return Summary(
        interview_id=interview.id,
        turns=len(interview.turns),
        units=len(interview.units or ()),
        claims=components["claim"],
        premises=components["premise"],
        entities=sum(entity.label is not None for entity in interview.entities or ()),
        favor=own["favor"],
        against=own["against"],
        neutral=own["neutral"],
        abstained=own["abstained"],
        attributed=sum(
            not stance.abstained for unit in units for stance in lookup.attributed(unit)
        ),
    )
