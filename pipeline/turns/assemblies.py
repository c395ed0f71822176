"""Who presides over an assembly, and who asks there whom: the Speaker or President, and members."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_OFFICES = ("speaker", "president")
_BESIDE = frozenset(("the", "acting", "deputy", "vice", "first", "madam", "mr"))
_ADDRESSERS, _ANSWERS, _HALF, _MOSTLY = 2, 3, 0.5, 0.75


def assembly_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return "interviewer" for who is labelled by such an office alone, and presides.

    Two at least say "Mr Speaker" to him, and as often as not somebody else speaks next: whoever
    meets the press under such a label is addressed by those whom he answers. He speaks more briefly
    than the rest. Where one replies to most of what the others say, and half of that asks, all ask
    him: it is his question hour.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what is known of them so far.
    """
    may_preside = [
        voice for voice in voices if roles.get(voice.key, "interviewer") == "interviewer"
    ]
    found = [
        voice.key
        for voice in may_preside
        for office in _OFFICES
        if office in voice.key and _BESIDE.issuperset(set(voice.key) - {office})
        if _is_brief(voice, voices) and _is_addressed(segments, voice.key, office)
    ]
    rest = [voice for voice in voices if voice.key not in found]
    hour = _question_hour(segments, rest, found) if found else {}
    settled: dict[Key, Role] = {**hour, **dict.fromkeys(found, "interviewer")}
    return {key: role for key, role in settled.items() if key not in roles}


def _question_hour(
    segments: Sequence[Segment], rest: Sequence[Voice], presiders: Sequence[Key]
) -> dict[Key, Role]:
    talk = [segment for segment in segments if segment.key not in presiders]
    hub = max(rest, key=lambda voice: voice.turns, default=None)
    if hub is None or hub.turns < _ANSWERS:
        return {}
    put = [(one.text, two.key) for one, two in pairwise(talk) if one.key != hub.key]
    answered = sum(key == hub.key for _, key in put)
    asked = sum(asks(text) for text, _ in put)
    if answered < _MOSTLY * len(put) or asked < _HALF * len(put):
        return {}
    found: dict[Key, Role] = {voice.key: "interviewer" for voice in rest}
    return {**found, hub.key: "respondent"}


def _is_brief(voice: Voice, voices: Sequence[Voice]) -> bool:
    others = [one for one in voices if one is not voice]
    words = sum(one.words * one.turns for one in others)
    return voice.words * sum(one.turns for one in others) < words


def _is_addressed(segments: Sequence[Segment], key: Key, office: str) -> bool:
    called = re.compile(rf"\b(?:Mr|Mrs|Ms|Madam|Madame)\.? {office}\b", re.I)
    at = [i for i, one in enumerate(segments) if one.key != key and called.search(one.text)]
    behind = [segments[i + 1].key for i in at if i + 1 < len(segments)]
    others = sum(next_key != key for next_key in behind)
    several = len({segments[i].key for i in at}) >= _ADDRESSERS
    return several and others >= _HALF * len(behind)
