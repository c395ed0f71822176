"""What a reader should check by hand, and what cannot be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.ingest.dates import is_ambiguous
from pipeline.records import Paragraph, Role, Source
from pipeline.turns.choose import Choice
from pipeline.turns.conventions import Document
from pipeline.turns.datelines import Dateline
from pipeline.turns.furniture import is_headline
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_DOUBTFUL = 0.55
_LEFT_OUT_WORDS = 60
_SHOWN = 80
_CUT_OFF_WORDS, _QUOTED = 20, 6


def say_unlabelled(source: Source, whole: Segment) -> str:
    """Say that nobody is told apart."""
    return (
        f"{source.name}:{whole.parts[0].line}: no speaker label found; the whole text is kept as "
        'one statement; expected "NAME: text" or a question paragraph; see "westward formats", '
        "or set the turns by hand: `westward export turns`"
    )


def say_undated(source: Source, found: str) -> str:
    """Say that what stands for the date is none."""
    fault = "may be day first or month first" if is_ambiguous(found) else "is no date"
    return (
        f'{source.name}: the date "{found[:_SHOWN]}" {fault}; left without a date, on which it '
        'depends who was in which bloc; set "date" in the index to YYYY, YYYY-MM or YYYY-MM-DD'
    )


def say_dated(source: Source, found: Dateline) -> str:
    """Say from which line the date is."""
    return (
        f'{source.name}:{found.line}: dated {found.day} from "{found.text[:_SHOWN]}"; if the talk '
        'was on another day, set "date" in the index'
    )


def find_doubts(
    source: Source,
    document: Document,
    choice: Choice,
    roles: Mapping[Key, Role],
) -> list[str]:
    """Return what a reader should check by hand."""
    doubts = []
    first = choice.segments[0].parts[0].line
    before = [p for p in document.paragraphs if p.line < first]
    words = sum(len(p.text.split()) for p in before)
    if words > _LEFT_OUT_WORDS:
        doubts.append(
            f"{source.name}:{before[0].line}: {words} words before the first speaker left out"
        )
    after = _sentences_after(document, choice)
    words = sum(len(p.text.split()) for p in after)
    if words > _CUT_OFF_WORDS:
        start = " ".join(after[0].text.split()[:_QUOTED])
        doubts.append(
            f"{source.name}:{after[0].line}: {words} words after the last speaker left out, from "
            f'"{start} ..."; check that nobody says them'
        )
    if choice.score < _DOUBTFUL:
        doubts.append(
            f'{source.name}: speakers found by "{choice.convention.name}" with little confidence '
            f"({choice.score:.2f}); check the turns"
        )
    if len(roles) > 1:
        for role in ("interviewer", "respondent"):
            if role not in roles.values():
                doubts.append(f"{source.name}: no {role} found among {len(roles)} speakers")
    return doubts


def _sentences_after(document: Document, choice: Choice) -> list[Paragraph]:
    """What stands behind the last speech and could be speech: no headlines, no copies."""
    last = max(part.index for segment in choice.segments for part in segment.parts)
    return [
        document.paragraphs[index]
        for index in document.body
        if index > last >= 0 and not is_headline(document.paragraphs[index])
    ]


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
