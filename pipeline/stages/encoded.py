"""The claims and stance models whose judge is the fine-tuned encoder.

They answer as ``ClaimsModel`` and ``StanceModel`` do, so that a stage takes either. One pass of
the network over an answer serves all stages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.encoder import Encoder, Reading
from pipeline.features.featuriser import Reader
from pipeline.features.heads import Floats
from pipeline.features.rows import Answer, Row, Span
from pipeline.stages.judgement import HOLDS, ClaimJudgement, HolderJudge, StanceJudgement
from pipeline.stages.stance_model import POLARITIES, STANCES, compose, main_target
from pipeline.stages.western import BlocReading, read_west

MAX_TOKENS_KEPT = 200_000
"""Tokens whose states are kept between the stages of a run: 150 MB with the small encoder."""


class SharedEncoder:
    """An encoder that keeps the answers it has read, for the stages that ask about the same."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.labels = encoder.labels
        self.source = f"model:{encoder.source}"
        self._read: dict[Answer, Reading] = {}

    def read(self, rows: Sequence[Row]) -> list[tuple[Reading, int]]:
        """Return the reading of each row's answer, and the unit's position in it."""
        places = [row.place for row in rows]
        missing = list(dict.fromkeys(answer for answer, _ in places if answer not in self._read))
        if missing and sum(one.n_tokens for one in self._read.values()) > MAX_TOKENS_KEPT:
            self._read.clear()
            missing = list(dict.fromkeys(answer for answer, _ in places))
        self._read |= zip(missing, self.encoder.read(missing), strict=True)
        return [(self._read[answer], index) for answer, index in places]

    def vectors(self, rows: Sequence[Row]) -> np.ndarray:
        """Return the unit vectors of rows, ``(n_rows, width)``."""
        read = self.read(rows)
        if not read:
            return np.zeros((0, self.encoder.width), np.float32)
        return np.stack([reading.vectors[index] for reading, index in read])

    def judge(self, rows: Sequence[Row]) -> Mapping[str, np.ndarray]:
        """Return calibrated probabilities of every unit head, each ``(n_rows, n_labels)``."""
        return self.encoder.judge(self.vectors(rows))

    def by_label(self, rows: Sequence[Row], head: str, labels: Sequence[str]) -> Floats:
        """Return a unit head's probabilities with its columns in the order of ``labels``."""
        columns = [self.labels[head].index(label) for label in labels]
        return self.judge(rows)[head][:, columns].astype(np.float64)

    def spans_by_label(
        self, rows: Sequence[Row], spans: Sequence[Span | None], head: str, labels: Sequence[str]
    ) -> Floats:
        """Return a span head's probabilities of each row's span, columns as ``labels``.

        Args:
            spans: code points of each row's text; null where the target is only meant.
        """
        if not rows:
            return np.zeros((0, len(labels)))
        read = self.read(rows)
        vectors = np.stack([reading.vectors[index] for reading, index in read])
        marked = np.stack(
            [
                self.encoder.span_vector(reading.units[index], span)
                for (reading, index), span in zip(read, spans, strict=True)
            ]
        )
        columns = [self.encoder.labels[head].index(label) for label in labels]
        return self.encoder.judge_spans(head, vectors, marked)[:, columns].astype(np.float64)


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
        found = self.encoder.judge(rows)
        labels = self.encoder.labels
        return [
            ClaimJudgement(
                components=_named(labels[self.component], found[self.component][i]),
                kinds=_named(labels["kind"], found["kind"][i]),
            )
            for i in range(len(rows))
        ]


class EncodedStance:
    """Stance by the encoder.

    For the West the answer is the mean of the four-way head and of relevance times polarity. For
    any other bloc a unit is about it where it names one of its actors, and the polarity head, which
    is asked about a span and not about whom it names, judges. Reported content is judged by the
    polarity head too.

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
        self.holders: HolderJudge | None = EncodedHolders(encoder)

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
        targets: Sequence[Span | None],
        readings: Sequence[BlocReading],
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

    def _learnt(self, rows: Sequence[Row], targets: Sequence[Span | None]) -> Floats:
        """The mean of the four-way head and of relevance times polarity, ``(n_rows, 4)``."""
        four = self.encoder.by_label(rows, "stance", STANCES)
        about = self.encoder.by_label(rows, "west", ["about"])[:, 0]
        mean: Floats = (four + compose(about, self._toward(rows, targets))) / 2
        return mean

    def _toward(self, rows: Sequence[Row], targets: Sequence[Span | None]) -> Floats:
        return self.encoder.spans_by_label(rows, targets, "polarity", POLARITIES)


class EncodedHolders:
    """What is reported of others, by the encoder's heads for it (a ``HolderJudge``)."""

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder

    def reports(self, rows: Sequence[Row]) -> Floats:
        """Return how probable it is that a row reports a stance at all, ``(n_rows,)``."""
        none = self.encoder.by_label(rows, "attributed", ["none"])
        return 1.0 - none[:, 0]

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        """Return none, favor, neutral, against of each row's marked holder, ``(n_rows, 4)``."""
        return self.encoder.spans_by_label(rows, holders, "holder", HOLDS)


def _named(labels: Sequence[str], values: np.ndarray) -> dict[str, float]:
    return {label: round(float(p), 4) for label, p in zip(labels, values, strict=True)}
