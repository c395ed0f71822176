"""From a source to an interview: its speakers, their roles, and their turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.records import (
    Dropped,
    GivenTurn,
    Interview,
    Role,
    Source,
    Speaker,
    Turn,
    TurnKind,
)
from pipeline.turns.by_hand import ByHand
from pipeline.turns.choose import Choice, choose
from pipeline.turns.conventions import CONVENTIONS, Document
from pipeline.turns.credits import find_credited
from pipeline.turns.doubts import check_length, find_doubts, say_unlabelled
from pipeline.turns.framing import framing_roles
from pipeline.turns.furniture import is_furniture
from pipeline.turns.given import GIVEN, UNKNOWN, given_segments
from pipeline.turns.introductions import introduce, unspoken
from pipeline.turns.kinds import find_kinds
from pipeline.turns.labels import Label
from pipeline.turns.language import JUDGED
from pipeline.turns.leftovers import find_given_leftovers, find_leftovers
from pipeline.turns.particulars import date_of, first_title, language_of
from pipeline.turns.partners import find_partners
from pipeline.turns.people import name_speakers, roles_by_hand
from pipeline.turns.roles import assign_roles, find_people, join_generic
from pipeline.turns.segments import Part, Segment, goes_on
from pipeline.turns.sentences import is_unpunctuated, split_unpunctuated
from pipeline.turns.speakers import Key
from pipeline.turns.voices import hear_voices

UNLABELLED = "none"


@dataclass(frozen=True)
class Understanding:
    """How a source was understood: the interview, and what of the source is not in it."""

    interview: Interview
    dropped: tuple[Dropped, ...]


def build_interview(
    source: Source,
    *,
    interview_id: str,
    metadata: Mapping[str, str] | None = None,
    settings: SegmentSettings,
    by_hand: ByHand | None = None,
) -> Interview:
    """Find who speaks and what they say; see ``understand``."""
    return understand(
        source,
        interview_id=interview_id,
        metadata=metadata,
        settings=settings,
        by_hand=by_hand,
    ).interview


def understand(
    source: Source,
    *,
    interview_id: str,
    metadata: Mapping[str, str] | None = None,
    settings: SegmentSettings,
    by_hand: ByHand | None = None,
) -> Understanding:
    """Find who speaks and what they say, and account for the rest.

    Args:
        source: a transcript as read by ``pipeline.ingest``.
        interview_id: the stem of all ids.
        metadata: what the corpus index says; it overrides what the file says of itself.
        settings: of the segment stage.
        by_hand: what a person has decided; it overrides all else.

    Raises:
        InputError: no speech is found, a turn is longer than the settings allow, or what was
            decided by hand does not fit the source.
    """
    hand = by_hand or ByHand()
    known = {**source.metadata, **{key: value for key, value in (metadata or {}).items() if value}}
    document = _document(source, known, settings)
    given = _given(source, hand)
    choice = _choose(source, document, given, hand)
    segments = choice.segments if choice else (_whole(source, document),)
    bare = any(is_unpunctuated(segment.text) for segment in segments)
    segments = tuple(split_unpunctuated(segment) for segment in segments)
    voices = hear_voices(segments)
    roles: dict[Key, Role] = {segments[0].key: "other"}
    if choice:
        credited = find_credited(document.paragraphs, segments, voices, known)
        roles = assign_roles(segments, voices, known, credited=credited)
    if choice and (joined := join_generic(segments, roles, voices)):
        segments = tuple(replace(s, key=joined.get(s.key, s.key)) for s in segments)
        voices = hear_voices(segments)
    roles.update(framing_roles(document, segments, voices, roles, known))
    roles.update(roles_by_hand(source, voices, hand))
    kinds: Sequence[TurnKind] = find_kinds(segments, voices, roles) if choice else ["statement"]
    doubts = (
        find_doubts(source, document, choice, roles)
        if choice
        else [say_unlabelled(source, segments[0])]
    )
    if bare:
        doubts.append(
            f"{source.name}: no punctuation in some turns; where sentences start was guessed, and "
            "about two boundaries in five are found; punctuate the transcript if you can"
        )
    check_length(source, segments, settings)
    if {("q",), ("a",)} & roles.keys():
        titles = [title] if (title := known.get("title") or first_title(source)) else []
        around = [*titles, *unspoken(document.paragraphs, segments)]
        known = {**find_partners(list(dict.fromkeys(around))), **known}
    speakers = name_speakers(interview_id, segments, roles, known)
    speakers = introduce(speakers, document.paragraphs, segments, known)
    language = language_of(segments, known, metadata or {})
    if language != JUDGED:
        doubts.append(
            f'{source.name}: the language is "{language}"; segmented, but not judged: stances and '
            'claims are known for English only; if it is English, set "language" in the index'
        )
    date, of_date = date_of(source, known, segments)
    doubts += of_date
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
        convention=choice.convention.name if choice else UNLABELLED,
        convention_confidence=round(min(1.0, choice.score), 3) if choice else 0.0,
        warnings=(*source.warnings, *doubts),
        speakers=tuple(speakers.values()),
        turns=tuple(_turns(interview_id, segments, kinds, speakers)),
    )
    rest = find_given_leftovers(given, segments) if given else find_leftovers(document, segments)
    return Understanding(interview, (*source.dropped, *rest))


def _given(source: Source, hand: ByHand) -> tuple[GivenTurn, ...]:
    if not hand.turns:
        return source.turns
    if hand.sha256 is not None and hand.sha256 != source.sha256:
        raise InputError(
            f"{source.name}: altered since its turns were set by hand (sha256 "
            f"{source.sha256[:12]}, then {hand.sha256[:12]}); restore the file, or export its "
            "turns anew"
        )
    return tuple(
        GivenTurn(
            speaker=turn.speaker,
            text=turn.text,
            line=turn.line or 1,
            start_s=turn.start_s,
            end_s=turn.end_s,
        )
        for turn in hand.turns
    )


def _choose(
    source: Source, document: Document, given: Sequence[GivenTurn], hand: ByHand
) -> Choice | None:
    if given and (hand.turns or hand.convention in (None, GIVEN.name)):
        segments = given_segments(given)
        return Choice(GIVEN, segments, 1.0) if segments else None
    if hand.convention is None or not document.paragraphs:
        return choose(document) if document.paragraphs else None
    names = [convention.name for convention in CONVENTIONS]
    if hand.convention not in (*names, UNLABELLED):
        raise InputError(
            f'{source.name}: unknown convention "{hand.convention}"; expected one of '
            f"{', '.join((*names, UNLABELLED))}"
        )
    if hand.convention == UNLABELLED:
        return None
    if choice := choose(document, only=hand.convention):
        return choice
    raise InputError(
        f'{source.name}: convention "{hand.convention}" marks nobody in it; see "westward formats"'
    )


def _document(source: Source, known: Mapping[str, str], settings: SegmentSettings) -> Document:
    people = [
        label.core
        for field in ("interviewer", "interviewee")
        for label in find_people(known.get(field))
    ]
    titles = {known.get("title", ""), source.metadata.get("title", "")}
    titles.add(first_title(source) or "")
    return Document(
        paragraphs=source.paragraphs,
        people=tuple(people),
        titles=frozenset(title.casefold() for title in titles if title),
        min_question_words=settings.min_question_words,
    )


def _whole(source: Source, document: Document) -> Segment:
    parts = [
        Part(
            text=paragraph.text,
            line=paragraph.line,
            index=index,
            page=paragraph.page,
            start_s=paragraph.start_s,
            end_s=paragraph.end_s,
        )
        for index, paragraph in enumerate(source.paragraphs)
        if not is_furniture(paragraph, titles=document.titles)
    ]
    if not parts:
        raise InputError(
            f"{source.name}:1: no speaker label found, and no speech; expected "
            '"NAME: text" or a question paragraph; see "westward formats"'
        )
    for index in range(1, len(parts)):
        if parts[index].start_s is not None and goes_on(parts[index - 1].text, parts[index].text):
            parts[index] = replace(parts[index], glued=True)
    label = Label(raw="", name=UNKNOWN, core=(UNKNOWN,), titles=frozenset())
    return Segment(label.core, (label,), tuple(parts))


def _turns(
    interview_id: str,
    segments: Sequence[Segment],
    kinds: Sequence[TurnKind],
    speakers: Mapping[Key, Speaker],
) -> list[Turn]:
    turns: list[Turn] = []
    question: str | None = None
    for number, (segment, kind) in enumerate(zip(segments, kinds, strict=True), start=1):
        first = segment.parts[0]
        turn = Turn(
            id=f"{interview_id}.t{number:03}",
            speaker_id=speakers[segment.key].id,
            kind=kind,
            answers=question if kind == "answer" else None,
            text=segment.text,
            start_s=first.start_s
            if segment.labels[0].start_s is None
            else segment.labels[0].start_s,
            end_s=_end(segment),
            source_line=first.line,
            page=first.page,
        )
        question = turn.id if kind == "question" else question
        turns.append(turn)
    return turns


def _end(segment: Segment) -> float | None:
    """When the speech ends, if the source says so."""
    ends = [part.end_s for part in segment.parts if part.end_s is not None]
    return max(ends, default=None)
