"""What a run judged of a unit, in the form in which people label it."""

from __future__ import annotations

from typing import Any

from pipeline.records import Label, LabelledReport, Stance, Unit, index_at
from pipeline.write.lookup import Lookup


def label_of(lookup: Lookup, unit: Unit) -> Label:
    """Return a run's judgement of a unit as a label; what was not judged or decided is null.

    Of several own stances the most probable counts, as in ``units.csv``.
    """
    interview, turn = lookup.interview, lookup.turn_of(unit)
    units = lookup.units_of(turn)
    index = index_at(units, unit.start) or 0
    asked = lookup.turns.get(turn.answers or "")
    claim, own = lookup.claims.get(unit.id), lookup.own_stance(unit)
    decided = claim if claim is not None and not claim.abstained else None
    return Label(
        doc=interview.id,
        text=unit.text,
        question=asked.text if asked else "",
        context_before=units[index - 1].text if index else "",
        context_after=units[index + 1].text if index + 1 < len(units) else "",
        date=interview.date,
        component=decided.component if decided else None,
        kind=decided.kind if decided else None,
        **_stances(lookup, unit, own),
        unit_id=unit.id,
        turn_id=turn.id,
        start=unit.start,
        end=unit.end,
        sha256=interview.sha256,
        source=" ".join(dict.fromkeys(one.source for one in (claim, own) if one is not None)),
    )


def _stances(lookup: Lookup, unit: Unit, own: Stance | None) -> dict[str, Any]:
    """Return the own stance with its target, and those reported; none where stance failed."""
    failed = any(one.unit_id == unit.id for one in lookup.interview.failed or ())
    if failed or lookup.interview.stances is None or not lookup.is_judged(unit):
        return {}
    found: dict[str, Any] = {"west": "none" if own is None else None}
    if own is not None and not own.abstained:
        named = own.target_text if own.target_text and own.target_text in unit.text else None
        found = {"west": own.polarity, "target": named}
        found["implicit_target"] = None if named else own.target_actor or own.target_text
    found["attributed"] = tuple(
        LabelledReport(holder=one.holder, stance=one.polarity)
        for one in lookup.attributed(unit)
        if not one.abstained
    )
    return found
