"""Cutting a document at its marks, and leaving out what nobody says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Paragraph
from pipeline.turns.bios import names_in_notes
from pipeline.turns.closing_times import closing_time
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.ends import find_end, heads_lines
from pipeline.turns.furniture import is_furniture, is_stage_direction
from pipeline.turns.inserts import find_inserts
from pipeline.turns.labels import STAMP, Label, strip_time
from pipeline.turns.speakers import Key, display_name, group_labels
from pipeline.turns.subheads import find_subheads

_ENDED = re.compile(r"[.?!:;,…—–-][\"'”’)\]*_]*$")
_HUM = re.compile(r"h?m[mh]+|hm|uhhuh|u+[hm]+|(?:aha?|oh)+", re.I)
_BETWEEN_HUMS = re.compile(r"[\s.,!…]+")
_ASSENT = re.compile(
    r"^(?:(?:right|yeah|yep|yes|okay|ok|sure|i see|wow|exactly|of course|interesting|go on|no)"
    r"[\s.,!…-]*)+$",
    re.I,
)
_MOSTLY = 2
UNLABELLED = "magazine"
_ENDS, _FOOT_LINES, _INITIALS = 3, 20, 3
_FULL_STOP = re.compile(r"[.?!…][\"'”’)\]*_]*$")


@dataclass(frozen=True)
class Part:
    """A paragraph, or a piece of one, that somebody says, and where it stands.

    Attributes:
        text: what is said.
        line: of the source.
        index: of the paragraph in the document.
        start: offset of the text in the paragraph.
        page: of the source.
        start_s: when it is said.
        end_s: until when.
        glued: it goes on in the middle of a sentence of the part before.
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


class _Growing:
    """A segment under construction, which others of its speaker are put behind."""

    def __init__(self, segment: Segment) -> None:
        self.key = segment.key
        self.labels = list(segment.labels)
        self.parts = list(segment.parts)

    @property
    def last(self) -> str:
        """What is said last."""
        return self.parts[-1].text

    def go_on(self, other: Segment, *, glued: bool) -> None:
        """Put a segment behind this one."""
        first = replace(other.parts[0], glued=True) if glued else other.parts[0]
        self.labels += other.labels
        self.parts += (first, *other.parts[1:])

    def finished(self) -> Segment:
        """The whole segment."""
        return Segment(self.key, tuple(self.labels), tuple(self.parts))


def cut(document: Document, marks: Sequence[Mark], convention: str) -> list[Segment]:
    """Cut the document at the marks; merge neighbours of one speaker; drop empty turns."""
    marks = _above_end(document, marks)
    if not marks:
        return []
    keys = group_labels([mark.label for mark in marks])
    names = [
        display_name([mark.label])
        for mark in marks
        if len(mark.label.core) > 1 or (mark.label.titles and not mark.label.hint)
    ]
    people = [" ".join(word.capitalize() for word in person) for person in document.people]
    if convention == UNLABELLED:
        at = (marks[0].index, marks[-1].index + 1)
        names += names_in_notes(document.paragraphs, first=at[0], last=at[1])
    end = find_end(
        document.paragraphs,
        first=marks[0].index,
        start=marks[-1].index,
        spoken=_last_spoken(document, marks[-1]),
        names=[*set(names), *people],
        families=sorted({mark.label.name for mark in marks if _is_family(mark.label)}),
    )
    unset = convention.endswith("-question")
    quoted = is_quoted_talk(document, marks)
    unsaid = find_inserts(document, marks) | find_subheads(document, marks)
    spoken = frozenset(document.prose if convention == UNLABELLED else range(end)) - unsaid
    segments: list[Segment] = []
    for position, (mark, key) in enumerate(zip(marks, keys, strict=True)):
        following = marks[position + 1].index if position + 1 < len(marks) else end
        where = [i for i in range(mark.index + 1, following) if i in spoken]
        if parts := _parts(document, mark, where, keep_set=unset, quoted=quoted):
            segments.append(Segment(key, (mark.label,), parts))
    return merge(segments)


def _is_family(label: Label) -> bool:
    """A name alone, without its first: no part in the talk, and no initials."""
    return len(label.core) == 1 and not label.hint and len(label.name) > _INITIALS


