"""Cutting a document at its marks, and leaving out what nobody says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Paragraph
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import find_end, is_furniture, is_stage_direction
from pipeline.turns.labels import Label
from pipeline.turns.speakers import Key, display_name, group_labels

_ENDED = re.compile(r"[.?!:;,…—–-][\"'”’)\]*_]*$")


@dataclass(frozen=True)
class Segment:
    """What one speaker says until another speaks: paragraphs, each with its source line."""

    key: Key
    labels: tuple[Label, ...]
    parts: tuple[tuple[str, int], ...]

    @property
    def text(self) -> str:
        """The turn's text."""
        return "\n\n".join(text for text, _ in self.parts)


def cut(document: Document, marks: Sequence[Mark], convention: str) -> list[Segment]:
    """Cut the document at the marks; merge neighbours of one speaker; drop empty turns."""
    if not marks:
        return []
    keys = group_labels([mark.label for mark in marks])
    names = [display_name([mark.label]) for mark in marks if len(mark.label.core) > 1]
    people = [" ".join(word.capitalize() for word in person) for person in document.people]
    end = find_end(document.paragraphs, start=marks[-1].index, names=[*set(names), *people])
    unset = convention.endswith("-question")
    segments: list[Segment] = []
    for position, (mark, key) in enumerate(zip(marks, keys, strict=True)):
        following = marks[position + 1].index if position + 1 < len(marks) else end
        parts = _parts(document, mark, following, keep_set=unset)
        if not parts:
            continue
        if segments and segments[-1].key == key:
            last = segments.pop()
            segments.append(Segment(key, (*last.labels, mark.label), (*last.parts, *parts)))
        else:
            segments.append(Segment(key, (mark.label,), parts))
    return segments


def _parts(
    document: Document, mark: Mark, following: int, *, keep_set: bool
) -> tuple[tuple[str, int], ...]:
    first = document.paragraphs[mark.index]
    spoken = first.text[mark.start : mark.end].strip()
    parts = [(spoken, first.line)] if spoken and not is_stage_direction(spoken) else []
    for paragraph in document.paragraphs[mark.index + 1 : following]:
        if is_furniture(paragraph, titles=document.titles):
            continue
        if not keep_set and _is_subheading(paragraph):
            continue
        parts.append((paragraph.text, paragraph.line))
    return tuple(parts)


def _is_subheading(paragraph: Paragraph) -> bool:
    """A short paragraph set in bold throughout that is no sentence."""
    covered = sum(end - start for start, end in paragraph.bold)
    words = len(paragraph.text.split())
    whole = covered >= 0.9 * len(paragraph.text)
    return whole and words <= 12 and not _ENDED.search(paragraph.text)
