"""The claims and stance models whose judge is the fine-tuned encoder.

They answer as ``ClaimsModel`` and ``StanceModel`` do, so that a stage takes either. One pass of
the network over a unit serves both stages.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.encoder import BaseEncoder, frame_holder, frame_plain, frame_target, open_encoder
from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Row, Span
from pipeline.stages.judgement import HOLDS, ClaimJudgement, HolderJudge, StanceJudgement
from pipeline.stages.stance_model import (
    POLARITIES,
    STANCES,
    compose,
    main_target,
)
from pipeline.stages.western import Reading, read_west

MEANT = "the West"
_REMEMBERED = 50_000
_TINY = 1e-9


class SharedEncoder:
    """An encoder that remembers what it has judged, for the stages that ask the same."""

    def __init__(self, encoder: BaseEncoder) -> None:
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
    return SharedEncoder(open_encoder(folder))


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

    For the West the answer is the mean of the four-way head and of relevance times polarity: on
    1,422 dev rows (those of the data and those annotated beside them) their macro-F1 is .670 with
    encoder-standard@0.4.0, the four-way head's alone .666, and .660 composed; their log losses are
    .613, .633 and .612. For any other bloc a unit is about it where it names one of its actors, and
    the polarity head, which sees a marked target and not who it is of, judges. Reported content is
    judged by the polarity head too.

    The four-way head learnt one West, ``west-broad`` as Westward ships it. A bloc is a West too
    where the actor "West" belongs to it; where it is a narrower or wider one, the actor table at
    the interview's date decides unit by unit what the head's answer is worth
    (``pipeline.stages.western``): a unit whose Western mentions are all outside the narrower bloc
    is ``none``, for it is about somebody else; one that names actors of the wider bloc alone is
    judged as for any other bloc, if the head finds nothing about the West in it. The four-way
    head sees no target: where a unit names actors in and out of the bloc, its answer is kept for
    the one inside. A pronoun that means an actor is not a mention here.
    """

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder
        self.source = encoder.source
        known = "holder" in encoder.encoder.labels
        self.holders: HolderJudge | None = EncodedHolders(encoder) if known else None

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
        four = self._four(rows, targets, read_west(rows, reader))
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

    def _four(
        self,
        rows: Sequence[Row],
        targets: Sequence[tuple[int, int] | None],
        readings: Sequence[Reading],
    ) -> Floats:
        """Return favor, against, neutral, none of each row as it is to be read, ``(n_rows, 4)``."""
        none = STANCES.index("none")
        four = np.zeros((len(rows), len(STANCES)))
        four[:, none] = 1.0
        learnt = [i for i, reading in enumerate(readings) if reading in ("learnt", "wider")]
        four[learnt] = self._learnt([rows[i] for i in learnt], [targets[i] for i in learnt])
        named = [
            i
            for i, reading in enumerate(readings)
            if reading == "named" or (reading == "wider" and four[i].argmax() == none)
        ]
        toward = self._toward([rows[i] for i in named], [targets[i] for i in named])
        four[named] = compose(np.ones(len(named)), toward)
        return four

    def _learnt(self, rows: Sequence[Row], targets: Sequence[tuple[int, int] | None]) -> Floats:
        """The mean of the four-way head and of relevance times polarity, ``(n_rows, 4)``.

        Where no polarity could make another class than ``none`` the likeliest, the second pass is
        spared, and the four-way head's own split of favor, against and neutral stands for it.
        """
        pairs = [plain_pair(row) for row in rows]
        four = self.encoder.by_label(pairs, "stance", STANCES)
        about = self.encoder.by_label(pairs, "west", ["about"])[:, 0]
        sided = four[:, : len(POLARITIES)]
        polarity = sided / sided.sum(axis=1, keepdims=True).clip(min=_TINY)
        decides = sided.max(axis=1) + about >= four[:, -1] + 1.0 - about
        open_ = [int(i) for i in np.flatnonzero(decides)]
        polarity[open_] = self._toward([rows[i] for i in open_], [targets[i] for i in open_])
        mean: Floats = (four + compose(about, polarity)) / 2
        return mean

    def _toward(self, rows: Sequence[Row], targets: Sequence[tuple[int, int] | None]) -> Floats:
        pairs = [target_pair(row, target) for row, target in zip(rows, targets, strict=True)]
        return self.encoder.by_label(pairs, "polarity", POLARITIES)


class EncodedHolders:
    """What is reported of others, by the encoder's heads for it (a ``HolderJudge``)."""

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder

    def reports(self, rows: Sequence[Row]) -> Floats:
        """Return how probable it is that a row reports a stance at all, ``(n_rows,)``."""
        none = self.encoder.by_label([plain_pair(row) for row in rows], "attributed", ["none"])
        return 1.0 - none[:, 0]

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        """Return none, favor, neutral, against of each row's marked holder, ``(n_rows, 4)``."""
        pairs = [holder_pair(row, holder) for row, holder in zip(rows, holders, strict=True)]
        return self.encoder.by_label(pairs, "holder", HOLDS)


def plain_pair(row: Row) -> tuple[str, str]:
    """Return the two segments in which the encoder reads a row."""
    return frame_plain(
        row.text, question=row.question, before=row.context_before, after=row.context_after
    )


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
        after=row.context_after,
    )


def holder_pair(row: Row, holder: Span) -> tuple[str, str]:
    """Return the two segments with one who may hold a stance named and marked."""
    start, end = holder
    return frame_holder(
        row.text,
        start=start,
        end=end,
        question=row.question,
        before=row.context_before,
        after=row.context_after,
    )


def _named(labels: Sequence[str], values: Floats) -> dict[str, float]:
    return {label: round(float(p), 4) for label, p in zip(labels, values, strict=True)}
