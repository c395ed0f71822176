"""Who frames an interview and takes no part in it: who opens an event, or is heard on tape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.records import Role
from pipeline.turns.conventions import Document
from pipeline.turns.questions import asks
from pipeline.turns.roles import find_people
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key, same_person
from pipeline.turns.voices import Voice

_HANDS_OVER = re.compile(
    r"\b(?:(?:hand|turn|pass|give)(?:ing)? (?:\w+ ){0,3}?over\b|over to\b|our (?:moderator|host)|"
    r"without further ado|(?:pleasure|honou?r) (?:of|to) (?:welcom|introduc|present)\w*|"
    r"(?:please|let us|let me)(?: join me in)? (?:welcom|introduc)\w*|(?:give|yield) the floor)",
    re.I,
)
_MAX_WELCOME = 250
_TAPE = (
    r"(?:(?:(?:video|audio|film|news|sound)[ -]?)?(?:clip|excerpt|extract|recording|tape|segment|"
    r"package|bite)|video|vt|sot)"
)
_CLIP = re.compile(
    rf"^\W*(?P<edge>begin|start|end)(?:ning|s)?(?: of)?(?: the| a)? {_TAPE}\W*$|"
    r"^[(\[](?:video |audio |archive )?(?:clip|excerpt|extract|recording)\b"
    r"[^()\[\]]{0,120}[)\]]\W*$",
    re.I,
)
# "(SOUNDBITE OF ARCHIVED RECORDING)"; behind music the hosts go on themselves
_PLAYED = re.compile(
    r"^[\[(](?:sound ?bite|sound|audio|clip) of (?:an? )?[^()\[\]]*?\b(?:archiv\w+|recording|tape|"
    r"broadcast|film|movie|tv|television|speech|news\w*|conference|montage|hearing|rally)\b[^()\[\]]*"
    r"[\])]$",
    re.I,
)


def framing_roles(
    document: Document,
    segments: Sequence[Segment],
    voices: Sequence[Voice],
    roles: Mapping[Key, Role],
    metadata: Mapping[str, str],
) -> dict[Key, Role]:
    """Return those who are neither interviewer nor respondent, whatever their part looks like.

    Whom the metadata name is none of them; nor does anybody become one where nobody would be left
    to ask or to answer.
    """
    known = [
        person.core
        for field in ("interviewer", "interviewee")
        for person in find_people(metadata.get(field))
    ]
    found = {*_find_welcomer(segments, voices, roles), *_find_taped(document, segments, roles)}
    found = {key for key in found if not any(same_person(key, person) for person in known)}
    left = {role for key, role in roles.items() if key not in found}
    if not {"interviewer", "respondent"} <= left:
        return {}
    return dict.fromkeys(found, "other")


def _find_welcomer(
    segments: Sequence[Segment], voices: Sequence[Voice], roles: Mapping[Key, Role]
) -> list[Key]:
    """Who speaks once, before all others but an usher, and hands over to the interviewer."""
    heard = [segment for segment in segments if roles[segment.key] != "other"]
    first = next((voice for voice in voices if heard and voice.key == heard[0].key), None)
    if first is None or len(heard) < 2 or first.turns > 1 or roles[first.key] != "respondent":
        return []
    text = heard[0].text
    hands_over = len(text.split()) <= _MAX_WELCOME and _HANDS_OVER.search(text)
    generic = any(label.hint for label in first.labels)
    asked = roles[heard[1].key] == "interviewer"
    return [first.key] if hands_over and asked and not generic else []


def _find_taped(
    document: Document, segments: Sequence[Segment], roles: Mapping[Key, Role]
) -> set[Key]:
    """Who is heard between "(BEGIN VIDEO CLIP)" and "(END VIDEO CLIP)", and nowhere else.

    So is who is heard between "(Excerpt from the conference)" and "(End of excerpt)", and below
    "(SOUNDBITE OF ARCHIVED RECORDING)"; but not on a tape on which the host asks, as in an
    interview that was recorded before.
    """
    inside: set[int] = set()
    for tape in _tapes(document):
        outside = {one.key for one in segments if any(p.index not in tape for p in one.parts)}
        hosted = any(
            roles[one.key] == "interviewer" and one.key in outside and asks(part.text)
            for one in segments
            for part in one.parts
            if part.index in tape
        )
        inside.update(() if hosted else tape)
    taped = {segment.key for segment in segments if segment.parts[0].index in inside}
    return taped - {segment.key for segment in segments if segment.parts[0].index not in inside}


def _tapes(document: Document) -> Iterator[range]:
    """The paragraphs of each tape."""
    start: int | None = None
    for index, paragraph in enumerate(document.paragraphs):
        if _PLAYED.match(paragraph.text):
            yield range(index + 1, index + 2)
        if not (edge := _CLIP.match(paragraph.text)):
            continue
        if (edge.group("edge") or "").lower() != "end":
            start = index
        elif start is not None:
            yield range(start, index)
            start = None
