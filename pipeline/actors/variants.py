"""Spellings of a leader's name that the table does not list.

A full name may have an initial, a patronymic, another form of the forename: "Joseph R. Biden" and
"Sergey Viktorovich Lavrov" are in no list, but the table has a Joe Biden and a Sergei Lavrov.
Forms of one forename are listed in ``context.toml``.
"""

from __future__ import annotations

import re

from pipeline.actors.lexicon import Actor
from pipeline.actors.senses import stands_for
from pipeline.actors.table import ActorTable

_INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.?)*")
_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oe]vich|[oe]vych|[oe]vna|ivna|inichna|ich)")


def find_leader(name: str, actors: ActorTable) -> Actor | None:
    """The leader of the table that a full name means, if spelt in a way the table does not list.

    A leader whose own name has an initial is left out: another initial is another person's.
    """
    first, *rest = name.split()
    if not rest:
        return None
    last = [word for word in rest[:-1] if not _is_between(word)] + rest[-1:]
    for forename in _forms(first, actors):
        for sense in actors.senses_of(" ".join((forename, *last))):
            leader = sense.actor
            if leader is None or leader.kind != "leader":
                continue
            if not any(map(_is_between, leader.name.split())):
                return leader
    return None


def meant_by(leader: Actor, actors: ActorTable, date: str | None) -> tuple[str, ...]:
    """Return the actors that a leader acts for at a date."""
    return stands_for(leader, date, undated_from=actors.context.undated_from)


def _forms(forename: str, actors: ActorTable) -> tuple[str, ...]:
    for forms in actors.context.forenames:
        if forename in forms:
            return forms
    return (forename,)


def _is_between(word: str) -> bool:
    return bool(_INITIAL.fullmatch(word) or _PATRONYMIC.fullmatch(word))
