"""Who asks and who answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.assemblies import assembly_roles
from pipeline.turns.broadcasts import broadcast_roles
from pipeline.turns.bystanders import bystander_roles
from pipeline.turns.called import find_called
from pipeline.turns.committees import committee_roles
from pipeline.turns.courts import court_roles
from pipeline.turns.floor_openers import find_floor_openers
from pipeline.turns.floor_voices import find_floor_voices
from pipeline.turns.hosts import find_announcers, find_hosts
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.one_respondent import find_askers_of_one, find_single_askers
from pipeline.turns.packages import package_roles
from pipeline.turns.presiders import caller_roles, find_presider
from pipeline.turns.press import press_roles
from pipeline.turns.recordings import recorded_roles
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key, same_person
from pipeline.turns.vocabulary import FLOOR, MASTERS, REMARKS
from pipeline.turns.voices import Voice

_SEPARATORS = re.compile(r"\s*(?:/|;|,|\+|&|\band\b)\s*")
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]")
_MAX_FIELD = 2_000
_MIN_ASKING = 0.25
_ASKS: Role = "interviewer"
_PANEL, _AT_LENGTH = 2, 0.6
_BRIEF = 80


def find_people(text: str | None) -> list[Label]:
    """Read the names in a metadata field, "A. Name / B. Name (Newspaper)"; "press" is none.

    A field is read up to ``_MAX_FIELD`` characters: what is longer holds no list of names.
    """
    parts = _SEPARATORS.split(_PARENTHESIS.sub("", (text or "")[:_MAX_FIELD]))
    labels = [parse_label(part) for part in parts]
    return [label for label in labels if label is not None and not label.hint]


def assign_roles(
    segments: Sequence[Segment],
    voices: Sequence[Voice],
    metadata: Mapping[str, str],
    *,
    credited: Set[Key] = frozenset(),
) -> dict[Key, Role]:
    """Return each speaker's role.

    In this order: whom the metadata name, whom the transcript credits with asking, what a generic
    label says ("Q", "Moderator"), a reporter's part in a broadcast, who is heard on tape, which
    reporters say who they are, who takes no part in the interview, who presides over witnesses or
    a panel, who hosts the talk, and what the speaker does. Where nobody is known to ask but who
    only announces the talk, the one who asks most does. Beside who presides, a panellist who asks
    often and speaks about as long as the others argues, but for whoever is given the floor to ask.
    Nor does anybody ask beside others who answers all his questions himself. A reporter whose
    piece is announced and signed off is the programme's.
    """
    named = {**dict.fromkeys(credited, _ASKS), **_named_roles(voices, metadata)}
    hints = {
        voice.key: hint
        for voice in voices
        if (hint := next((label.hint for label in voice.labels if label.hint), None))
    }
    roles: dict[Key, Role] = {**hints, **named}
    roles.update({**broadcast_roles(segments, voices, roles), **named})
    roles.update({**recorded_roles(segments, voices, roles), **named})
    roles.update(press_roles(segments, voices, roles))
    roles.update(caller_roles(segments, voices, roles))
    roles.update(bystander_roles(segments, voices, roles))
    roles.update(court_roles(segments, voices, roles))
    roles.update(committee_roles(segments, voices, roles))
    roles.update(assembly_roles(segments, voices, roles))
    hosts = find_hosts(segments, voices, roles)
    chair = _find_chair(segments, voices, roles)
    announcers = find_announcers(segments, hosts)
    hosts = [key for key in hosts if key not in announcers]
    roles.update(dict.fromkeys(hosts or chair, _ASKS))
    rest = [voice for voice in voices if voice.key not in roles and voice.key not in announcers]
    if "interviewer" not in roles.values() and len(voices) > 1 and rest:
        answered = "respondent" in roles.values()
        asker = max(_leave_out_the_longest(rest), key=lambda voice: voice.steering)
        if asker.asking >= _MIN_ASKING or (answered and len(rest) == 1):
            roles[asker.key] = "interviewer"
            rest = [voice for voice in rest if voice is not asker]
    roles.update(dict.fromkeys(announcers, _ASKS))
    longest = max(voice.words for voice in voices)
    called = find_called(segments, rest, roles) | find_floor_openers(segments, rest, roles)
    hosted = "interviewer" in roles.values()
    for voice in rest:
        alone = "respondent" not in roles.values() and len(rest) == 1
        argues = bool(chair) and voice.turns > _PANEL and voice.words > _AT_LENGTH * longest
        retorts = hosted and voice.turns > 1 and not voice.puts
        asks = voice.is_asker and not (alone or argues or retorts)
        asks = asks or voice.key in called
        roles[voice.key] = "interviewer" if asks else "respondent"
    if roles.get(("q",)) == _ASKS:
        known = REMARKS | MASTERS if ("a",) in roles else REMARKS
        roles.update({voice.key: _ASKS for voice in rest if known.issuperset(voice.key)})
    roles.update(dict.fromkeys(find_floor_voices(segments, voices, roles), _ASKS))
    fixed = {*hints, *named}
    pieces = package_roles(segments, roles)
    roles.update({key: role for key, role in pieces.items() if key not in fixed})
    askers = find_askers_of_one(segments, voices, roles, hosted=bool(hosts))
    askers += find_single_askers(segments, voices, roles)
    return {**roles, **dict.fromkeys((key for key in askers if key not in fixed), _ASKS)}


def _leave_out_the_longest(rest: Sequence[Voice]) -> Sequence[Voice]:
    """Whoever speaks longest by the turn answers, if anybody else does nothing but ask."""
    longest = max(rest, key=lambda voice: voice.words)
    others = [voice for voice in rest if voice is not longest]
    return others if any(voice.is_asker for voice in others) else rest


def _find_chair(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[Key]:
    rest = [voice for voice in voices if voice.key not in roles]
    chair = (
        _chair(voices, rest, roles)
        or _moderator(segments, rest, roles)
        or find_presider(segments, voices, roles)
    )
    return [chair.key] if chair is not None else []


def _named_roles(voices: Sequence[Voice], metadata: Mapping[str, str]) -> dict[Key, Role]:
    """The roles of those whom the metadata name."""
    roles: dict[Key, Role] = {}
    fields: tuple[tuple[Role, str], ...] = (
        ("interviewer", "interviewer"),
        ("respondent", "interviewee"),
    )
    for role, field in fields:
        for person in find_people(metadata.get(field)):
            for voice in voices:
                if same_person(voice.key, person.core):
                    roles.setdefault(voice.key, role)
    return roles


def _moderator(
    segments: Sequence[Segment], rest: Sequence[Voice], roles: Mapping[Key, Role]
) -> Voice | None:
    """Who asks the others, and then calls on the floor, where only that is labelled as asking.

    Whoever answers the floor is none: a minister's turns stand before the next question as well.
    """
    floor = {key for key, role in roles.items() if role == "interviewer"}
    if not floor or any(FLOOR.isdisjoint(key) for key in floor) or len(rest) < _PANEL:
        return None
    before = Counter(one.key for one, two in pairwise(segments) if two.key in floor)
    after = Counter(two.key for one, two in pairwise(segments) if one.key in floor)
    best = max(rest, key=lambda voice: voice.steering)
    asks_too = best.asking >= _MIN_ASKING and best.words <= _BRIEF and best.turns > _PANEL
    calls = 2 * before[best.key] >= before.total() and 2 * after[best.key] < after.total()
    return best if asks_too and calls else None


def _chair(
    voices: Sequence[Voice], rest: Sequence[Voice], roles: Mapping[Key, Role]
) -> Voice | None:
    """Who opens and closes a panel of several, whose only known askers sit in the audience."""
    askers = [voice for voice in voices if roles.get(voice.key) == "interviewer"]
    floor = bool(askers) and all("audience" in voice.key for voice in askers)
    first = voices[0]
    opens = first in rest and first.opens and first.closes
    return first if floor and opens and len(rest) > _PANEL else None


def join_generic(
    segments: Sequence[Segment], roles: Mapping[Key, Role], voices: Sequence[Voice]
) -> dict[Key, Key]:
    """Whom "Q" and "A" stand for, where a document names its speakers first and then no more.

    Only for a talk of two, and only where the name comes no more once the letter is used.
    """
    if sum(role == "respondent" for role in roles.values()) > 2:
        return {}
    joined: dict[Key, Key] = {}
    for letter, role in ((("q",), "interviewer"), (("a",), "respondent")):
        named = [voice for voice in voices if roles[voice.key] == role and voice.key != letter]
        if letter not in roles or len(named) != 1 or any(label.hint for label in named[0].labels):
            continue
        places = {
            key: [i for i, segment in enumerate(segments) if segment.key == key]
            for key in (letter, named[0].key)
        }
        often = len(places[named[0].key]) > 1 or any(MASTERS.issuperset(key) for key in roles)
        if often and max(places[named[0].key]) < min(places[letter]):
            joined[letter] = named[0].key
    return joined