def _above_end(document: Document, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Leave out the few marks below what only stands below a talk, such as its references.

    Below a line that only says that it ends, or that a page goes on with its topics, another may
    start: there the few marks go only if they are of nobody who spoke before, and of nobody twice.
    """
    keys = group_labels([mark.label for mark in marks])
    for index in sorted(
        (*document.below, *document.over[-_ENDS:], *document.foot_lines[-_FOOT_LINES:])
    ):
        above = [mark for mark in marks if mark.index < index]
        few = len(above) > _MOSTLY * (len(marks) - len(above))
        below = keys[len(above) :]
        again = bool(set(keys[: len(above)]) & set(below)) or len(set(below)) < len(below)
        foot = index in document.foot_lines and heads_lines(document.paragraphs, index)
        if few and (foot or not again or index in document.below):
            return above
    return marks


def _last_spoken(document: Document, mark: Mark) -> int:
    """Index of the last paragraph that is speech for certain: a label's own, or the one below it.

    What stands below a name with a time or a colon is said, however it ends: "I am stopping the".
    """
    told = mark.apart or mark.label.start_s is not None
    alone = told and mark.start >= len(document.paragraphs[mark.index].text)
    return mark.index + alone


def is_quoted_talk(document: Document, marks: Sequence[Mark]) -> bool:
    """All speakers stand in block quotations: what stands between them is the quoter's."""
    return len(marks) > 1 and all(document.paragraphs[mark.index].quoted for mark in marks)


def merge(segments: Sequence[Segment], *, broken: bool = False) -> list[Segment]:
    """Put neighbours of one speaker together, over what the other one only hums.

    Args:
        segments: in order.
        broken: neighbours may break in the middle of a sentence, as captions do.
    """
    merged: list[_Growing] = []
    for segment in segments:
        if merged and merged[-1].key == segment.key:
            glued = broken and goes_on(merged[-1].last, segment.parts[0].text)
            merged[-1].go_on(segment, glued=glued)
        elif (
            len(merged) > 1
            and merged[-2].key == segment.key
            and _is_hum(merged[-2], merged[-1], segment)
        ):
            merged.pop()
            merged[-1].go_on(segment, glued=not _FULL_STOP.search(merged[-1].last))
        else:
            merged.append(_Growing(segment))
    return [one.finished() for one in merged]


def goes_on(before: str, after: str) -> bool:
    """The second text goes on with the sentence of the first."""
    return not _FULL_STOP.search(before) or after[:1].islower()


def _is_hum(before: _Growing, hum: _Growing, after: Segment) -> bool:
    """The middle turn only says that its speaker listens: "Mm-hm." is no answer here."""
    if before.last.rstrip().endswith("?"):
        return False
    if all(_is_backchannel(part.text) for part in hum.parts):
        return True
    open_end = not _FULL_STOP.search(before.last) and after.parts[0].text[:1].islower()
    return open_end and all(_ASSENT.match(part.text) for part in hum.parts)


def _is_backchannel(text: str) -> bool:
    """The text is hummed throughout; each word is looked at alone, so that none is read twice."""
    first, *rest = _BETWEEN_HUMS.split(text.replace("-", ""))
    return bool(first) and all(_HUM.fullmatch(word) for word in (first, *rest) if word)


def _parts(
    document: Document, mark: Mark, below: Sequence[int], *, keep_set: bool, quoted: bool
) -> tuple[Part, ...]:
    first = document.paragraphs[mark.index]
    parts: list[Part] = []
    stamp = STAMP.match(first.text[mark.start : mark.end])
    start = mark.start + (stamp.end() if stamp else 0)
    if part := _part(first, mark.index, start, mark.end):
        parts.append(part)
    for index in below:
        paragraph = document.paragraphs[index]
        if index in document.unspoken or (quoted and not paragraph.quoted):
            continue
        if is_furniture(paragraph, titles=document.titles):
            continue
        if not keep_set and _is_subheading(paragraph):
            continue
        if index in document.capital_headings:
            continue
        stamp = STAMP.match(paragraph.text)
        if part := _part(paragraph, index, stamp.end() if stamp else 0, None):
            parts.append(part)
    return tuple(parts)


def _part(paragraph: Paragraph, index: int, start: int, end: int | None) -> Part | None:
    """What is said in a stretch of a paragraph; None where nothing is."""
    spoken = paragraph.text[start:end].rstrip()
    closed, closing_s = closing_time(spoken)
    spoken = spoken[:closed]
    if not spoken.strip() or is_stage_direction(spoken.strip()):
        return None
    _, stamped = strip_time(paragraph.text)
    return Part(
        text=spoken.strip(),
        line=paragraph.line,
        index=index,
        start=start + len(spoken) - len(spoken.lstrip()),
        page=paragraph.page,
        start_s=stamped if paragraph.start_s is None else paragraph.start_s,
        end_s=closing_s if paragraph.end_s is None else paragraph.end_s,
    )


def _is_subheading(paragraph: Paragraph) -> bool:
    """A short paragraph set in bold throughout that is no sentence."""
    covered = sum(end - start for start, end in paragraph.bold)
    words = len(paragraph.text.split())
    whole = covered >= 0.9 * len(paragraph.text)
    return whole and words <= 12 and not _ENDED.search(paragraph.text)
