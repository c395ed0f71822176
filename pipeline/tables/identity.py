"""The cells that identify holders, targets and countries, the same in every table."""

from __future__ import annotations

from typing import Literal

from pipeline.actors import ActorTable
from pipeline.records import Stance
from pipeline.tables.counts import Row
from pipeline.tables.lookup import Holder

TargetKind = Literal["actor", "words", "unnamed"]
Target = tuple[str, TargetKind]
UNNAMED = "(only meant)"


def target_of(stance: Stance) -> Target:
    """Return the target of a stance, the same in all interviews, and its kind."""
    if stance.target_actor:
        return stance.target_actor, "actor"
    return (stance.target_text.casefold(), "words") if stance.target_text else (UNNAMED, "unnamed")


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
