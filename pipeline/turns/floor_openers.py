"""Who only opens the floor: "We will now take questions. Please state your name."."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_OPENS_FLOOR = re.compile(
    r"\b(?:we|i)(?:['’]ll| will| can| shall|['’]re going to)(?: now)? (?:take|move (?:on )?to|"
    r"go to|turn to|open (?:the floor|it up) (?:to|for))(?: \w+){0,3} questions\b|"
    r"\bplease (?:state|give|say|identify|introduce) your(?:self| name)\b",
    re.I,
)
_FEW_TURNS, _WORDS = 3, 60


def find_floor_openers(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> frozenset[Key]:
    """Return who calls for questions in a few words, and answers none of those that come.

    A minister may call for them as well, but has spoken before, or answers.

    Args:
        segments: the turns.
        voices: those whose role is not known yet.
        roles: what is known of the others.
    """
    askers = {key for key, role in roles.items() if role == "interviewer"}
    answering = {two.key for one, two in pairwise(segments) if one.key in askers}
    return frozenset(
        voice.key
        for voice in voices
        if voice.turns <= _FEW_TURNS
        and voice.words * voice.turns <= _WORDS
        and voice.key not in answering
        and any(_OPENS_FLOOR.search(one.text) for one in segments if one.key == voice.key)
    )
