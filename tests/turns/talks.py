"""Talks for tests: segments and sources written as pairs of label and speech."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.records import Dropped, Paragraph, Role, Source
from pipeline.turns.labels import Label, parse_label
from pipeline.turns.segments import Part, Segment

Pair = tuple[str, str]
TALK: tuple[Pair, ...] = (
    ("HOST", "Does the pact hold?"),
    ("Ana North", "It holds, because the ministers have signed it."),
    ("HOST", "And who pays?"),
    ("Ana North", "Everybody pays a third, which makes four thirds."),
)


def segments_of(turns: Sequence[Pair], *, first: int = 0) -> list[Segment]:
    """Return segments: of each label and what it says, a paragraph a turn from ``first`` on."""
    found = []
    for index, (name, text) in enumerate(turns, start=first):
        label = parse_label(name)
        label = label or Label(raw=name, name=name, core=(name.lower(),), titles=frozenset())
        start = len(f"{name}: ")
        part = Part(text=text, line=index + 1, index=index, start=start)
        found.append(Segment(label.core, (label,), (part,)))
    return found


def source_of(
    turns: Sequence[Pair],
    *,
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    dropped: Sequence[str] = (),
    name: str = "talk.txt",
) -> Source:
    """Return a source of lines above a talk, its turns as "NAME: text", and lines below."""
    texts = [*above, *(f"{label}: {text}" for label, text in turns), *below]
    return Source(
        name=name,
        format="txt",
        sha256="0" * 64,
        paragraphs=tuple(Paragraph(text=text, line=i) for i, text in enumerate(texts, start=1)),
        dropped=tuple(Dropped(text=text, reason="running head", line=1) for text in dropped),
    )


def roles_of(segments: Sequence[Segment], asks: str = "host") -> Mapping[tuple[str, ...], Role]:
    """Return the roles where one speaker asks and all others answer."""
    return {
        segment.key: "interviewer" if segment.key == tuple(asks.split()) else "respondent"
        for segment in segments
    }
