"""The claims and stance models whose judge is the fine-tuned encoder.

They answer as ``ClaimsModel`` and ``StanceModel`` do, so that a stage takes either. One pass of
the network over a unit serves both stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.encoder import Encoder, frame_plain, frame_target
from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row
from pipeline.stages.judgement import ClaimJudgement, StanceJudgement
from pipeline.stages.stance_model import (
    POLARITIES,
    STANCES,
    compose,
    main_target,
)

WEST = frozenset({"west-allied", "west-broad", "west-core"})
MEANT = "the West"
_REMEMBERED = 50_000


class SharedEncoder:
    """An encoder that remembers what it has judged, for the stages that ask the same."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.source = f"model:{encoder.source}"
        self._seen: dict[tuple[str, str], dict[str, Floats]] = {}

    def predict(self, pairs: Sequence[tuple[str, str]], head: str) -> Floats:
        """Return calibrated probabilities of a head, ``(n_pairs, n_labels)``."""
        missing = sorted({pair for pair in pairs if pair not in self._seen})
        if len(self._seen) + len(missing) > _REMEMBERED:
            self._seen.clear()
            missing = sorted(set(pairs))
        if missing:
            found = self.encoder.predict(missing)
            for i, pair in enumerate(missing):
                self._seen[pair] = {
                    name: values[i].astype(np.float64) for name, values in found.items()
                }
        if not pairs:
            return np.zeros((0, len(self.encoder.labels[head])))
        return np.stack([self._seen[pair][head] for pair in pairs])

    def by_label(
        self, pairs: Sequence[tuple[str, str]], head: str, labels: Sequence[str]
    ) -> Floats:
        """Return a head's probabilities with its columns in the order of ``labels``."""
        columns = [self.encoder.labels[head].index(label) for label in labels]
        return self.predict(pairs, head)[:, columns]


@lru_cache(maxsize=2)
def load_encoder(folder: Path) -> SharedEncoder:
    """Verify and load an encoder once for all who judge with it.

    Raises:
        ArtefactError: it is missing, altered, or no encoder.
    """
    return SharedEncoder(Encoder(folder))


class EncodedClaims:
    """Component and kind by the encoder's heads; ``component`` names the definition's head."""

    def __init__(self, encoder: SharedEncoder, *, component: str = "component") -> None:
        self.encoder = encoder
        self.component = component
        self.source = encoder.source

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order; the reader is not asked, the encoder reads the text itself."""
        pairs = [plain_pair(row) for row in rows]
        components = self.encoder.predict(pairs, self.component)
        kinds = self.encoder.predict(pairs, "kind")
        labels = self.encoder.encoder.labels
        return [
            ClaimJudgement(
                components=_named(labels[self.component], components[i]),
                kinds=_named(labels["kind"], kinds[i]),
            )
            for i in range(len(rows))
        ]


class EncodedStance:
    """Stance by the encoder.

    For the West the four-way head answers: on dev it does no worse than relevance times polarity,
    nor than the mean of both, and asks for one pass instead of two. For any other bloc a unit is
    about it where it names one of its actors, and the polarity head, which sees a marked target
    and not who it is of, judges. Reported content is judged by the polarity head too.
    """

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder
        self.source = encoder.source

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge the stance of each row toward the reader's bloc, on its main target."""
        if not rows:
            return []
        syntax = reader.syntax.read(row.text for row in rows)
        mains = [
            main_target(reader.mentions.read(row.text, row.date), tokens)
            for row, tokens in zip(rows, syntax, strict=True)
        ]
        targets = [
            row.target or (place.span if place else None)
            for row, place in zip(rows, mains, strict=True)
        ]
        if reader.bloc in WEST:
            four = self.encoder.by_label([plain_pair(row) for row in rows], "stance", STANCES)
        else:
            named = np.array([float(place is not None) for place in mains])
            four = compose(named, self._toward(rows, targets))
        return [
            StanceJudgement(
                probabilities=_named(STANCES, four[i]),
                target=targets[i],
                actor=place.actors[0] if place else None,
                cues=(),
            )
            for i, place in enumerate(mains)
        ]

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return favor, against, neutral toward each row's own target, ``(n_rows, 3)``."""
        return self._toward(rows, [row.target for row in rows])

    def _toward(self, rows: Sequence[Row], targets: Sequence[tuple[int, int] | None]) -> Floats:
        pairs = [target_pair(row, target) for row, target in zip(rows, targets, strict=True)]
        return self.encoder.by_label(pairs, "polarity", POLARITIES)


def plain_pair(row: Row) -> tuple[str, str]:
    """Return the two segments in which the encoder reads a row."""
    return frame_plain(row.text, question=row.question, before=row.context_before)


def target_pair(row: Row, target: tuple[int, int] | None) -> tuple[str, str]:
    """Return the two segments with the target named and marked; without one it is the West."""
    start, end = target or (None, None)
    return frame_target(
        row.text,
        row.text[start:end] if target else MEANT,
        start=start,
        end=end,
        question=row.question,
        before=row.context_before,
    )


def _named(labels: Sequence[str], values: Floats) -> dict[str, float]:
    return {label: round(float(p), 4) for label, p in zip(labels, values, strict=True)}
