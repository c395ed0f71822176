"""Interviews from sources: speakers, their roles, and their turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.records import (
    Dropped,
    GivenTurn,
    Interview,
    Paragraph,
    Role,
    Source,
    Speaker,
    Turn,
    TurnKind,
)
from pipeline.turns.chain import State, load_chain
from pipeline.turns.confidence import find_signs, judge_reading
from pipeline.turns.document import Document, view_document
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.interviewees import find_places
from pipeline.turns.kinds import find_kinds
from pipeline.turns.leftovers import LABEL, find_given_leftovers, find_leftovers
from pipeline.turns.metadata import date_of, first_title, language_of
from pipeline.turns.names import introduce, name_speakers, roles_by_hand
from pipeline.turns.proposals import STYLES
from pipeline.turns.questions import asks
from pipeline.turns.roles import judge_roles
from pipeline.turns.segments import Part, Segment, cut, given_segments, whole
from pipeline.turns.sentences import split_unpunctuated, unpunctuated_share
from pipeline.turns.sidecar import ByHand
from pipeline.turns.speakers import Key
from pipeline.turns.warnings import check_length, find_warnings

GIVEN, QUESTIONS, UNLABELLED = "given", "questions", "none"
CONVENTIONS: Mapping[str, str] = MappingProxyType(
    {
        **STYLES,
        QUESTIONS: "no labels: paragraphs that ask, and paragraphs that answer",
        GIVEN: "columns, keys or tags of the file: speaker, text, role, times",
        UNLABELLED: "no speakers are told apart: one unknown speaker, and a warning",
    }
)


@dataclass(frozen=True)
class Understanding:
    """The interview of a source, the text that is not in it, and signs of how well it is read."""

    interview: Interview
    dropped: tuple[Dropped, ...]
    signs: Mapping[str, float]


@dataclass(frozen=True)
class _Found:
    """Segments, the style of their labels, how sure the states are, and the document."""

    segments: tuple[Segment, ...]
    convention: str
    sure: float | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    states: tuple[State, ...] = ()


def understand(
    source: Source,
    *,
    interview_id: str,
    metadata: Mapping[str, str] | None = None,
    settings: SegmentSettings,
    by_hand: ByHand | None = None,
    models: Path | None = None,
) -> Understanding:
    """Find speakers and turns, and account for the rest of a source.

    Args:
        source: a transcript as read by ``pipeline.ingest``.
        interview_id: the stem of all ids.
        metadata: of the corpus index; they override those of the file.
        settings: of the segment stage.
        by_hand: what a person has decided; it overrides all else.
        models: a folder of models that is searched before the shipped ones.

    Raises:
        InputError: no speech is found, a turn is longer than the settings allow, or what was
            decided by hand does not fit the source.
    """
    hand = by_hand or ByHand()
    known = {**source.metadata, **{key: value for key, value in (metadata or {}).items() if value}}
    given = _given(source, hand)
    found = _find(source, given, known, hand, models)
    source = source.model_copy(update={"paragraphs": found.paragraphs})
    unpunctuated = unpunctuated_share(found.segments)
    segments = tuple(split_unpunctuated(segment) for segment in found.segments)
    labelled = found.convention != UNLABELLED
    roles: dict[Key, Role] = {segments[0].key: "other"}
    sure: dict[Key, float] = {}
    if labelled:
        judged = judge_roles(segments, known, models=models)
        roles = {key: one.role for key, one in judged.items()}
        sure = {key: one.probability for key, one in judged.items()}
    decided = roles_by_hand(source, segments, hand)
    roles.update(decided)
    sure.update(dict.fromkeys(decided, 1.0))
    kinds: Sequence[TurnKind] = find_kinds(segments, roles) if labelled else ["statement"]
    check_length(source, segments, settings)
    answering = {key for key, role in roles.items() if role == "respondent"}
    places, of_places = find_places(_in_order(answering, segments), known, name=source.name)
    speakers = name_speakers(interview_id, segments, roles, known, places)
    speakers = introduce(speakers, source, segments, known)
    language, of_language = language_of(source, segments, known, metadata or {})
    date, of_date = date_of(source, known, segments)
    rest = tuple(
        find_leftovers(found.paragraphs, segments, reasons=_reasons(found))
        if found.convention != GIVEN
        else find_given_leftovers(given, found.segments)
    )
    signs = find_signs(segments, sure, rest, states=found.sure) if labelled else {}
    confidence = judge_reading(signs, models=models) if labelled else 0.0
    if hand.turns:
        confidence = 1.0
    warnings = find_warnings(
        source,
        segments,
        roles,
        sure=sure,
        labelled=labelled,
        left_out=rest,
        confidence=confidence,
        language=language,
        unpunctuated=unpunctuated,
    )
    interview = Interview(
        id=interview_id,
        title=known.get("title") or first_title(source) or interview_id,
        date=date,
        series=known.get("series"),
        url=known.get("url"),
        licence=known.get("licence"),
        language=language,
        sha256=source.sha256,
        source_format=source.format,
        convention=found.convention,
        convention_confidence=round(confidence, 3),
        warnings=(*source.warnings, *warnings, *of_places, *of_language, *of_date),
        speakers=tuple(speakers.values()),
        turns=tuple(_turns(interview_id, segments, kinds, speakers)),
    )
    return Understanding(interview, (*source.dropped, *rest), signs)


def _in_order(keys: Collection[Key], segments: Sequence[Segment]) -> list[Key]:
    """Speakers in order of appearance."""
    return [key for key in dict.fromkeys(one.key for one in segments) if key in keys]


def _given(source: Source, hand: ByHand) -> tuple[GivenTurn, ...]:
    """The turns set by hand, else those that the file marks."""
    if not hand.turns:
        return source.turns
    if hand.sha256 is not None and hand.sha256 != source.sha256:
        raise InputError(
            f"{source.name}: altered since its turns were set by hand (sha256 "
            f"{source.sha256[:12]}, then {hand.sha256[:12]}); restore the file, or export its "
            "turns again"
        )
    return hand.turns


def _find(
    source: Source,
    given: Sequence[GivenTurn],
    known: Mapping[str, str],
    hand: ByHand,
    models: Path | None,
) -> _Found:
    """Find the segments: given ones, else by the segmenter; one for all if none is found."""
    if hand.convention not in (None, *CONVENTIONS):
        raise InputError(
            f'{source.name}: unknown convention "{hand.convention}"; expected one of '
            f"{', '.join(CONVENTIONS)}"
        )
    if given and (hand.turns or hand.convention in (None, GIVEN)):
        segments = tuple(given_segments(given))
        if segments:
            return _Found(segments, GIVEN, paragraphs=source.paragraphs)
    people = [known[field] for field in ("interviewer", "interviewee") if known.get(field)]
    document = view_document(source.paragraphs, people=people)
    if hand.convention != UNLABELLED:
        only = tuple(style for style in STYLES if style == hand.convention)
        labelling = load_chain(models=models).label(document, only=only)
        segments = tuple(cut(document, labelling.states))
        asked = any(state == "label" for state in labelling.states) or any(
            asks(document.paragraphs[index].text)
            for index, state in enumerate(labelling.states)
            if state == "question"
        )
        if asked and len({segment.key for segment in segments}) + bool(only) > 1:
            return _Found(
                segments,
                _convention(document, labelling.states),
                labelling.confidence,
                document.paragraphs,
                labelling.states,
            )
        if hand.convention is not None:
            raise InputError(
                f'{source.name}: convention "{hand.convention}" marks no speaker in it; see '
                '"westward formats"'
            )
    alone = whole(document.paragraphs)
    if alone is None:
        raise InputError(
            f"{source.name}:1: no speaker label found, and no speech; expected "
            '"NAME: text" or a question paragraph; see "westward formats"'
        )
    return _Found((alone,), UNLABELLED, paragraphs=document.paragraphs)


def _convention(document: Document, states: Sequence[str]) -> str:
    """The commonest style of the labels of turns; ``questions`` if most have none."""
    styles = Counter(
        proposal.style
        for proposal, state in zip(document.proposals, states, strict=True)
        if proposal is not None and state == "label"
    )
    unlabelled = sum(one != two and two in ("question", "answer") for one, two in pairwise(states))
    style, count = styles.most_common(1)[0] if styles else (QUESTIONS, 0)
    return style if count >= unlabelled else QUESTIONS


def _reasons(found: _Found) -> dict[int, str]:
    """Why whole paragraphs are in no turn, by their index: labels alone, headings, directions."""
    reasons = {
        index: "heading" if one.heading else "stage direction"
        for index, one in enumerate(found.paragraphs)
        if one.heading or is_stage_direction(one.text)
    }
    labels = (index for index, state in enumerate(found.states) if state == "label")
    return reasons | dict.fromkeys(labels, LABEL)


def change_roles(interview: Interview, roles: Mapping[str, Role]) -> Interview:
    """Return an interview with other roles of some speakers, by id.

    The kinds of the turns and whom they answer follow; no word changes.
    """
    speakers = tuple(
        one.model_copy(update={"role": roles.get(one.id, one.role)}) for one in interview.speakers
    )
    segments = [Segment((turn.speaker_id,), (), (Part(turn.text, 1),)) for turn in interview.turns]
    kinds = find_kinds(segments, {(one.id,): one.role for one in speakers})
    links = _answered([turn.id for turn in interview.turns], kinds)
    turns = tuple(
        turn.model_copy(update={"kind": kind, "answers": question})
        for turn, kind, question in zip(interview.turns, kinds, links, strict=True)
    )
    return interview.model_copy(update={"speakers": speakers, "turns": turns})


def _answered(ids: Sequence[str], kinds: Sequence[TurnKind]) -> Iterator[str | None]:
    """Yield the question that each turn answers: the latest one before an answer."""
    question: str | None = None
    for turn_id, kind in zip(ids, kinds, strict=True):
        yield question if kind == "answer" else None
        question = turn_id if kind == "question" else question


def _turns(
    interview_id: str,
    segments: Sequence[Segment],
    kinds: Sequence[TurnKind],
    speakers: Mapping[Key, Speaker],
) -> list[Turn]:
    turns: list[Turn] = []
    ids = [f"{interview_id}.t{number:03}" for number in range(1, len(segments) + 1)]
    links = _answered(ids, kinds)
    for turn_id, segment, kind, question in zip(ids, segments, kinds, links, strict=True):
        first = segment.parts[0]
        starts = (segment.labels[0].start_s, first.start_s)
        ends = [part.end_s for part in segment.parts if part.end_s is not None]
        turn = Turn(
            id=turn_id,
            speaker_id=speakers[segment.key].id,
            kind=kind,
            answers=question,
            text=segment.text,
            start_s=next((start for start in starts if start is not None), None),
            end_s=max(ends, default=None),
            source_line=first.line,
            page=first.page,
        )
        turns.append(turn)
    return turns
