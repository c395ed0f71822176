"""Names that the table has in another form: institutions of a state, spellings of a leader.

"the Ruritanian Foreign Ministry" and "the Ministry of Defence of Ruritania" are one name;
"Ruritania's Supreme Court" is two, and the second stands for the state as well. Only words with
capitals make a name of it: "the Ruritanian army" is the state's people and a common noun.

A leader's full name may have an initial, a patronymic, another forename form: "Joseph R. Biden" and
"Sergey Viktorovich Lavrov" are in no list, but the table knows a Joe Biden and a Sergei Lavrov. The
forms of a forename that are one are in ``context.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.actors.lexicon import Actor
from pipeline.actors.senses import stands_for
from pipeline.actors.table import ActorTable, Mention

_CAP = r"(?!(?:The|In|At|And|But|Our|For|If|When|That|This|From|To|By)\b)[A-Z][\w&-]*"
_HEADS = (
    r"Ministry|Parliament|Armed Forces|Army|Navy|Air Force|Ground Forces|Security Council|General"
    r" Staff|Central Bank|National Bank|Supreme Court|Constitutional Court|High Court|Senate"
    r"|Congress|National Assembly|Federal Assembly|National Congress|House of Representatives"
    r"|Chamber of Deputies|Coast Guard|National Guard|Border Guards?|Border Service|Border Patrol"
    r"|Embassy|Consulate|Intelligence Service|Security Service|Intelligence Agency|Foreign Office"
    r"|Permanent Mission|Treasury|Central Election Commission|Prosecutor General's Office"
    r"|Security and Defen[cs]e Council|Reserve Bank|Council of Ministers|Presidential Office"
)
_OF = r"(?:Ministry|Department) (?:of|for) (?:{cap}(?:,? and |, | ))*{cap}"
_NAMED = _OF.format(cap=_CAP)
# " Foreign Ministry" after an adjective or "'s ".
_AFTER = re.compile(rf"(?: {_CAP}){{0,3}}? (?:{_HEADS})\b(?! of [A-Z])|(?: {_NAMED})\b")
_POSSESSIVE = re.compile(r"['’]s?(?= )")
# "Ministry of Defence of the " before a state.
_BEFORE = re.compile(rf"\b(?:{_NAMED}|(?:{_CAP} ){{0,3}}(?:{_HEADS}|Embassies)) of (?:the )?$")
_BACK = 90
_INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.?)*")
_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oe]vich|[oe]vych|[oe]vna|ivna|inichna|ich)")


def find_institutions(
    text: str, mentions: tuple[Mention, ...], actors: ActorTable
) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the actor of institutions of a state, left to right."""
    for mention in mentions:
        state = _state(mention, actors)
        if state is None:
            continue
        owned = _POSSESSIVE.match(text, mention.end)
        if (after := _AFTER.match(text, owned.end() if owned else mention.end)) is not None:
            yield after.start() + 1 if owned else mention.start, after.end(), state.name
            continue
        if mention.label == "GPE" and not owned:
            window = text[max(0, mention.start - _BACK) : mention.start]
            if (before := _BEFORE.search(window)) is not None:
                yield mention.start - len(window) + before.start(), mention.end, state.name


def _state(mention: Mention, actors: ActorTable) -> Actor | None:
    if mention.label not in ("GPE", "NORP") or mention.via not in ("name", "alias"):
        return None
    for name in mention.actors:
        actor = actors.actors[name]
        if actor.kind == "state":
            return actor
    return None


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
    """The actors that a leader stands for at a date."""
    return stands_for(leader, date, undated_from=actors.context.undated_from)


def _forms(forename: str, actors: ActorTable) -> tuple[str, ...]:
    for forms in actors.context.forenames:
        if forename in forms:
            return forms
    return (forename,)


def _is_between(word: str) -> bool:
    return bool(_INITIAL.fullmatch(word) or _PATRONYMIC.fullmatch(word))
