"""The speakers of an interview: their names, and the roles that a person has set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.errors import InputError
from pipeline.records import Role, Source, Speaker
from pipeline.turns.by_hand import ByHand
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.roles import find_people
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key, display_name, same_person
from pipeline.turns.vocabulary import INTERVIEWERS, PARTS, REPORTERS
from pipeline.turns.voices import Voice

_PARTS_IN_THE_TALK = INTERVIEWERS | PARTS | REPORTERS


def name_speakers(
    interview_id: str,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    known: Mapping[str, str],
) -> dict[Key, Speaker]:
    """Return the speakers, in order of appearance."""
    labels: dict[Key, list[Label]] = {}
    for segment in segments:
        labels.setdefault(segment.key, []).extend(segment.labels)
    respondents = [key for key in labels if roles[key] == "respondent"]
    speakers = {}
    for number, (key, own) in enumerate(labels.items(), start=1):
        single = respondents == [key]
        peers = sum(role == roles[key] for role in roles.values())
        offices = (label.affiliation for label in own if label.affiliation)
        affiliation = next((text for text in offices if not is_part(text)), None)
        speakers[key] = Speaker(
            id=f"{interview_id}.s{number}",
            name=_name(key, own, roles[key], known, alone=peers == 1),
            role=roles[key],
            affiliation=(known.get("affiliation") if single else None) or affiliation,
            country=known.get("country") if single else None,
        )
    return speakers


def is_part(affiliation: str) -> bool:
    """Tell a part in the talk, such as "HOST" or "BYLINE", from an office."""
    return affiliation.casefold().strip(" .") in _PARTS_IN_THE_TALK


def _name(
    key: Key, labels: Sequence[Label], role: Role, known: Mapping[str, str], *, alone: bool
) -> str | None:
    """The metadata's name where it fits, else the label; a label that is no name gives way."""
    field = {"interviewer": "interviewer", "respondent": "interviewee"}.get(role, "")
    people = find_people(known.get(field))
    fitting = [person.name for person in people if same_person(key, person.core)]
    if len(fitting) == 1:
        return fitting[0]
    unnamed = any(label.hint or label.titles.issuperset(label.core) for label in labels)
    if unnamed and alone and len(people) == 1:
        return people[0].name
    return display_name(labels) or None


def roles_by_hand(source: Source, voices: Sequence[Voice], hand: ByHand) -> dict[Key, Role]:
    """Return the roles that a person has set, by the names in the source.

    Raises:
        InputError: a name is nobody's.
    """
    roles: dict[Key, Role] = {}
    missing = []
    for name, role in hand.speakers.items():
        label = parse_label(name)
        core = label.core if label else (name.casefold(),)
        raws = {name.casefold(), f"speaker {name}".casefold()}
        fitting = [
            voice.key
            for voice in voices
            if raws & {text.casefold() for own in voice.labels for text in (own.raw, own.name)}
        ] or [voice.key for voice in voices if voice.key and same_person(voice.key, core)]
        roles.update(dict.fromkeys(fitting, role))
        if not fitting:
            missing.append(name)
    if missing:
        raise InputError(
            f"{source.name}: no speaker {', '.join(missing)}; expected "
            f"{', '.join(sorted({voice.labels[0].name for voice in voices}))}; correct --speakers"
        )
    return roles
