"""Whose "Congress" or "Treasury" an interview means: bodies that several states have.

One sentence alone is read as the table reads it: of the state that is usually meant. In an
interview it is the speaker's own state's, unless it is "their Senate", else that of a state just
named, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.actors.stock import Found
from pipeline.actors.table import ActorTable
from pipeline.records import Interview

_ANOTHERS = re.compile(r"\b(?:its|their|your|his|her)(?: own)? $", re.IGNORECASE)
_LONGEST = len("their own ")


def settle_bodies(
    interview: Interview,
    names: Mapping[str, Sequence[Found]],
    actors: ActorTable,
    *,
    homes: Mapping[str, tuple[str, ...]],
) -> dict[str, list[Found]]:
    """Return the names of every turn, each such body with the state it belongs to.

    Args:
        interview: whose turns are read in order.
        names: the names found in each turn, by its id.
        actors: the table, with the bodies and the states that have them.
        homes: the actors each speaker speaks for, by id.
    """
    settled: dict[str, list[Found]] = {}
    titled = actors.mentions(interview.title, date=interview.date)
    named: dict[str, None] = {}
    _note(named, (name for one in titled for name in one.actors))
    everybody = dict.fromkeys(state for home in homes.values() for state in home)
    for turn in interview.turns:
        settled[turn.id] = []
        here: dict[str, None] = {}
        meant: dict[str, str] = {}
        for found in names[turn.id]:
            body = turn.text[found.start : found.end]
            owners = actors.bodies.get(body) if found.actors else None
            if owners is not None and body not in meant:
                own = not _ANOTHERS.search(turn.text, max(0, found.start - _LONGEST), found.start)
                home = homes.get(turn.speaker_id, ()) if own else ()
                usual = owners[:1] if owners[0] in named else ()
                told = (*home, *reversed(here), *usual, *reversed(named), *everybody)
                meant[body] = next((state for state in told if state in owners), owners[0])
            if owners is not None:
                found = replace(found, actors=(meant[body],))
            settled[turn.id].append(found)
            _note(here, found.actors)
        _note(named, here)
    return settled


def _note(named: dict[str, None], actors: Iterable[str]) -> None:
    """Put actors last in what was named, where each is once."""
    for actor in actors:
        named.pop(actor, None)
        named[actor] = None
