"""Who asks from the floor and is only described: "Male Speaker", once a host has opened it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Role
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_DESCRIBED = frozenset(("male", "female", "man", "woman", "unidentified", "speaker", "voice"))
_SEXES = frozenset(("male", "female", "man", "woman"))
_OPENS = re.compile(
    r"\b(?:audience|floor)(?:['’]s)? questions?\b|"
    r"\bquestions? (?:\w+ ){0,2}(?:from|of|by) (?:\w+ ){0,2}(?:audience|floor|crowd|room|hall)\b|"
    r"\b(?:go|turn|open)(?:ing)?(?: (?:it|this|things))?(?: (?:up|over|now|out))* to (?:\w+ ){0,2}"
    r"(?:audience|floor|crowd|questions)\b|\bopen(?:ing)? (?:up )?the floor\b",
    re.I,
)


def find_floor_voices(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[Key]:
    """Return those described voices that are heard behind an asker's words only, and mostly ask.

    A clip has such voices as well: there nobody has opened the floor before.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what each seems to do.
    """
    opened = next(
        (
            index
            for index, one in enumerate(segments)
            if roles.get(one.key) == "interviewer" and _OPENS.search(one.text)
        ),
        len(segments),
    )
    found = [voice.key for voice in voices if _is_described(voice) and 2 * voice.asking >= 1]
    first: dict[Key, int] = {}
    for index, segment in enumerate(segments):
        first.setdefault(segment.key, index)
    return [
        key
        for key in found
        if first[key] > opened and roles.get(segments[first[key] - 1].key) == "interviewer"
    ]


def _is_described(voice: Voice) -> bool:
    words = {word for word in voice.key if not word.isdigit()}
    return words <= _DESCRIBED and not words.isdisjoint(_SEXES)
