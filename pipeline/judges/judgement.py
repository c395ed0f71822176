"""The judgements of claims and stance models, and the protocols of such models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol, cast

import numpy as np

from pipeline.judges.heads import Floats
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, Span
from pipeline.records import ClaimKind, Component

POLARITIES = ("favor", "against", "neutral")
STANCES = (*POLARITIES, "none")
"""The columns of stance probabilities, in order."""


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """Probabilities by label for one unit; ``kinds`` is null if the model has no kinds."""

    components: dict[str, float]
    kinds: dict[str, float] | None

    @property
    def component(self) -> Component:
        """The most probable component."""
        return cast(Component, max(self.components.items(), key=itemgetter(1))[0])

    @property
    def kind(self) -> ClaimKind | None:
        """The most probable kind of a claim; null for other components."""
        if self.component != "claim" or self.kinds is None:
            return None
        return cast(ClaimKind, max(self.kinds.items(), key=itemgetter(1))[0])


@dataclass(frozen=True, slots=True)
class StanceJudgement:
    """Stance of one unit toward the bloc.

    Attributes:
        probabilities: of favor, against, neutral and none; they sum to one.
        target: code points of the words on which the polarity was judged; null if implicit.
        actor: the actor that the target names.
    """

    probabilities: dict[str, float]
    target: Span | None
    actor: str | None

    @property
    def label(self) -> str:
        """The most probable of favor, against, neutral, none."""
        return max(self.probabilities.items(), key=itemgetter(1))[0]


def by_label(labels: Sequence[str], shares: Iterable[float]) -> dict[str, float]:
    """Return probabilities by label, rounded to four decimals."""
    return {label: round(float(share), 4) for label, share in zip(labels, shares, strict=True)}


class ClaimsJudge(Protocol):
    """Judges component and kind."""

    @property
    def source(self) -> str:
        """Name and version of the judge, as in records: ``model:encoder-small@1.0.0``."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order."""


HOLDS = ("none", "favor", "neutral", "against")
"""Stances of a marked holder, in the order of a ``HolderJudge``'s columns."""


class HolderJudge(Protocol):
    """Judges whether a unit reports a stance of others, and whose."""

    def reports(self, rows: Sequence[Row]) -> Floats:
        """Return how likely rows report any stance, and are about the bloc, ``(2, n_rows)``."""

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        """Return probabilities in the order of ``HOLDS`` for each row's holder, ``(n_rows, 4)``."""


class OwnStanceJudge(Protocol):
    """Judges the speakers' own stance toward the reader's bloc."""

    @property
    def source(self) -> str:
        """Name and version of the judge, as in records."""

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge rows, in order."""


class StanceJudge(OwnStanceJudge, Protocol):
    """Judges also reported stances, and polarity toward any target."""

    @property
    def holders(self) -> HolderJudge:
        """The judge of reported stances."""

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return favor, against, neutral toward each row's own target, ``(n_rows, 3)``."""


def compose(relevance: Floats, polarity: Floats) -> Floats:
    """Return the four-way probabilities of ``relevance x polarity``, ``(n_rows, 4)``."""
    return np.column_stack([polarity * relevance[:, None], 1.0 - relevance])
