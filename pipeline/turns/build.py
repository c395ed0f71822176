"""From a source to an interview: its speakers, their roles, and their turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.config import SegmentSettings
from pipeline.errors import InputError
from pipeline.records import Interview, Role, Source, Speaker, Turn, TurnKind
from pipeline.turns.choose import Choice, choose
from pipeline.turns.conventions import Document
from pipeline.turns.furniture import is_furniture
from pipeline.turns.kinds import find_kinds
from pipeline.turns.labels import Label
from pipeline.turns.roles import assign_roles, find_people, hear_voices
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key, display_name, same_person

UNLABELLED = "none"
_DOUBTFUL = 0.55
_LEFT_OUT_WORDS = 60
_NAME_WORDS, _TITLE_WORDS, _TITLE_TIMES = 3, 20, 4


def build_interview(
    source: Source,
    *,
    interview_id: str,
    metadata: Mapping[str, str] | None = None,
    settings: SegmentSettings,
) -> Interview:
    """Find who speaks and what they say.

    Args:
        source: a transcript as read by ``pipeline.ingest``.
        interview_id: the stem of all ids.
        metadata: what the corpus index says; it overrides what the file says of itself.
        settings: of the segment stage.

    Raises:
        InputError: no speech is found, or a turn is longer than the settings allow.
    """
    known = {**source.metadata, **{key: value for key, value in (metadata or {}).items() if value}}
    document = _document(source, known, settings)
    choice = choose(document)
    segments = choice.segments if choice else (_whole(source, document),)
    voices = hear_voices(segments)
    roles: Mapping[Key, Role] = (
        assign_roles(voices, known) if choice else {segments[0].key: "other"}
    )
    kinds: Sequence[TurnKind] = find_kinds(segments, voices, roles) if choice else ["statement"]
    doubts = (
        _doubts(source, document, choice, roles) if choice else [_unlabelled(source, segments[0])]
    )
    _check_length(source, segments, settings)
    speakers = _speakers(interview_id, segments, roles, known)
    return Interview(
        id=interview_id,
        title=known.get("title") or _first_title(source) or interview_id,
        date=known.get("date"),
        series=known.get("series"),
        url=known.get("url"),
        licence=known.get("licence"),
        language=known.get("language", "en"),
        sha256=source.sha256,
        source_format=source.format,
        convention=choice.convention.name if choice else UNLABELLED,
        convention_confidence=round(min(1.0, choice.score), 3) if choice else 0.0,
        warnings=(*source.warnings, *doubts),
        speakers=tuple(speakers.values()),
        turns=tuple(_turns(interview_id, segments, kinds, speakers)),
    )


def _document(source: Source, known: Mapping[str, str], settings: SegmentSettings) -> Document:
    people = [
        label.core
        for field in ("interviewer", "interviewee")
        for label in find_people(known.get(field))
    ]
    titles = {known.get("title", ""), source.metadata.get("title", "")}
    titles.add(_first_title(source) or "")
    return Document(
        paragraphs=source.paragraphs,
        people=tuple(people),
        titles=frozenset(title.casefold() for title in titles if title),
        min_question_words=settings.min_question_words,
    )


def _first_title(source: Source) -> str | None:
    """A first paragraph that is a heading, or is printed again below as titles are.

    A name alone on its line recurs as well: it is shorter, or recurs more often.
    """
    first = source.paragraphs[0]
    words = len(first.text.split())
    times = sum(paragraph.text == first.text for paragraph in source.paragraphs)
    repeated = words > _NAME_WORDS and 1 < times <= _TITLE_TIMES and ":" not in first.text
    return first.text if words <= _TITLE_WORDS and (first.heading == 1 or repeated) else None


def _whole(source: Source, document: Document) -> Segment:
    parts = [
        (paragraph.text, paragraph.line)
        for paragraph in source.paragraphs
        if not is_furniture(paragraph, titles=document.titles)
    ]
    if not parts:
        raise InputError(
            f"{source.name}:1: no speaker label found, and no speech; expected "
            '"NAME: text" or a question paragraph; see "westward formats"'
        )
    label = Label(raw="", name="", core=("",), titles=frozenset())
    return Segment(label.core, (label,), tuple(parts))


def _unlabelled(source: Source, whole: Segment) -> str:
    return (
        f"{source.name}:{whole.parts[0][1]}: no speaker label found; the whole text is kept as one "
        'statement; expected "NAME: text" or a question paragraph; see "westward formats"'
    )


def _doubts(
    source: Source,
    document: Document,
    choice: Choice,
    roles: Mapping[Key, Role],
) -> list[str]:
    """What a reader should check by hand."""
    doubts = []
    first = choice.segments[0].parts[0][1]
    before = [p for p in document.paragraphs if p.line < first]
    words = sum(len(p.text.split()) for p in before)
    if words > _LEFT_OUT_WORDS:
        doubts.append(
            f"{source.name}:{before[0].line}: {words} words before the first speaker left out"
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


def _check_length(source: Source, segments: Sequence[Segment], settings: SegmentSettings) -> None:
    for segment in segments:
        if (length := len(segment.text)) > settings.max_turn_chars:
            raise InputError(
                f"{source.name}:{segment.parts[0][1]}: a turn of {length:,} characters; expected "
                f"at most {settings.max_turn_chars:,}; check that the speaker labels were found, "
                'or split the transcript; see "westward formats"'
            )


def _speakers(
    interview_id: str,
    segments: Sequence[Segment],
    roles: Mapping[Key, Role],
    known: Mapping[str, str],
) -> dict[Key, Speaker]:
    labels: dict[Key, list[Label]] = {}
    for segment in segments:
        labels.setdefault(segment.key, []).extend(segment.labels)
    respondents = [key for key in labels if roles[key] == "respondent"]
    speakers = {}
    for number, (key, own) in enumerate(labels.items(), start=1):
        single = respondents == [key]
        peers = sum(role == roles[key] for role in roles.values())
        affiliation = next((label.affiliation for label in own if label.affiliation), None)
        speakers[key] = Speaker(
            id=f"{interview_id}.s{number}",
            name=_name(key, own, roles[key], known, alone=peers == 1),
            role=roles[key],
            affiliation=(known.get("affiliation") if single else None) or affiliation,
            country=known.get("country") if single else None,
        )
    return speakers


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


def _turns(
    interview_id: str,
    segments: Sequence[Segment],
    kinds: Sequence[TurnKind],
    speakers: Mapping[Key, Speaker],
) -> list[Turn]:
    turns: list[Turn] = []
    question: str | None = None
    for number, (segment, kind) in enumerate(zip(segments, kinds, strict=True), start=1):
        turn = Turn(
            id=f"{interview_id}.t{number:03}",
            speaker_id=speakers[segment.key].id,
            kind=kind,
            answers=question if kind == "answer" else None,
            text=segment.text,
            start_s=segment.labels[0].start_s,
            source_line=segment.parts[0][1],
        )
        question = turn.id if kind == "question" else question
        turns.append(turn)
    return turns
