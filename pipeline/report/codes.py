"""How a unit's codes are named and counted on the page, in the figures and on the terminal.

A stance has one holder and one target under the names of the tables over all interviews, so that a
count of the page is a count of ``tables/targets.csv`` or ``tables/holders.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.records import Claim, Speaker, Stance, Unit
from pipeline.tables.identity import target_of
from pipeline.tables.lookup import Holder, Lookup, Position, holder_of, position

Component = Literal["claim", "premise", "none", "undecided"]
JOIN = " · "


class Code(NamedTuple):
    """A stance as it is counted, and its record."""

    holder: str
    target: str
    position: Position
    stance: Stance


def speaker_label(speaker: Speaker) -> str:
    """Return what identifies a speaker in every interview, as "Ana Díaz · CL"."""
    return label(holder_of(speaker))


def label(holder: Holder) -> str:
    """Return the name of a holder, with affiliation and country."""
    parts = (holder.name, holder.affiliation, holder.country)
    return JOIN.join(part for part in parts if part)


def codes_of(lookup: Lookup, unit: Unit) -> Iterator[Code]:
    """Yield the stances of a unit, the speaker's own first."""
    for stance in (*lookup.own(unit), *lookup.attributed(unit)):
        holder, (target, _) = label(lookup.holder(stance)), target_of(stance)
        yield Code(holder, target, position(stance), stance)


def component_of(claim: Claim | None) -> Component | None:
    """Return how a component is counted; None if it was not judged."""
    if claim is None:
        return None
    return "undecided" if claim.abstained else claim.component
