"""Roles in a broadcast: reporters who narrate or are interviewed by a host, and clips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import REPORTERS
from pipeline.turns.voices import Voice

_TWO_WAY = 2


def broadcast_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return the roles that a broadcast with a host and reporters gives; none where it is none.

    "NAME, BYLINE" may be who asks people, who narrates, or whom the host asks. Who is heard only
    behind a reporter's narration is a clip in the report, and not interviewed.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what labels say.
    """
    reporters = {voice.key for voice in voices if _is_reporter(voice)}
    hosts = {key for key, role in roles.items() if role == "interviewer"} - reporters
    if not reporters or not hosts:
        return {}
    found = {key: _reporter_role(key, segments, hosts, hosts | reporters) for key in reporters}
    askers = hosts | {key for key, role in found.items() if role == "interviewer"}
    called = {segment.key for before, segment in pairwise(segments) if before.key in askers}
    for voice in voices:
        if voice.key not in roles and voice.key not in called and not voice.opens:
            found[voice.key] = "other"
    return found


def _is_reporter(voice: Voice) -> bool:
    """The label has a reporter's part behind the name, "NAME, BYLINE"."""
    parts = (label.affiliation for label in voice.labels if label.affiliation)
    return any(part.lower().rstrip(".").split()[-1] in REPORTERS for part in parts)


def _reporter_role(
    key: Key, segments: Sequence[Segment], hosts: set[Key], colleagues: set[Key]
) -> Role:
    """Whether a reporter puts more questions than the host puts to him, or fewer, or none."""
    behind_host = asked = puts = 0
    for index, segment in enumerate(segments):
        if segment.key != key:
            continue
        if index and segments[index - 1].key in hosts:
            behind_host += 1
            asked += asks(segments[index - 1].text)
        if index + 1 < len(segments) and segments[index + 1].key not in colleagues:
            puts += asks(segment.text)
    if puts and puts >= asked:
        return "interviewer"
    return "respondent" if asked and behind_host >= _TWO_WAY else "other"
