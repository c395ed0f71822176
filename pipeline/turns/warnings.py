"""Warnings: what a reader should check by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from types import MappingProxyType

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.notices import notice
from pipeline.records import Dropped, Notice, Role, Source
from pipeline.turns.confidence import DOUBTFUL_BELOW
from pipeline.turns.leftovers import AFTER, BEFORE
from pipeline.turns.metadata import JUDGED
from pipeline.turns.segments import Segment, labels_of
from pipeline.turns.speakers import Key, display_name

DOUBTFUL_ROLE = 0.7  # of voices under it half have their role, sources left out
_MOST = 0.5
_BEFORE_WORDS, _AFTER_WORDS, _QUOTED = 60, 20, 6
_LONG_WORDS, _LONG_TIMES = 3_000, 10
_MANY_TURNS, _FEW_LABELS = 10, 3


def find_warnings(
    source: Source,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    *,
    labelled: bool,
    sure: Mapping[Key, float] = MappingProxyType({}),
    left_out: Sequence[Dropped] = (),
    confidence: float = 1.0,
    language: str = JUDGED,
    unpunctuated: float = 0.0,
) -> list[Notice]:
    """Return what a reader should check by hand, each with its place and the next step.

    Args:
        source: as read.
        segments: its turns.
        roles: of their speakers.
        labelled: whether speakers were distinguished.
        sure: probability of each role; 1 if it has none.
        left_out: text of the source that is in no turn, from ``find_leftovers``.
        confidence: that the reading is right.
        language: of the talk.
        unpunctuated: share of the words in turns whose sentences had to be guessed.
    """
    found = [notice("no-label", source.name, segments[0].parts[0].line)]
    if labelled:
        found = [*_of_text(source.name, left_out)]
        if confidence < DOUBTFUL_BELOW:
            found.append(notice("doubtful-speakers", source.name, confidence=confidence))
        found += _of_speakers(source.name, segments, roles)
        found += _of_roles(source.name, segments, roles, sure)
    if unpunctuated > _MOST:
        found.append(notice("unpunctuated", source.name, share=unpunctuated))
    if language != JUDGED:
        found.append(notice("other-language", source.name, language=language))
    return found


def _of_text(name: str, left_out: Sequence[Dropped]) -> Iterator[Notice]:
    """Long text left out before the first speaker and after the last one."""
    for place, most, code in (
        (BEFORE, _BEFORE_WORDS, "before-first"),
        (AFTER, _AFTER_WORDS, "after-last"),
    ):
        pieces = [one for one in left_out if one.reason == place]
        words = [word for one in pieces for word in one.text.split()]
        if len(words) > most:
            opening = " ".join(words[:_QUOTED])
            yield notice(code, name, pieces[0].line, words=len(words), opening=opening)


def _of_speakers(
    name: str, segments: Sequence[Segment], roles: Mapping[Key, Role]
) -> Iterator[Notice]:
    """A single speaker, a missing role, labels seen once, a turn much longer than others."""
    if len(roles) == 1:
        yield notice("one-speaker", name)
    for role in ("interviewer", "respondent"):
        if len(roles) > 1 and role not in roles.values():
            yield notice("no-role", name, role=role, speakers=len(roles))
    turns: dict[Key, list[Segment]] = {}
    for segment in segments:
        turns.setdefault(segment.key, []).append(segment)
    once = [own[0] for own in turns.values() if len(own) == 1 and not own[0].labels[0].hint]
    if len(segments) >= _MANY_TURNS and 0 < len(once) <= _FEW_LABELS:
        labels = [{"name": one.labels[0].name, "line": one.parts[0].line} for one in once]
        yield notice("labels-once", name, labels=labels)
    words = [len(segment.text.split()) for segment in segments]
    if max(words) > max(_LONG_WORDS, _LONG_TIMES * median(words)):
        line = segments[words.index(max(words))].parts[0].line
        yield notice("long-turn", name, line, words=max(words))


def _of_roles(
    name: str,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    sure: Mapping[Key, float],
) -> Iterator[Notice]:
    """Speakers whose role the model would not bet on."""
    labels = labels_of(segments)
    doubtful = [
        {
            "speaker": display_name(own),
            "role": roles[key],
            "probability": round(sure.get(key, 1.0), 2),
        }
        for key, own in labels.items()
        if len(labels) > 1 and sure.get(key, 1.0) < DOUBTFUL_ROLE
    ]
    if doubtful:
        yield notice("doubtful-roles", name, roles=doubtful)


def check_length(source: Source, segments: Sequence[Segment], settings: SegmentSettings) -> None:
    """Refuse a turn that is too long for the stages.

    Raises:
        InputError: there is one.
    """
    for segment in segments:
        if (length := len(segment.text)) > settings.max_turn_chars:
            raise InputError(
                f"{source.name}:{segment.parts[0].line}: a turn of {length:,} characters; expected "
                f"at most {settings.max_turn_chars:,}; check that the speaker labels were found, "
                'or split the transcript; see "westward formats"'
            )
