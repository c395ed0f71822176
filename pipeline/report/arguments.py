"""Arguments on the page and the terminal: what a sentence backs or attacks, and what backs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pipeline.records import Relation, RelationKind, Unit
from pipeline.tables.arguments import KINDS, Arguments
from pipeline.tables.counts import Row
from pipeline.tables.identity import Holder, holder_of
from pipeline.tables.lookup import Lookup
from pipeline.tables.reasons import Claimed, reasons

PARTS = ("reasoned", "bare", "objected", "reason", "objection")
"""What a sentence is in arguments, as the page filters by it: bits of a number, the first lowest;
``page.js`` has the same order. The first three are of the claims that reasons.csv counts."""
LABELS = {
    "favor": "for", "against": "against", "neutral": "neutral", "abstained": "not decided",
    "not_about": "none: not about the bloc",
}  # fmt: skip
MOST_ARGUED = 10
"""Claims in a list of those most argued for, or against."""
QUOTED = 60
"""Characters of a sentence by which another one names it."""


def opening(text: str, most: int = QUOTED) -> str:
    """Return the first words of a sentence, in one line."""
    said = " ".join(text.split())
    return said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]} …"


class Link(NamedTuple):
    """A link of a sentence to another: that sentence, and its first words."""

    kind: RelationKind
    other: str
    words: str
    relation: Relation


@dataclass(frozen=True)
class Links:
    """The decided links of a sentence.

    Attributes:
        parent: what it backs or attacks.
        given: its reasons and objections, in the order in which they were said.
    """

    parent: Link | None
    given: Sequence[Link]

    def number(self, kind: RelationKind) -> int:
        """How many reasons, or objections, it has."""
        return sum(one.kind == kind for one in self.given)


def links_of(arguments: Arguments, unit: Unit) -> Links | None:
    """Return the links of a sentence; None if it has none."""
    units = arguments.lookup.units

    def link(one: Relation, other: str) -> Link:
        return Link(one.kind, other, opening(units[other].text), one)

    up = arguments.parent(unit)
    parent = link(up, up.to_unit) if up and up.to_unit else None
    found = [one for kind in KINDS for one in arguments.toward(unit, kind)]
    given = [link(one, one.from_unit) for one in found]
    given.sort(key=lambda one: units[one.other].start)
    return Links(parent, given) if parent or given else None


def parts_of(arguments: Arguments, unit: Unit) -> int:
    """Return what a sentence is in arguments: the bits of ``PARTS``."""
    lookup, up = arguments.lookup, arguments.parent(unit)
    asked = lookup.is_coded(unit) and lookup.is_claim(unit)
    asked = asked and arguments.is_whole(lookup.turn_of(unit))
    found = (
        asked and not arguments.is_bare(unit),
        asked and bool(arguments.is_bare(unit)),
        asked and bool(arguments.toward(unit, "attack")),
        up is not None and up.kind == "support",
        up is not None and up.kind == "attack",
    )
    return sum(1 << place for place, one in enumerate(found) if one)


def most_argued(claims: Iterable[dict[str, Any]], kind: RelationKind) -> list[dict[str, Any]]:
    """Return the claims with the most reasons (``support``) or objections, the first of equals."""
    found = [one for one in claims if one[kind]]
    return sorted(found, key=lambda one: -one[kind])[:MOST_ARGUED]


def argued_in(lookup: Lookup) -> dict[RelationKind, list[dict[str, Any]]]:
    """Return the decided claims of an interview that are most argued for, and against."""
    arguments = Arguments(lookup)
    claims = [
        {
            "unit": unit.id, "interview": lookup.interview.id, "text": opening(unit.text, 400),
            "who": holder_of(lookup.speaker_of(unit)),
            **{kind: len(arguments.toward(unit, kind)) for kind in KINDS},
        }
        for unit in lookup.coded_units() if arguments.links and lookup.is_claim(unit)
    ]  # fmt: skip
    return {kind: most_argued(claims, kind) for kind in KINDS}


@dataclass(frozen=True)
class Shares:
    """The rows of reasons.csv as the page shows them; false where relations were not judged.

    Attributes:
        total: of all claims; empty if false.
        speakers: with the respondent (``who``) and the name that the page filters by, those with
            the most claims first.
        stances: with the claim's own stance (``label``).
    """

    total: Row
    speakers: Sequence[dict[str, Any]]
    stances: Sequence[dict[str, Any]]

    def __bool__(self) -> bool:
        return bool(self.total)


def shares_of(claimed: Sequence[Claimed]) -> Shares:
    """Return the shares of claims that have a reason."""
    total: Row = {}
    speakers: list[dict[str, Any]] = []
    stances: list[dict[str, Any]] = []
    for level, name, row in reasons(claimed):
        if isinstance(name, Holder):
            speakers.append({"who": name, "name": name.shown, **row})
        elif level == "stance":
            stances.append({"label": LABELS[name], **row})
        else:
            total = row
    return Shares(total, [one for one in speakers if one["claims_asked"]], stances)
