"""What each speaker does in a document: how often, how briefly, asking or answering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.turns.labels import Label
from pipeline.turns.questions import asks, ends_asking
from pipeline.turns.segments import Segment
from pipeline.turns.speakers import Key

_ASKS = 0.6
_SHORT_TURN = 60


@dataclass(frozen=True)
class Voice:
    """One speaker's part in a document.

    ``asking`` is the share of the turns that ask, ``answering`` of those behind one that does;
    ``puts`` says that a question is left for others in one of them at least: it ends the turn.
    """

    key: Key
    labels: tuple[Label, ...]
    turns: int
    asking: float
    words: float
    opens: bool = False
    closes: bool = False
    answering: float = 0.0
    puts: bool = True

    @property
    def is_asker(self) -> bool:
        """Mostly asks, and briefly: a panellist who puts a question argues before it.

        Who is asked as often, more than once, answers, with a question as it may be.
        """
        answers = self.turns > 1 and self.answering >= self.asking
        return self.asking >= _ASKS and self.words <= _SHORT_TURN and not answers

    @property
    def steering(self) -> float:
        """How far the speaker leads the talk: asks often, and briefly."""
        return self.turns * self.asking / (1 + self.words / 100)


def hear_voices(segments: Sequence[Segment]) -> list[Voice]:
    """Sum up what each speaker does, in order of appearance."""
    by_key: dict[Key, list[Segment]] = {}
    answers: Counter[Key] = Counter()
    asked = False
    for segment in segments:
        by_key.setdefault(segment.key, []).append(segment)
        answers[segment.key] += asked
        asked = asks(segment.text)
    return [
        Voice(
            key=key,
            labels=tuple(label for segment in own for label in segment.labels),
            turns=len(own),
            asking=sum(asks(segment.text) for segment in own) / len(own),
            words=sum(len(segment.text.split()) for segment in own) / len(own),
            opens=own[0] is segments[0],
            closes=own[-1] is segments[-1],
            answering=answers[key] / len(own),
            puts=any(ends_asking(segment.text) for segment in own),
        )
        for key, own in by_key.items()
    ]
