"""How a unit's codes are named and counted on the page, in the figures and on the terminal.

A stance has one holder and one target under the names of the tables over all interviews, so that a
count of the page is a count of ``tables/targets.csv`` or ``tables/holders.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.records import Claim, Stance, Unit
from pipeline.tables.identity import Holder, target_of
from pipeline.tables.lookup import Lookup, Position, position

Component = Literal["claim", "premise", "none", "undecided"]


class Code(NamedTuple):
    """A stance as it is counted, and its record."""

    holder: Holder
    target: str
    position: Position
    stance: Stance


def codes_of(lookup: Lookup, unit: Unit) -> Iterator[Code]:
    """Yield the stances of a unit, the speaker's own first."""
    for stance in (*lookup.own(unit), *lookup.attributed(unit)):
        yield Code(lookup.holder(stance), target_of(stance)[0], position(stance), stance)


def component_of(claim: Claim | None) -> Component | None:
    """Return how a component is counted; None if it was not judged."""
    if claim is None:
        return None
    return "undecided" if claim.abstained else claim.component
