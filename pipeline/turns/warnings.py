"""Warnings: what a reader should check by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.records import Dropped, Role, Source
from pipeline.turns.leftovers import AFTER, BEFORE
from pipeline.turns.metadata import JUDGED
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_DOUBTFUL = 0.55
_BEFORE_WORDS, _AFTER_WORDS, _QUOTED = 60, 20, 6
_LONG_WORDS, _LONG_TIMES = 3_000, 10
_MANY_TURNS, _FEW_LABELS = 10, 3


def find_warnings(
    source: Source,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    *,
    labelled: bool,
    left_out: Sequence[Dropped] = (),
    confidence: float | None = None,
    language: str = JUDGED,
    unpunctuated: bool = False,
) -> list[str]:
    """Return what a reader should check by hand, each with its place and the next step.

    Args:
        source: as read.
        segments: its turns.
        roles: of their speakers.
        labelled: whether speakers were distinguished.
        left_out: text of the source that is in no turn, from ``find_leftovers``.
        confidence: mean probability of the labels that were chosen; None for given turns.
        language: of the talk.
        unpunctuated: whether sentences had to be guessed in some turns.
    """
    found = [
        f"{source.name}:{segments[0].parts[0].line}: no speaker label found; the whole text is "
        'kept as one statement; expected "NAME: text" or a question paragraph; see "westward '
        'formats", or set the turns by hand: `westward turns`'
    ]
    if labelled:
        found = [f"{source.name}{text}" for text in _of_text(left_out)]
        if confidence is not None and confidence < _DOUBTFUL:
            found.append(
                f"{source.name}: speakers found with little confidence ({confidence:.2f}); check "
                "the turns"
            )
        found += [f"{source.name}{text}" for text in _of_speakers(segments, roles)]
    if unpunctuated:
        found.append(
            f"{source.name}: no punctuation in some turns; where sentences start was guessed, and "
            "about two boundaries in five are found; punctuate the transcript if you can"
        )
    if language != JUDGED:
        found.append(
            f'{source.name}: the language is "{language}"; segmented, but not judged: stances and '
            'claims are known for English only; if it is English, set "language" in the index'
        )
    return found


def _of_text(left_out: Sequence[Dropped]) -> Iterator[str]:
    """Long text left out before the first speaker and after the last one."""
    for place, most in ((BEFORE, _BEFORE_WORDS), (AFTER, _AFTER_WORDS)):
        pieces = [one for one in left_out if one.reason == place]
        words = [word for one in pieces for word in one.text.split()]
        if len(words) > most:
            which = "before the first" if place == BEFORE else "after the last"
            yield (
                f":{pieces[0].line}: {len(words)} words {which} speaker left out, from "
                f'"{" ".join(words[:_QUOTED])} ..."; check that nobody says them'
            )


def _of_speakers(segments: Sequence[Segment], roles: Mapping[Key, Role]) -> Iterator[str]:
    """A single speaker, a missing role, labels seen once, a turn much longer than others."""
    if len(roles) == 1:
        yield ": only one speaker found; check that no label was missed"
    for role in ("interviewer", "respondent"):
        if len(roles) > 1 and role not in roles.values():
            yield f": no {role} found among {len(roles)} speakers"
    turns: dict[Key, list[Segment]] = {}
    for segment in segments:
        turns.setdefault(segment.key, []).append(segment)
    once = [own[0] for own in turns.values() if len(own) == 1 and not own[0].labels[0].hint]
    if len(segments) >= _MANY_TURNS and 0 < len(once) <= _FEW_LABELS:
        labels = ", ".join(f'"{one.labels[0].name}" (line {one.parts[0].line})' for one in once)
        yield f": labels seen once: {labels}; check that each is a speaker"
    words = [len(segment.text.split()) for segment in segments]
    if max(words) > max(_LONG_WORDS, _LONG_TIMES * median(words)):
        line = segments[words.index(max(words))].parts[0].line
        yield f":{line}: a turn of {max(words):,} words; check that no label in it was missed"


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
