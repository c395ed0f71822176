"""A reporter's piece inside a broadcast: the host announces it, and he signs it off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Role
from pipeline.turns.presiders import names_speaker
from pipeline.turns.questions import is_question
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_ANNOUNCES = re.compile(
    r"\breport(?:s|ed|ing)?\b|\bhas (?:more|the story|our story)\b|\bfiled this\b", re.I
)
# "For the Harbour Hour, I'm NAME in PLACE.", "I'm NAME reporting from PLACE."
_SIGNS_OFF = re.compile(
    r"\b(?:I(?:['’]m| am)|this is) (?P<name>[^\W\d_a-z][^.?!,]{2,40}?),? "
    r"(?:reporting\b|in|at|on|aboard|for|from)\b[^.?!]{2,60}[.!][\"'”’]?$"
)
_END = 150


def package_roles(segments: Sequence[Segment], roles: Mapping[Key, Role]) -> dict[Key, Role]:
    """Return that the reporter is the programme's, and who is heard in his piece only is a clip.

    Whom he asks there answers all the same.

    Args:
        segments: the turns.
        roles: what each seems to do.
    """
    found: dict[Key, Role] = {}
    for piece in _find_pieces(segments, roles):
        reporter = segments[piece.start].key
        found[reporter] = "interviewer"
        elsewhere = {one.key for place, one in enumerate(segments) if place not in piece}
        asked = {segments[at].key for at in piece[1:] if is_question(segments[at - 1].text)}
        inside = {segments[at].key for at in piece} - elsewhere - asked - {reporter}
        found.update(dict.fromkeys(inside, "other"))
    return found


def _find_pieces(segments: Sequence[Segment], roles: Mapping[Key, Role]) -> Iterator[range]:
    """The turns of each piece, from the one behind its announcement to the one with his name."""
    for start in range(1, len(segments)):
        call, reporter = segments[start - 1].text[-_END:], segments[start].key
        announced = _ANNOUNCES.search(call) and names_speaker(call, reporter)
        if not announced or roles[segments[start - 1].key] != "interviewer" or is_question(call):
            continue
        for end in range(start, len(segments)):
            if segments[end].key == segments[start - 1].key:
                break
            signed = _SIGNS_OFF.search(segments[end].text[-_END:])
            if segments[end].key == reporter and signed and names_speaker(signed["name"], reporter):
                yield range(start, end + 1)
                break
