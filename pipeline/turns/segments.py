"""Segments: the labelled paragraphs of one speaker until another speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import GivenTurn, Paragraph
from pipeline.turns.chain import UNSAID, State
from pipeline.turns.document import Document
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.labels import Label, hint_of, parse_label, speaker
from pipeline.turns.speakers import Key, group_labels

UNKNOWN = "unknown"
_NUMBER = re.compile(r"^\W{0,3}(?:Q ?)?\d{1,3}[.):]\s+(?=\S)")  # of a question without a label
_FULL_STOP = re.compile(r"[.?!…][\"'”’)\]*_]*$")


@dataclass(frozen=True)
class Part:
    """A spoken paragraph, or a piece of one, and its place.

    Attributes:
        text: what is said.
        line: of the source.
        index: of the paragraph in the document.
        start: offset of the text in the paragraph.
        page: of the source.
        start_s: when it is said, seconds.
        end_s: until when, seconds.
        glued: it continues the previous part within a sentence.
    """

    text: str
    line: int
    index: int = -1
    start: int = 0
    page: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    glued: bool = False


@dataclass(frozen=True)
class Segment:
    """What one speaker says until another speaks: paragraphs, each with its place."""

    key: Key
    labels: tuple[Label, ...]
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The turn's text."""
        pieces = [self.parts[0].text]
        for part in self.parts[1:]:
            pieces += (" " if part.glued else "\n\n", part.text)
        return "".join(pieces)


def labels_of(segments: Sequence[Segment]) -> dict[Key, list[Label]]:
    """Return the labels of each speaker, in order of appearance."""
    labels: dict[Key, list[Label]] = {}
    for segment in segments:
        labels.setdefault(segment.key, []).extend(segment.labels)
    return labels


def cut(document: Document, states: Sequence[State]) -> list[Segment]:
    """Split a document at labels, unlabelled questions and answers; drop empty turns."""
    turns: list[tuple[Label, list[Part]]] = []
    for index, state in enumerate(states):
        paragraph, proposal = document.paragraphs[index], document.proposals[index]
        if state in UNSAID or (state == "continuation" and not turns):
            continue
        start = 0
        if state == "label" and proposal is not None:
            label = replace(_voice(proposal.label, turns), start_s=paragraph.start_s)
            turns.append((label, []))
            start = proposal.start
        elif state in ("question", "answer"):
            label = speaker("Q" if state == "question" else "A")
            if not turns or turns[-1][0] != label:
                turns.append((label, []))
            number = _NUMBER.match(paragraph.text) if state == "question" else None
            start = number.end() if number else 0
        _add(turns[-1][1], paragraph, index, start)
    return _join(turns)


def _voice(label: Label, turns: Sequence[tuple[Label, list[Part]]]) -> Label:
    """The label; where a sign alone marks a change of speaker, one of two voices that alternate."""
    if not label.is_sign:
        return label
    first, second = speaker("Speaker 1"), speaker("Speaker 2")
    return second if turns and turns[-1][0].core == first.core else first


def given_segments(turns: Sequence[GivenTurn]) -> list[Segment]:
    """Return the turns that the source itself marks, as segments."""
    found: list[tuple[Label, list[Part]]] = []
    for turn in turns:
        parts = [
            Part(text=text.strip(), line=turn.line, start_s=turn.start_s, end_s=turn.end_s)
            for text in turn.text.split("\n\n")
            if text.strip() and not is_stage_direction(text.strip())
        ]
        found.append((_given_label(turn), parts))
    return _join(found, broken=True)


def _given_label(turn: GivenTurn) -> Label:
    name = " ".join((turn.speaker or "").split())
    label = parse_label(name) if name else None
    if label is None:
        core = tuple(name.lower().split()) or (UNKNOWN,)
        label = Label(raw=name, name=name or UNKNOWN, core=core)
    hint = hint_of(turn.role) if turn.role else None
    return replace(label, hint=hint or label.hint)


def whole(paragraphs: Sequence[Paragraph]) -> Segment | None:
    """Return all paragraphs as one segment of an unnamed speaker; None if there are none."""
    parts: list[Part] = []
    for index, paragraph in enumerate(paragraphs):
        _add(parts, paragraph, index, 0)
    label = Label(raw="", name=UNKNOWN, core=(UNKNOWN,))
    return Segment(label.core, (label,), tuple(parts)) if parts else None


def goes_on(before: str, after: str) -> bool:
    """The second text continues the sentence of the first."""
    return not _FULL_STOP.search(before) or after[:1].islower()


def _add(parts: list[Part], paragraph: Paragraph, index: int, start: int) -> None:
    """Add what is said in a paragraph; a caption may continue the sentence of the one before."""
    spoken = paragraph.text[start:]
    text = spoken.strip()
    if not text or is_stage_direction(text):
        return
    timed = paragraph.start_s is not None
    part = Part(
        text=text,
        line=paragraph.line,
        index=index,
        start=start + len(spoken) - len(spoken.lstrip()),
        page=paragraph.page,
        start_s=paragraph.start_s,
        end_s=paragraph.end_s,
        glued=timed and bool(parts) and goes_on(parts[-1].text, text),
    )
    parts.append(part)


def _join(turns: Sequence[tuple[Label, list[Part]]], *, broken: bool = False) -> list[Segment]:
    """Merge neighbours of one speaker, and drop turns in which nothing is said."""
    spoken = [(label, parts) for label, parts in turns if parts]
    joined: list[tuple[Key, list[Label], list[Part]]] = []
    keys = group_labels([label for label, _ in spoken])
    for (label, parts), key in zip(spoken, keys, strict=True):
        if joined and joined[-1][0] == key:
            _, labels, last = joined[-1]
            if broken and goes_on(last[-1].text, parts[0].text):
                parts = [replace(parts[0], glued=True), *parts[1:]]
            labels.append(label)
            last.extend(parts)
        else:
            joined.append((key, [label], [*parts]))
    return [Segment(key, tuple(labels), tuple(parts)) for key, labels, parts in joined]
