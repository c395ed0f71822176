"""How a unit's codes are named and counted on the page, in the figures and on the terminal.

A stance has one holder and one target under the names of the tables over all interviews, so that a
count of the page is a count of ``tables/targets.csv`` or ``tables/holders.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.records import Claim, Speaker, Stance, Unit
from pipeline.write.lookup import Lookup, Position, position, speaker_name

Component = Literal["claim", "premise", "none", "undecided"]
UNNAMED = "(only meant)"
JOIN = " · "


class Code(NamedTuple):
    """A stance as it is counted, and its record."""

    holder: str
    target: str
    position: Position
    stance: Stance


def speaker_label(speaker: Speaker) -> str:
    """Return the name that identifies a speaker in every interview, with affiliation and country.

    Example:
        >>> speaker_label(Speaker(id="a.s2", name="Ana Díaz", role="respondent", country="CL"))
        'Ana Díaz · CL'
    """
    parts = (speaker_name(speaker), speaker.affiliation, speaker.country)
    return JOIN.join(part for part in parts if part)


def holder_label(lookup: Lookup, unit: Unit, stance: Stance) -> str:
    """Return the holder of a stance; words that name no known actor are in lower case."""
    if stance.voice == "own":
        return speaker_label(lookup.speaker_of(unit))
    name = lookup.holder_name(stance)
    return name.casefold() if lookup.holder_kind(stance) == "words" else name


def target_label(stance: Stance) -> str:
    """Return the target: the actor, else the words in lower case."""
    return stance.target_actor or (stance.target_text or UNNAMED).casefold()


def codes_of(lookup: Lookup, unit: Unit) -> Iterator[Code]:
    """Yield the stances of a unit, the speaker's own first."""
    for stance in (*lookup.own(unit), *lookup.attributed(unit)):
        holder = holder_label(lookup, unit, stance)
        yield Code(holder, target_label(stance), position(stance), stance)


def component_of(claim: Claim | None) -> Component | None:
    """Return how a component is counted; None if it was not judged."""
    if claim is None:
        return None
    return "undecided" if claim.abstained else claim.component
