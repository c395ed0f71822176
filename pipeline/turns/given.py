"""Turns that the source tells apart itself: nothing is guessed but who asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import GivenTurn
from pipeline.turns.conventions.base import Document, Mark
from pipeline.turns.furniture import is_stage_direction
from pipeline.turns.labels import Hint, Label, hint_of, parse_label
from pipeline.turns.segments import Part, Segment, merge
from pipeline.turns.speakers import group_labels

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Given:
    """Columns or keys of the source say who speaks."""

    name: str = "given"
    description: str = "columns or keys of the source: speaker, text, role, times"
    prior: float = 1.0

    def find(self, document: Document) -> list[Mark]:
        """Return nothing: there are no marks in the text."""
        return []


GIVEN = Given()


def given_segments(turns: Sequence[GivenTurn]) -> tuple[Segment, ...]:
    """Return the turns as segments; neighbours of one speaker are one."""
    names = {turn.speaker for turn in turns if turn.speaker}
    labels = [_label(turn, names) for turn in turns]
    segments = [
        Segment(key, (label,), parts)
        for turn, label, key in zip(turns, labels, _keys(labels, names), strict=True)
        if (parts := _parts(turn))
    ]
    return tuple(merge(segments, broken=True))


def _keys(labels: Sequence[Label], names: set[str]) -> list[tuple[str, ...]]:
    """Speakers' keys; generic names such as "SPEAKER_00" are never merged."""
    generic = any(any(c.isdigit() for c in name) or len(name) < 3 for name in names)
    return [label.core for label in labels] if generic else group_labels(labels)


def _label(turn: GivenTurn, names: set[str]) -> Label:
    given = (turn.speaker or UNKNOWN).strip()
    name = given.rstrip(":： ") or given
    letters = all(len(other) == 1 for other in names) and not names <= {"Q", "A", "q", "a"}
    label = None if letters else parse_label(name) or parse_label(name.title())
    if label is None or turn.speaker is None:
        shown = f"Speaker {name}" if len(name) < 3 and turn.speaker else name
        unknown: Hint | None = None if turn.speaker else "other"
        label = Label(raw=name, name=shown, core=(name.casefold(),), titles=frozenset(),
                      hint=unknown)  # fmt: skip
    elif any(c.isdigit() for c in name) or _is_account(name):
        label = replace(label, name=name, core=(name.casefold(),))
    hint = hint_of(turn.role) if turn.role else None
    return replace(label, hint=hint or label.hint)


def _is_account(name: str) -> bool:
    """The name of an account, "night_ferry": it is shown as it is written."""
    return name[0].islower() and not any(c.isspace() for c in name)


def _parts(turn: GivenTurn) -> tuple[Part, ...]:
    texts = [text.strip() for text in turn.text.split("\n\n")]
    return tuple(
        Part(text=text, line=turn.line, start_s=turn.start_s, end_s=turn.end_s)
        for text in texts
        if text and not is_stage_direction(text)
    )
