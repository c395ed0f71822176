"""Who hosts a talk, by what only hosts say: who welcomes, who thanks for coming, who signs off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import PARTICLES
from pipeline.turns.voices import Voice

# each is one kind of thing that hosts say to an audience, or to a guest for its sake
_PRESENTING = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\bwelcome(?: back)? to (?!you\b)|\b(?:you['’]re|you are) (?:listening to|watching)\b|"
        r"\bthis is\b[^.?!]{0,60}\b(?:podcast|show|programme|program)\b(?! that)|"
        r"(?:^|[.!] )it['’]s (?:the )?(?-i:[A-Z])[^.?!]{0,60}\b(?:podcast|show|programme|program)"
        r"(?=[.,:;!]| with\b| from\b)",
        r"\b(?:joined|joining (?:me|us)) (?:now |today |tonight |here )?(?:is|are|by|from)\b|"
        r"\bwith (?:me|us) (?:now |today |tonight )?(?:is|are|to (?:talk|discuss))\b|"
        r"\bhere to (?:talk|discuss)\b|\bjoins (?:me|us) (?:now|today|tonight|from)\b|"
        r"\b(?:my|our) (?:\w+ )?guests?(?:,| is\b| are\b| today\b| tonight\b| (?-i:[A-Z])\w)|"
        r"\bto help (?:me|us) (?:with|understand|make sense|through|unpack)\b",
        r"\b(?:thank you|thanks)\b[^.?!]{0,40}\bfor (?:coming|joining|being (?:with|here|on)|"
        r"speaking (?:to|with)|talking (?:to|with)|taking the time|your time|sitting down)\b",
        r"\bwill be (?:right )?back\b|\b(?:we['’]ll|we['’]re|i['’]ll) (?:be )?(?:right )?back\b|"
        r"\bwhen we (?:return|come back)\b(?! to)|\b(?:short|quick) break\b|"
        r"\bafter the (?:break|news)[,.:]|\bstay with us\b|\buntil next (?:time|week)\b",
    )
)
# what a guest may say as well, though seldom
_CLOSING = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:is|was) produced by\b|\bour (?:\w+ )?producer (?:is|was)\b|"
        r"\bleave (?:us )?a (?:rating|review)\b|\bthank(?:s| you) for (?:listening|watching)\b|"
        r"\bget your podcasts\b",
        r"\b(?:we have|we['’]ve got)(?: \w+){0,3} (?:minutes?|time for|(?:time )?left)\b|"
        r"\b(?:that['’]s|that is) all (?:the time )?we have\b|\bwe['’]re out of time\b|"
        r"\blast (?:one|question) from me\b",
        r"\bover to you\b|\blet['’]s (?:start|begin) with\b|"
        r"\bgo to (?:questions|the floor|the audience|the phones)\b",
    )
)
_GUEST = re.compile(
    r"\b(?:thank you|thanks|grateful|pleased|delighted)\b[^.?!]{0,40}\b(?:hav(?:ing|e)|invit\w+) "
    r"(?:me|us)\b|\bfor the invitation\b|"
    r"\b(?:good|great|glad|pleasure|hono\w*r|nice|delighted|happy|pleased) to be "
    r"(?:here|with you|back|on)\b",
    re.I,
)
_I_AM = re.compile(r"\bI(?:['’]m| am) (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)")
_TWICE, _OPENING = 2, 6
_NAMING, _END = 12, 60
_BRIEF = 0.6


def find_hosts(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[Key]:
    """Return who says two kinds of things at least that hosts say, and nothing that guests do.

    "Welcome to", "joined by", "thank you for coming", "we'll be right back", "produced by", "we
    have a minute", "over to you", and one's own name beside any of them. A host asks as it comes,
    and may remark only; but he speaks more briefly than the guest, by the turn or, as one of
    several who ask, all in all. Whoever says his own name and no more right behind a host who has
    said his is the other host, however much he says. Nobody is one where somebody is known to ask:
    a minister as well welcomes the press, and gives it time for a last question.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what is known of them so far.
    """
    if "interviewer" in roles.values():
        return []
    talk = [voice for voice in voices if roles.get(voice.key) != "other"]
    free = [voice for voice in talk if voice.key not in roles and voice.turns >= _TWICE]
    hosts = [voice.key for voice in free if _hosts(segments, voice.key)]
    guests = [one for one in talk if one.key not in hosts and one.turns >= _TWICE]
    if not guests:
        return []
    longest = max(voice.words for voice in guests)
    most = max(voice.words * voice.turns for voice in guests)
    companions = _find_companions(segments, hosts)
    return [
        voice.key
        for voice in free
        if voice.key in companions
        or (
            voice.key in hosts
            and (voice.words <= _BRIEF * longest or voice.words * voice.turns <= _BRIEF * most)
        )
    ]


def _find_companions(segments: Sequence[Segment], hosts: Sequence[Key]) -> set[Key]:
    """Who says "I'm NAME." behind a host's words that end so."""
    return {
        two.key
        for one, two in pairwise(segments)
        if one.key in hosts
        and two.key not in hosts
        and _says_own_name(one.text[-_END:], one.key)
        and len(two.text.split()) <= _NAMING
        and _says_own_name(two.text, two.key)
    }


def find_announcers(segments: Sequence[Segment], hosts: Sequence[Key]) -> list[Key]:
    """Return the hosts who announce a talk only: it goes on without them, and others ask.

    Args:
        segments: the turns.
        hosts: who hosts it.
    """
    last = {segment.key: index for index, segment in enumerate(segments)}
    early = [key for key in hosts if last[key] < min(_OPENING, len(segments) / _TWICE)]
    return early if len(last) - len(early) >= _TWICE else []


def _hosts(segments: Sequence[Segment], key: Key) -> bool:
    """Presents a talk in two ways, or keeps its time or closes it as well, or says his own name."""
    own = [index for index, segment in enumerate(segments) if segment.key == key]
    texts = [segments[index].text for index in own]
    if any(_GUEST.search(text) for text in texts[:_TWICE]):
        return False
    presents, closes = (_count_kinds(texts, kinds) for kinds in (_PRESENTING, _CLOSING))
    asked = own[0] > 0 and asks(segments[own[0] - 1].text)
    named = not asked and _says_own_name(texts[0], key)
    return bool(presents) and presents + closes + named >= _TWICE


def _count_kinds(texts: Sequence[str], kinds: Sequence[re.Pattern[str]]) -> int:
    return sum(any(kind.search(text) for text in texts) for kind in kinds)


def _says_own_name(text: str, key: Key) -> bool:
    """ "I'm NAME", as hosts say to their listeners."""
    own = set(key) - PARTICLES
    said = (found["name"].casefold().split() for found in _I_AM.finditer(text))
    return any(own.intersection(words) for words in said)
