"""Who asks a spokesperson: reporters with labels of their own, who open with name and house."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

# "NAME from The Courier", "NAME SURNAME, Coast Radio"
_HOUSED = re.compile(
    r"\b(?P<name>[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,3})"
    r"(?=(?:,? (?:from|of|with|for)|,) (?:[Tt]he )?[^\W_a-z])"
)
_ADDRESSES = re.compile(
    r"^(?:(?:but|and|so|sorry|yes|no|good (?:morning|afternoon|evening)|thank you|thanks)[,.]? )*"
    r"(?:sir|ma['’]?am|madam)\b",
    re.I,
)
_OPENING = 90
_REPORTERS, _ROUNDS = 3, 3
_MOSTLY, _HALF, _SELDOM, _LITTLE = 0.6, 0.5, 0.25, 0.25


def press_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return who asks and who answers where reporters say who they are; none elsewhere.

    Three of them at least open with their own names and a house, "NAME from The Courier", and most
    of those ask. All come to one who speaks more than anybody, and who seldom ends on a question:
    he answers, though he welcomes them and says whose turn it is. Whoever else asks, or opens with
    "Sir", asks him too: an aide reads out what was sent in. None where others speak at length: a
    panel says its names and houses as well.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what is known of them so far.
    """
    first: dict[Key, str] = {}
    for segment in segments:
        first.setdefault(segment.key, segment.text)
    press = [key for key, text in first.items() if _says_house(text, key)]
    asking = sum(asks(first[key]) for key in press)
    hub = max(voices, key=lambda voice: voice.words * voice.turns)
    others = [voice for voice in voices if voice is not hub and voice.key not in press]
    if (
        len(press) < _REPORTERS
        or asking < _MOSTLY * len(press)
        or hub.key in press
        or not _answers(segments, hub, roles)
        or sum(one.words * one.turns for one in others) > _LITTLE * hub.words * hub.turns
    ):
        return {}
    askers = [v.key for v in others if v.asking >= _HALF or _ADDRESSES.match(first[v.key])]
    found: dict[Key, Role] = {**dict.fromkeys((*press, *askers), "interviewer")}
    found[hub.key] = "respondent"
    return {key: role for key, role in found.items() if key not in roles}


def _says_house(text: str, key: Key) -> bool:
    """Opens with the own name, and a house behind it."""
    found = _HOUSED.finditer(text[:_OPENING])
    return any(not set(key).isdisjoint(one["name"].casefold().split()) for one in found)


def _answers(segments: Sequence[Segment], hub: Voice, roles: Mapping[Key, Role]) -> bool:
    """Speaks behind others all along, and seldom leaves them a question."""
    own = [segment.text for segment in segments if segment.key == hub.key]
    ends = sum(map(is_question, own))
    central = sum(hub.key in (one.key, two.key) for one, two in pairwise(segments))
    free = roles.get(hub.key, "respondent") == "respondent"
    often = len(own) >= _ROUNDS and central >= _HALF * (len(segments) - 1)
    return free and often and ends <= _SELDOM * len(own)
