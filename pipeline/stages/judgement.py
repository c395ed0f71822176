"""What a claims or stance model says of a unit, and what a stage asks of such a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row, Span
from pipeline.records import ClaimKind, Component


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """What the model says of one unit: probabilities by label; ``kinds`` where it knows them."""

    components: dict[str, float]
    kinds: dict[str, float] | None

    @property
    def component(self) -> Component:
        """The most probable component."""
        return cast(Component, max(self.components, key=lambda label: self.components[label]))

    @property
    def kind(self) -> ClaimKind | None:
        """The most probable kind of a claim; null for other components."""
        if self.component != "claim" or self.kinds is None:
            return None
        kinds = self.kinds
        return cast(ClaimKind, max(kinds, key=lambda label: kinds[label]))


@dataclass(frozen=True, slots=True)
class StanceJudgement:
    """What the model says of one unit.

    Attributes:
        probabilities: of favor, against, neutral and none; they sum to one.
        target: the words of the bloc on which the polarity was judged; null where only meant.
        actor: whom the target names.
        cues: words that spoke most for the polarity.
    """

    probabilities: dict[str, float]
    target: Span | None
    actor: str | None
    cues: tuple[Span, ...]

    @property
    def label(self) -> str:
        """The most probable of favor, against, neutral, none."""
        return max(self.probabilities, key=lambda label: self.probabilities[label])


class ClaimsJudge(Protocol):
    """Judges component and kind."""

    @property
    def source(self) -> str:
        """How a record names the judge: ``model:claims@0.1.0``."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order."""


HOLDS = ("none", "favor", "neutral", "against")
"""Stances of a marked holder, in the order of a ``HolderJudge``'s columns."""


class HolderJudge(Protocol):
    """Judges whether a unit reports a stance of others, and of whom."""

    def reports(self, rows: Sequence[Row]) -> Floats:
        """Return how probable it is that a row reports a stance at all, ``(n_rows,)``."""

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        """Return none, favor, neutral, against of each row's marked holder, ``(n_rows, 4)``."""


class StanceJudge(Protocol):
    """Judges stance toward the reader's bloc, and polarity toward any target."""

    @property
    def holders(self) -> HolderJudge | None:
        """Who judges what is reported of others; null where the model does not."""

    @property
    def source(self) -> str:
        """How a record names the judge."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge rows, in order."""

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return favor, against, neutral toward each row's own target, ``(n_rows, 3)``."""
