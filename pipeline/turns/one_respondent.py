"""Several who ask one: an oral history, or two hosts and their guest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_PRESS = re.compile(
    r"\b(?:editor|reporter|correspondent|columnist|bureau chief|journalist|news desk)\b", re.I
)
_VOICES = 3
_HUB, _FOLLOWED = 0.75, 0.6
_BRIEF, _RARELY, _OFTEN = 0.6, 0.2, 0.3
_ANSWERS, _NEARLY_ALL, _SHORTEST, _HARDLY = 3, 0.9, 0.6, 0.1


def find_askers_of_one(
    segments: Sequence[Segment],
    voices: Sequence[Voice],
    roles: Mapping[Key, Role],
    *,
    hosted: bool = False,
) -> list[Key]:
    """Return those who seem to answer, and do nothing but put one person's words to him.

    One answers where nearly all the talk goes to and from him, he speaks longest, and his turns
    seldom end as questions. Whoever speaks far more briefly, is answered by him and puts a question
    now and then asks, though half of what he says are remarks: "Not whether, but when." So does he
    who comes in nowhere but between two answers, more than once, and puts longer questions.
    So does an editor, who need not ask himself where his paper does.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what each seems to do.
        hosted: it is known by more than questions who hosts the talk. Then it matters no more who
            puts them: a guest asks back, and a host's companion may only remark.
    """
    talk = [segment for segment in segments if roles[segment.key] != "other"]
    heard = [voice for voice in voices if roles[voice.key] != "other" and voice.turns > 1]
    if len(heard) < _VOICES:
        return []
    hub = max(heard, key=lambda voice: voice.words)
    pairs = [{one.key, two.key} for one, two in pairwise(talk)]
    central = sum(hub.key in pair for pair in pairs) >= _HUB * len(pairs)
    answers = (
        roles[hub.key] == "respondent" if hosted else _share(talk, hub.key, ends=True) <= _RARELY
    )
    if not central or not answers:
        return []
    return [
        voice.key
        for voice in heard
        if voice is not hub
        and roles[voice.key] == "respondent"
        and (voice.words <= _BRIEF * hub.words or _comes_between(talk, voice, hub))
        and (
            hosted
            or (_is_of_press(voice) and not _is_of_press(hub))
            or _share(talk, voice.key, ends=False) >= _OFTEN
        )
        and _is_followed(talk, voice, hub.key)
    ]


def find_single_askers(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[Key]:
    """Return those who put one question each to whoever answers all: agencies that meet a minister.

    Nearly all the talk goes to and from one who hardly ends on a question of his own, so that even
    a long question is none of a panellist's. Each speaks once, asks, and is answered by him.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what each seems to do.
    """
    talk = [segment for segment in segments if roles[segment.key] != "other"]
    heard = [voice for voice in voices if roles[voice.key] != "other"]
    hub = max(heard, key=lambda voice: (voice.turns, voice.words), default=None)
    if hub is None or hub.turns < _ANSWERS or len(heard) <= _VOICES:
        return []
    pairs = [{one.key, two.key} for one, two in pairwise(talk)]
    central = sum(hub.key in pair for pair in pairs) >= _NEARLY_ALL * len(pairs)
    mean = sum(voice.words for voice in heard if voice is not hub) / (len(heard) - 1)
    answers = roles[hub.key] == "respondent" and hub.words >= _SHORTEST * mean
    if not central or not answers or _share(talk, hub.key, ends=True) > _HARDLY:
        return []
    answered = {one.key for one, two in pairwise(talk) if two.key == hub.key and asks(one.text)}
    return [
        voice.key
        for voice in heard
        if voice.turns == 1 and voice.key in answered and roles[voice.key] == "respondent"
    ]


def _is_of_press(voice: Voice) -> bool:
    """An editor or a reporter by his label: "NAME, executive editor of the Courier"."""
    return any(_PRESS.search(label.affiliation or "") for label in voice.labels)


def _share(talk: Sequence[Segment], key: Key, *, ends: bool) -> float:
    """The share of the turns that end as questions, or that have one in them."""
    own = [segment.text for segment in talk if segment.key == key]
    return sum(is_question(text) if ends else "?" in text for text in own) / len(own)


def _comes_between(talk: Sequence[Segment], voice: Voice, hub: Voice) -> bool:
    """All he says stands between two turns of who answers, and is no longer than these."""
    between = sum(
        one.key == three.key == hub.key and two.key == voice.key
        for one, two, three in zip(talk, talk[1:], talk[2:], strict=False)
    )
    return between == voice.turns and voice.words <= hub.words


def _is_followed(talk: Sequence[Segment], voice: Voice, hub: Key) -> bool:
    behind = sum(one.key == voice.key and two.key == hub for one, two in pairwise(talk))
    return behind >= _FOLLOWED * voice.turns
