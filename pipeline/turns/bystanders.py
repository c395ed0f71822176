"""Who speaks in an interview without asking or answering: adverts, ushers, technicians."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.labels import Label
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_SPONSOR = re.compile(r"\b(?:supported|sponsored|brought to you)(?: \w+){0,2} by\b", re.I)
_OFFER = re.compile(
    r"\bdot \w+|\.(?:com|org|net)\b|\bslash \w+|\b(?:promo )?code\b|\bfor free\b|\bfree for\b|"
    r"\bper ?cent off\b|% off\b|\b(?:learn more|sign up|terms apply|your first|to read our)\b",
    re.I,
)
_WELCOME = re.compile(
    r"\b(?:welcome|hello|good (?:morning|afternoon|evening|day)|ladies and gentlemen)\b", re.I
)
_USHERS = re.compile(r"\b(?:press (?:secretary|officer)|spokes(?:man|woman|person))\b", re.I)
_OPENING = 200
_FEW_WORDS, _FEW_TURNS, _PAIR = 30, 2, 2


def bystander_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return "other" for each speaker who takes no part in the interview.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what labels say.
    """
    texts: dict[Key, list[str]] = {}
    for segment in segments:
        texts.setdefault(segment.key, []).append(segment.text)
    rest = [voice for voice in voices if voice.key not in roles]
    asked = {
        segment.key
        for before, segment in pairwise(segments)
        if roles.get(before.key) == "interviewer"
    }
    found = [
        voice.key
        for voice in rest
        if _advertises(voice, texts[voice.key])
        or (len(rest) > 1 and voice.key not in asked and _ushers(voice))
    ]
    if len(voices) > _PAIR and _works_the_recorder(segments, voices[0]) and voices[0] in rest:
        found.append(voices[0].key)
    return dict.fromkeys(found, "other")


def _works_the_recorder(segments: Sequence[Segment], first: Voice) -> bool:
    """Says a few words before the host greets, and none but at the end: "We are recording."."""
    own = [index for index, segment in enumerate(segments) if segment.key == first.key]
    edges = {0, len(segments) - 1}
    few = first.words <= _FEW_WORDS and not first.asking
    greeted = _WELCOME.search(segments[0].text)
    return edges.issuperset(own) and few and not greeted and _greets(segments[1].text)


def _greets(text: str) -> bool:
    return bool(_WELCOME.search(text[:_OPENING]))


def _advertises(voice: Voice, texts: Sequence[str]) -> bool:
    """A sponsor's message: who pays, and an offer."""
    heard = voice.turns <= _FEW_TURNS and not voice.answering
    return heard and all(_SPONSOR.search(text[:_OPENING]) and _OFFER.search(text) for text in texts)


def _ushers(voice: Voice) -> bool:
    """A press secretary who says how many questions are left, and answers none."""
    brief = voice.words <= _FEW_WORDS and not voice.answering
    return brief and all(_is_usher(label) for label in voice.labels)


def _is_usher(label: Label) -> bool:
    return bool(_USHERS.search(f"{label.name} {label.affiliation or ''}"))
