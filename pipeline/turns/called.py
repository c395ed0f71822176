"""Who is given the floor to ask: callers to a broadcast, and the audience of a webinar, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.records import Role
from pipeline.turns.presiders import names_speaker
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.voices import Voice

_GIVES_FLOOR = re.compile(
    r"\b(?:(?:has|have|had|see|with) (?:\w+ ){0,2}hands? (?:up|raised)|rais\w+ (?:\w+ ){1,2}hand|"
    r"i (?:can )?see your hand|"
    r"unmute|go ahead|the floor is yours|(?:on|to) (?:the )?(?:phone )?lines?\b|"
    r"calling (?:\w+ )?from|next caller|"
    r"you['’]re (?:live )?(?:on|through to) (?!mute|(?:the )?record|your)|"
    r"(?:question|comment) (?:is )?from|your question|the microphone)\b",
    re.I,
)
_COMMENTS = re.compile(
    r"\b(?:(?:more of|only|just|than) a|a (?:quick|brief|short)) comment\b", re.I
)
_OWN_QUESTION = re.compile(r"\bmy (?:\w+ )?question (?:is|was|would be)\b", re.I)
_HOUSE = re.compile(r"\S\s*\(([^()]{3,60})\)\W*$")
_ANNOUNCED = re.compile(r"\b(?:follow-?up|intervention|questions?) from\b", re.I)
# "NAME (Caller)", later the name alone
_CALLER = re.compile(r"[(\[]caller[)\]]\W*$", re.I)
_FEW_TURNS, _SHORT_TURN, _COMMENT, _LATE = 4, 60, 120, 4


def find_called(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> frozenset[Key]:
    """Return who is given the floor late in a talk, and uses it briefly to ask others.

    A comment, called one, may be longer than a question. The host says nothing but that it is his,
    "Go ahead."; he asks or comments, and not the host but a guest replies, or it was a comment. A
    guest who joins late is put a question, and whoever the host named before, as he named his
    guests, is one of them. A listener who says "my question is" needs no floor. Whose house the
    host calls, "The Courier.", may ask at length; so may whom he calls by name, if it is to end on
    a question; and so may who ends each turn on one, which the host has announced as his. Who is
    labelled "(Caller)" asks.
    """
    hosts = {key for key, role in roles.items() if role == "interviewer"}
    first: dict[Key, int] = {}
    for index, segment in enumerate(segments):
        first.setdefault(segment.key, index)
    marked = {v.key for v in voices if any(_CALLER.search(label.raw) for label in v.labels)}
    marked |= {v.key for v in voices if _only_asks(segments, v, hosts)}
    return frozenset(marked) | frozenset(
        voice.key
        for voice in voices
        if voice.turns <= _FEW_TURNS
        and voice.words <= _COMMENT
        and first[voice.key] >= _LATE
        and _is_called(segments, first[voice.key], hosts, brief=voice.words <= _SHORT_TURN)
    )


def _is_called(segments: Sequence[Segment], index: int, hosts: set[Key], *, brief: bool) -> bool:
    call, asker = segments[index - 1], segments[index]
    own = _OWN_QUESTION.search(asker.text) is not None
    housed = any(_is_of_house(label.raw, call.text) for label in asker.labels)
    given = own or housed or _GIVES_FLOOR.search(call.text)
    if call.key not in hosts or is_question(call.text) or not given:
        return False
    if any(names_speaker(one.text, asker.key) for one in segments[: index - 1]):
        return False
    reply = segments[index + 1].key if index + 1 < len(segments) else call.key
    asked = asks(asker.text) and reply not in {call.key, asker.key}
    named = names_speaker(call.text, asker.key) and is_question(asker.text)
    return (asked and (brief or housed or named)) or own or bool(_COMMENTS.search(asker.text))


def _only_asks(segments: Sequence[Segment], voice: Voice, hosts: set[Key]) -> bool:
    """Ends each turn on a question, and has had one announced by name: "a follow-up from NAME"."""
    own = [index for index, segment in enumerate(segments) if segment.key == voice.key]
    before = (segments[index - 1] for index in own if index)
    announced = any(
        one.key in hosts and _ANNOUNCED.search(one.text) and names_speaker(one.text, voice.key)
        for one in before
    )
    return announced and all(is_question(segments[index].text) for index in own)


def _is_of_house(raw: str, call: str) -> bool:
    """Tell whether a label has the house behind the name that a call names: "(The Courier)"."""
    found = _HOUSE.search(raw)
    return found is not None and found.group(1).casefold() in call.casefold()
