"""Voices on tape: what is played to the audience of a talk is neither asked nor answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import NEWSREADERS, STRANGERS
from pipeline.turns.voices import Voice

# what a turn ends with before a recording: "Take a listen to this.", "Here's what she told us."
_ANNOUNCED = re.compile(
    r"\b(?:(?:take|have) a (?:quick )?listen|let(?:['’]s| us) (?:listen|watch)|"
    r"listen to (?:this|that|what|how|some|part)|watch this|roll (?:the|that|it|tape)|"
    r"(?:play|hear) (?:the|that|this|a|some) (?:clip|tape|recording|audio|sound)|"
    r"here(?:['’]s| is| was) (?:what|how|(?:\w+ ){1,2}of (?:what|that))|"
    r"(?:hear|play|listen to)(?: (?!from\b)\w+){0,4} what (?:\w+ ){1,4}(?:had to say|said|told)|"
    r"(?:said|told (?:us|me|reporters|the \w+)) this)\b[^.?!]{0,80}(?:[.:…—–-]+[\"'”’)]*)?\s*$",
    re.I,
)
_WELCOME = re.compile(
    r"\bwelcome(?: back)? to\b|\b(?:you['’]re|you are) listening to\b|"
    r"\bthis is\b[^.?!]{0,60}\b(?:podcast|show|programme|program)\b",
    re.I,
)
_GREETING = re.compile(
    r"\b(?:hello|hi|welcome|good (?:morning|afternoon|evening|day)|ladies and gentlemen)\b", re.I
)
_COLD_OPEN_WORDS, _FIRST, _FEW = 120, 3, 2


def recorded_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return "other" for each voice that is only played: before the welcome, or announced.

    "Take a listen." announces a recording; whoever speaks behind such words only, or behind
    nobody's question before the host greets his audience and never again, is heard on tape. A
    talk keeps two voices at least. Who reads the news, "News anchor", may be on tape as well.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what labels say.
    """
    free = {
        voice.key
        for voice in voices
        if voice.key not in roles or not NEWSREADERS.isdisjoint(voice.key)
    }
    strangers = {voice.key for voice in voices if _is_stranger(voice)}
    found = {*_cold_open(segments), *_announced(segments), *strangers} & free
    return dict.fromkeys(sorted(found), "other") if len(voices) - len(found) > 1 else {}


def _is_stranger(voice: Voice) -> bool:
    """Called "Woman", and no part of the talk: a turn or two that answer nobody."""
    known = all(STRANGERS.issuperset(label.core) for label in voice.labels)
    return known and voice.turns <= _FEW and not voice.answering and not voice.asking


def _cold_open(segments: Sequence[Segment]) -> list[Key]:
    """Whoever is heard before a host's welcome only, and greets nobody."""
    for index, segment in enumerate(segments[:_FIRST]):
        if _WELCOME.search(segment.text):
            before = segments[:index]
            later = {one.key for one in segments[index:]}
            tape = all(
                one.key not in later
                and len(one.text.split()) <= _COLD_OPEN_WORDS
                and not _GREETING.search(one.text)
                and not one.text.rstrip().endswith("?")
                for one in before
            )
            return [one.key for one in before] if tape else []
    return []


def _announced(segments: Sequence[Segment]) -> set[Key]:
    """Whoever speaks behind words that announce a recording, and nowhere else."""
    announced: set[Key] = set()
    otherwise = {segments[0].key}
    for one, two in pairwise(segments):
        (announced if _ANNOUNCED.search(one.text) else otherwise).add(two.key)
    return announced - otherwise
