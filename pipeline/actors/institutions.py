"""Institutions of a state by their form, and the state they stand for.

"the Ruritanian Foreign Ministry" and "the Ministry of Defence of Ruritania" are one name;
"Ruritania's Supreme Court" is two, and the second stands for the state as well. Only words with
capitals make a name of it: "the Ruritanian army" is the state's people and a common noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.actors.lexicon import Actor
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
