"""The leader whom the label of a speaker names: "Donald J. Trump", "President Biden", "Merkel"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.actors.forms import find_leader
from pipeline.actors.lexicon import Actor, Office, covers
from pipeline.actors.table import ActorTable


def leader_of(words: Sequence[str], actors: ActorTable, *, date: str | None) -> Actor | None:
    """Return the leader of the table who has a name, or None.

    Args:
        words: of the name, without titles.
        actors: the table.
        date: of the talk; a family name alone is a leader's who is in office then.
    """
    text = " ".join(word.title() if word.isupper() or word.islower() else word for word in words)
    for name in dict.fromkeys((" ".join(words), text)):
        if (found := _named(name, actors, date=date)) is not None:
            return found
    return None


def _named(name: str, actors: ActorTable, *, date: str | None) -> Actor | None:
    listed = actors.actors.get(name)
    if listed is not None and listed.kind == "leader":
        return listed
    leaders = {
        sense.actor.name: sense.actor
        for sense in actors.senses_of(name)
        if sense.actor is not None and sense.actor.kind == "leader"
    }
    if " " not in name:  # many have it: whoever is in office
        held = [one for one in leaders.values() if date and office_at(one, date) is not None]
        return held[0] if len(held) == 1 else None
    full = find_leader(name, actors)
    if full is None and len(leaders) == 1:
        (full,) = leaders.values()
    return None if full is None or _has_initials(full.name) else full


def office_at(leader: Actor, date: str) -> Office | None:
    """Return the leader's office at a date; the first of several."""
    return next((one for one in leader.offices if covers(one.start, one.end, date)), None)


def _has_initials(name: str) -> bool:
    """Another of the family has the name without them: "George W. Bush"."""
    return any(word.endswith(".") for word in name.split())
