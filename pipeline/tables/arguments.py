"""The argument of an interview: which sentence backs which, or argues against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pipeline.records import Relation, RelationKind, Turn, Unit
from pipeline.tables.columns import JOIN
from pipeline.tables.counts import Row
from pipeline.tables.lookup import Lookup
from pipeline.tables.rows import rounded, unit_cells

KINDS: tuple[RelationKind, ...] = ("support", "attack")


class Arguments:
    """The decided relations of an interview, by the units that they join."""

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup
        self._asked: Mapping[str, Relation] = {
            unit: one for unit, one in lookup.relations.items() if not one.abstained
        }
        self.links = tuple(one for one in self._asked.values() if one.kind != "none")
        self._down: dict[str, list[Relation]] = defaultdict(list)
        for one in self.links:
            self._down[one.to_unit or ""].append(one)
        self._whole: dict[str, bool] = {}

    def parent(self, unit: Unit) -> Relation | None:
        """The relation to what a unit backs or argues against, if to any."""
        found = self._asked.get(unit.id)
        return found if found and found.kind != "none" else None

    def toward(self, unit: Unit, kind: RelationKind) -> list[Relation]:
        """The relations of units that support, or attack, a unit, in order."""
        return [one for one in self._down.get(unit.id, ()) if one.kind == kind]

    def is_bare(self, unit: Unit) -> bool | None:
        """Whether a unit has no reason; None where its answer was not asked about as a whole."""
        if self.toward(unit, "support"):
            return False
        return True if self.is_whole(self.lookup.turn_of(unit)) else None

    def is_whole(self, turn: Turn) -> bool:
        """Whether it is decided of all units of a turn what each does for another."""
        if turn.id not in self._whole:
            units = self.lookup.units_of(turn)
            self._whole[turn.id] = all(unit.id in self._asked for unit in units)
        return self._whole[turn.id]


def relation_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each link between units of respondents, decided or not."""
    for one in lookup.interview.relations or ():
        unit = lookup.units[one.from_unit]
        if one.kind == "none" or not lookup.is_coded(unit):
            continue
        yield {
            **unit_cells(lookup, unit),
            "parent_id": one.to_unit,
            "relation": None if one.abstained else one.kind,
            "relation_guess": one.kind,
            "relation_abstained": one.abstained,
            "relation_probability": rounded(one.probability),
            "relation_source": one.source,
        }


def argument_rows(lookup: Lookup) -> Iterator[Row]:
    """Yield a row for each decided claim of a respondent, with its reasons and objections."""
    arguments = Arguments(lookup)
    for unit in lookup.coded_units() if lookup.interview.relations is not None else ():
        if not lookup.is_claim(unit):
            continue
        given = {kind: [r.from_unit for r in arguments.toward(unit, kind)] for kind in KINDS}
        parent, own = arguments.parent(unit), lookup.own_stance(unit)
        yield {
            **unit_cells(lookup, unit),
            "claim_stance": None if own is None or own.abstained else own.polarity,
            "reasons": len(given["support"]),
            "objections": len(given["attack"]),
            "bare": arguments.is_bare(unit),
            "reason_ids": JOIN.join(given["support"]),
            "objection_ids": JOIN.join(given["attack"]),
            "argues": parent.kind if parent else None,
            "argues_id": parent.to_unit if parent else None,
        }
