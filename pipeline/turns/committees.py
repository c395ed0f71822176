"""Who asks in a committee that hears witnesses: who presides, and the members."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import CHAIRS, LEGISLATORS
from pipeline.turns.voices import Voice

_MEMBERS = 2
_OFTEN, _SELDOM = 0.4, 1 / 3
_SHORT_TURN, _LONG_TURN = 60, 120
# the group, party or seat behind a member's name: "NAME (S&D)", "NAME (Verts/ALE)"
_GROUP = re.compile(r"\([^\W\d_a-z][^()]{0,30}\)\W*$")
_PRESIDING = re.compile(r"\[presiding\]", re.I)
# how members give back their time: no witness has any to give
_YIELDS = re.compile(
    r"\bI (?:will |would |now )?yield (?:back\b|(?:the (?:balance|remainder|rest) of )?my time\b|"
    r"(?:\w+ )?to (?:the (?:chair|gentle|ranking)|you, (?:mr|madam) chair))",
    re.I,
)
_MOSTLY = 0.6


def committee_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return who asks beside those that labels name: the chair and members; none elsewhere.

    Who is labelled "[presiding]" is a chair. A member asks, and is asked nothing: "Well, that was
    not one of the choices" needs no question mark; or yields the time that he was given. Who has a
    legislator's title may speak at any length, and so may who has a group behind the name, where
    one without replies to most of them.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what labels say.
    """
    chairs = [voice for voice in voices if _presides(voice, voices)]
    if not any(roles.get(voice.key, "interviewer") == "interviewer" for voice in chairs):
        return {}
    rest = [voice for voice in voices if voice.key not in roles and voice not in chairs]
    grouped = _find_grouped(segments, rest)
    grouped |= {one.key for one in segments if _YIELDS.search(one.text)}
    asking = [voice for voice in rest if voice.key in grouped or _is_member(voice)]
    if len(asking) == len(rest) and "respondent" not in roles.values():
        return {}  # nobody would be left who answers
    found = {voice.key for voice in (*chairs, *asking)} - set(roles)
    return dict.fromkeys(found, "interviewer")


def _presides(voice: Voice, voices: Sequence[Voice]) -> bool:
    """Called "The Chairman", or marked so; or "Chairman NAME", among witnesses or legislators."""
    if any(_PRESIDING.search(label.raw) for label in voice.labels):
        return True
    if any(CHAIRS.issuperset(set(label.core) - {"the"}) for label in voice.labels):
        return True
    members = sum(_is_legislator(other) for other in voices if other is not voice)
    titled = any(label.titles & CHAIRS for label in voice.labels)
    witness = any("witness" in other.key for other in voices)
    return titled and (witness or (voice.opens and members >= _MEMBERS))


def _find_grouped(segments: Sequence[Segment], rest: Sequence[Voice]) -> set[Key]:
    """Those with a group in brackets behind their names, whom another who has none replies to."""
    grouped = {v.key for v in rest if any(_GROUP.search(label.raw) for label in v.labels)}
    witnesses = {voice.key for voice in rest} - grouped
    followers = [two.key in witnesses for one, two in pairwise(segments) if one.key in grouped]
    heard = len(grouped) >= _MEMBERS and sum(followers) >= _MOSTLY * len(followers)
    return grouped if heard and witnesses else set()


def _is_legislator(voice: Voice) -> bool:
    return any(label.titles & LEGISLATORS for label in voice.labels)


def _is_member(voice: Voice) -> bool:
    if _is_legislator(voice):
        brief = voice.asking == voice.answering and voice.words <= _SHORT_TURN
        return brief or voice.asking > voice.answering
    seldom_asked = voice.answering <= _SELDOM * voice.asking
    brief = voice.words <= _LONG_TURN and voice.turns > 1
    return voice.is_asker or (voice.asking >= _OFTEN and seldom_asked and brief)
