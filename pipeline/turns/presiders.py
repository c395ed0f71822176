"""Who leads a talk of several without a label that says so: by what such people do and say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.records import Role
from pipeline.turns.questions import asks, is_question
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key
from pipeline.turns.vocabulary import AIDES, CHAIRS, FLOOR
from pipeline.turns.voices import Voice

_GREETING = re.compile(
    r"\bwelcome\b|\b(?:thank you|thanks|grateful)\b[^.?!]{0,40}\b(?:coming|joining|being here)\b|"
    r"\b(?:i(?:['’]m| am)|we(?:['’]re| are)) joined by\b|"
    r"\b(?:joining|with) (?:me|us) (?:today|now)|"
    r"\b(?:our|my) (?:\w+ ){0,2}(?:guests?|panel(?:l?ists?)?)\b",
    re.I,
)
_CALL = re.compile(
    r"\b(?:please|go ahead|next question|last question|first question|one more|your question|"
    r"last one|i see\b|the floor|microphone|(?:front|back|first|second|third|last) row|at the back|"
    r"questions?,? from|(?:we(?: will|['’]ll)?|let['’]s) (?:start|begin|go|move|turn)\b|"
    r"(?:lady|gentleman|sir|madam))",
    re.I,
)
_LAST_CALL = re.compile(
    r"\btime for (?:\w+ ){1,5}?(?:more|questions?)\b|\b(?:last|next|one more|final) question\b|"
    r"\bthe (?:lady|gentleman)\b",
    re.I,
)
_THANKS = re.compile(r"^\W*(?:thank you|thanks|(?:okay|ok|all right)\W+thank)", re.I)
# how whoever presides over a council or an assembly hands on the word
_FORMAL = re.compile(
    r"\b(?:give|giving|gave) the floor (?:now )?to\b|\bcall on the representative\b|"
    r"\bthank the (?:\w+ ){0,3}(?:representative|delegat\w+|observer) of\b",
    re.I,
)
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HOUSE = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_CALL_CHARS, _CALL_WORDS = 200, 45
_PANEL, _TWICE, _CALLS, _PARTIES = 2, 2, 3, 3
_BRIEF, _SELDOM, _HALF = 0.6, 0.25, 0.5
_COURTESY_WORDS, _ORDER_WORDS, _LONG = 12, 20, 150


def find_presider(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> Voice | None:
    """Who opens and closes a talk, speaks more briefly than those he turns to, and greets or asks.

    A host may ask little and a panellist ask much: "That is an elegiac account." hands on as well
    as a question does. None where somebody is known to ask who is not only a voice from the floor,
    nor among two, where nothing but asking tells them apart.

    Args:
        segments: the turns.
        voices: who speaks in them.
        roles: what is known of them so far.
    """
    if any(role == "interviewer" and FLOOR.isdisjoint(key) for key, role in roles.items()):
        return None
    speech = [segment for segment in segments if roles.get(segment.key) != "other"]
    panel = [
        voice
        for voice in voices
        if voice.turns >= _TWICE and roles.get(voice.key, "respondent") == "respondent"
    ]
    if len(panel) <= _PANEL or panel[0].key in roles:
        return None
    first, others = panel[0], panel[1:]
    own = [segment.text for segment in speech if segment.key == first.key]
    later = sum(len(text.split()) for text in own[1:]) / (len(own) - 1)
    brief = later <= _BRIEF * max(voice.words for voice in others)
    greets = bool(_GREETING.search(own[0])) or first.asking >= _HALF
    leads = _count_put(speech, first.key, {voice.key for voice in others})
    leads_often = leads >= max(_TWICE, _SELDOM * first.turns)
    return first if brief and greets and leads_often and _closes(speech, first.key) else None


def caller_roles(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> dict[Key, Role]:
    """Return "interviewer" for who gives the floor again and again, and for whoever gets it to ask.

    He speaks behind an answer, says who comes next, and leaves the reply to another: a minister who
    adds to an answer calls nobody, and a panel's moderator takes the word back himself. Who is
    called on by name may put his question at length. So may "STAFF" lead, of whom it is known
    otherwise that they neither ask nor answer. Who opens and closes a press conference and answers
    no question of the floor leads it though he calls but once; so does who gives "the floor to the
    representative of" somebody in most of his turns, and who says but a few words each time, and
    never behind a question, where the floor is there to ask; and there so does "Chair NAME", who is
    asked nothing.
    """
    calls: Counter[Key] = Counter()
    called: dict[Key, set[Key]] = {}
    asked = False
    for segment, asker, answer in zip(segments, segments[1:], segments[2:], strict=False):
        apart = len({segment.key, asker.key, answer.key}) == _PARTIES
        asking = asks(asker.text) or roles.get(asker.key) == "interviewer"
        if apart and asking and not asked and _calls_on(segment.text, asker):
            calls[segment.key] += 1
            called.setdefault(segment.key, set()).add(asker.key)
        asked = is_question(segment.text) or roles.get(segment.key) == "interviewer"
    free = [v for v in voices if v.key not in roles or AIDES.issuperset(v.key)]
    callers = {v.key for v in free if calls[v.key] >= max(_CALLS, _HALF * v.turns)}
    callers |= {v.key for v in free if calls[v.key] and _only_calls(segments, v)}
    callers |= {v.key for v in free if _presides_formally(segments, v)}
    unknown = [v for v in free if v.key not in roles]
    callers |= {v.key for v in unknown if calls[v.key] and _frames(segments, v.key, roles)}
    if any(role == "interviewer" and not FLOOR.isdisjoint(key) for key, role in roles.items()):
        callers |= {v.key for v in unknown if calls[v.key] and _keeps_order(segments, v, roles)}
        callers |= {v.key for v in unknown if _chairs(segments, v, roles)}
    guests = {key for caller in callers for key in called.get(caller, ())}
    askers = {
        v.key for v in free if v.key in guests and v.asking > v.answering and v.words <= _LONG
    }
    return dict.fromkeys(sorted(callers | askers), "interviewer")


def _only_calls(segments: Sequence[Segment], voice: Voice) -> bool:
    """Says who may ask last, and thanks all: nothing else, as aides beside a speaker do."""
    own = [segment.text for segment in segments if segment.key == voice.key]
    called = [len(text.split()) <= _CALL_WORDS and bool(_LAST_CALL.search(text)) for text in own]
    thanked = [len(text.split()) <= _COURTESY_WORDS and bool(_THANKS.match(text)) for text in own]
    return any(called) and any(thanked) and all(map(max, called, thanked))


def _presides_formally(segments: Sequence[Segment], voice: Voice) -> bool:
    """Hands on the word in the forms of a council, in more than half of the turns."""
    own = [segment.text for segment in segments if segment.key == voice.key]
    formal = sum(bool(_FORMAL.search(text)) for text in own)
    return formal >= _TWICE and formal > _HALF * len(own)


def _frames(segments: Sequence[Segment], key: Key, roles: Mapping[Key, Role]) -> bool:
    """Has the first and the last word, and speaks behind no question of the floor."""
    behind = (one for one, two in pairwise(segments) if two.key == key)
    answers = any(roles.get(one.key) == "interviewer" for one in behind)
    return segments[0].key == key == segments[-1].key and not answers


def _keeps_order(segments: Sequence[Segment], voice: Voice, roles: Mapping[Key, Role]) -> bool:
    """Speaks more than once, each time but a few words, and never behind a question."""
    own = [segment.text for segment in segments if segment.key == voice.key]
    behind = [one for one, two in pairwise(segments) if two.key == voice.key]
    asked = any(roles.get(one.key) == "interviewer" or is_question(one.text) for one in behind)
    brief = all(len(text.split()) <= _ORDER_WORDS for text in own)
    return len(own) > _TWICE and brief and not asked


def _chairs(segments: Sequence[Segment], voice: Voice, roles: Mapping[Key, Role]) -> bool:
    """Is called "Chair NAME", speaks more than once, and never behind a question of the floor."""
    behind = [one for one, two in pairwise(segments) if two.key == voice.key]
    asked = any(roles.get(one.key) == "interviewer" and asks(one.text) for one in behind)
    titled = any(label.titles & CHAIRS for label in voice.labels)
    return titled and voice.turns >= _TWICE and not asked


def names_speaker(text: str, key: Key) -> bool:
    """The text has a word of the name, in capitals as names are."""
    said = _NAME.findall(text)
    return any(word.casefold() in key for word in said)


def _calls_on(text: str, asker: Segment) -> bool:
    """The text gives somebody the floor: by his name, or that of the house in "Q (The Courier)"."""
    houses = (found.group(1) for label in asker.labels if (found := _HOUSE.search(label.raw)))
    words = tuple(word.casefold() for house in houses for word in _NAME.findall(house))
    named = names_speaker(text, (*asker.key, *words))
    return len(text.split()) <= _CALL_WORDS and (named or bool(_CALL.search(text)))


def _count_put(speech: Sequence[Segment], key: Key, others: set[Key]) -> int:
    """How often one of the others speaks behind a turn that asks, or that names him."""
    return sum(
        asks(one.text) or names_speaker(one.text[-_CALL_CHARS:], two.key)
        for one, two in pairwise(speech)
        if one.key == key and two.key in others
    )


def _closes(speech: Sequence[Segment], key: Key) -> bool:
    """Nothing but courtesies comes behind the last words."""
    last = max(index for index, segment in enumerate(speech) if segment.key == key)
    return all(len(segment.text.split()) <= _COURTESY_WORDS for segment in speech[last + 1 :])
