"""Claims and stance judges on the encoder.

One pass of the network over an answer serves all stages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.artefacts import fingerprint
from pipeline.encoder import Encoder, Reading, Singles
from pipeline.judges.heads import Floats
from pipeline.judges.judgement import (
    HOLDS,
    POLARITIES,
    STANCES,
    ClaimJudgement,
    HolderJudge,
    StanceJudgement,
    by_label,
    compose,
)
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Answer, Row, Span
from pipeline.targets.blocs import BlocReading, read_west
from pipeline.targets.phrases import main_target

MAX_TOKENS_KEPT = 200_000
"""Tokens whose states are cached between stages: 150 MB with the small encoder."""


class SharedEncoder:
    """An encoder that caches the readings of answers, shared by the stages of a run."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.labels = encoder.labels
        self.source = f"model:{encoder.source}"
        self._read: dict[Answer, Reading] = {}

    @property
    def fingerprint(self) -> str:
        """Name, version, and a hash of the weights and the calibration."""
        return f"{self.source} {fingerprint(self.encoder.meta)}"

    def forget(self) -> None:
        """Empty the cache."""
        self._read.clear()

    def read(self, rows: Sequence[Row]) -> list[tuple[Reading, int]]:
        """Return the reading of each row's answer, and the unit's index in it."""
        places = [row.place for row in rows]
        asked = {id(answer): answer for answer, _ in places}  # a hash takes as long as an answer
        missing = [one for one in dict.fromkeys(asked.values()) if one not in self._read]
        if missing and sum(one.n_tokens for one in self._read.values()) > MAX_TOKENS_KEPT:
            self._read.clear()
            missing = list(dict.fromkeys(asked.values()))
        self._read |= zip(missing, self.encoder.read(missing), strict=True)
        read = {key: self._read[answer] for key, answer in asked.items()}
        return [(read[id(answer)], index) for answer, index in places]

    def vectors(self, rows: Sequence[Row]) -> Singles:
        """Return the unit vectors of rows, ``(n_rows, width)``."""
        read = self.read(rows)
        if not read:
            return np.zeros((0, self.encoder.width), np.float32)
        return np.stack([reading.vectors[index] for reading, index in read])

    def judge(self, rows: Sequence[Row]) -> Mapping[str, Singles]:
        """Return calibrated probabilities of each unit head, ``(n_rows, n_labels)``."""
        return self.encoder.judge(self.vectors(rows))

    def units_by_label(self, rows: Sequence[Row], head: str, labels: Sequence[str]) -> Floats:
        """Return a unit head's probabilities, with columns in the order of ``labels``."""
        columns = [self.labels[head].index(label) for label in labels]
        return self.judge(rows)[head][:, columns].astype(np.float64)

    def spans_by_label(
        self, rows: Sequence[Row], spans: Sequence[Span | None], head: str, labels: Sequence[str]
    ) -> Floats:
        """Return a span head's probabilities, with columns in the order of ``labels``.

        Args:
            spans: code points in each row's text; null for an implicit target.
        """
        if not rows:
            return np.zeros((0, len(labels)))
        read = self.read(rows)
        units = [reading.units[index] for reading, index in read]
        vectors = np.stack([reading.vectors[index] for reading, index in read])
        marked = np.stack(
            [self.encoder.span_vector(*one) for one in zip(units, spans, strict=True)]
        )
        columns = [self.encoder.labels[head].index(label) for label in labels]
        return self.encoder.judge_spans(head, vectors, marked)[:, columns].astype(np.float64)


@lru_cache(maxsize=2)
def load_encoder(folder: Path) -> SharedEncoder:
    """Verify and load an encoder, once for all judges.

    Raises:
        ArtefactError: it is missing, altered, or not an encoder.
    """
    return SharedEncoder(Encoder(folder))


class _Encoded:
    encoder: SharedEncoder
    component = ""

    @property
    def fingerprint(self) -> tuple[str, str]:
        """The encoder's hash and the head of claims."""
        return self.encoder.fingerprint, self.component

    def forget(self) -> None:
        """Empty the encoder's cache."""
        self.encoder.forget()


class EncodedClaims(_Encoded):
    """Judges component and kind with the encoder's heads.

    Args:
        component: the head of the definition of a claim.
    """

    def __init__(self, encoder: SharedEncoder, *, component: str = "component") -> None:
        self.encoder = encoder
        self.component = component
        self.source = encoder.source

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[ClaimJudgement]:
        """Judge rows, in order; ``reader`` is not used."""
        found = self.encoder.judge(rows)
        labels = self.encoder.labels
        return [
            ClaimJudgement(
                components=by_label(labels[self.component], found[self.component][i]),
                kinds=by_label(labels["kind"], found["kind"][i]),
            )
            for i in range(len(rows))
        ]


class EncodedStance(_Encoded):
    """Judges stance with the encoder's heads.

    Toward the West the four-way head judges. Toward any other bloc, a unit is relevant if it names
    one of its actors, and the polarity head, which sees a span but not its bloc, judges it.
    ``pipeline.targets.blocs`` decides which units of another West the four-way head can judge; it
    was trained on ``west-broad`` alone and sees no target, so a unit that names actors inside and
    outside the bloc is judged as about the one inside. Pronouns are not mentions here.
    """

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder
        self.source = encoder.source
        self.holders: HolderJudge = EncodedHolders(encoder)

    def judge(self, rows: Sequence[Row], reader: Reader) -> list[StanceJudgement]:
        """Judge the stance of each row toward the reader's bloc, on its main target."""
        if not rows:
            return []
        places = [reader.mentions.read(row.text, row.date) for row in rows]
        several = [i for i, found in enumerate(places) if sum(p.in_bloc for p in found) > 1]
        parsed = reader.syntax.read(rows[i].text for i in several)
        syntax = dict(zip(several, parsed, strict=True))
        mains = [main_target(found, syntax.get(i, ())) for i, found in enumerate(places)]
        pairs = zip(rows, mains, strict=True)
        targets = [row.target or (place.span if place else None) for row, place in pairs]
        four = self._four(rows, targets, read_west(rows, reader))
        return [
            StanceJudgement(
                probabilities=by_label(STANCES, four[i]),
                target=targets[i],
                actor=place.actors[0] if place else None,
            )
            for i, place in enumerate(mains)
        ]

    def polarities(self, rows: Sequence[Row], reader: Reader) -> Floats:
        """Return probabilities of ``POLARITIES`` toward each row's target, ``(n_rows, 3)``."""
        return self._toward(rows, [row.target for row in rows])

    def _four(
        self,
        rows: Sequence[Row],
        targets: Sequence[Span | None],
        readings: Sequence[BlocReading],
    ) -> Floats:
        """Return probabilities of ``STANCES``, judged as ``readings`` says, ``(n_rows, 4)``."""
        none = STANCES.index("none")
        four = np.zeros((len(rows), len(STANCES)))
        four[:, none] = 1.0
        trained = [i for i, reading in enumerate(readings) if reading in ("trained", "wider")]
        four[trained] = self.encoder.units_by_label([rows[i] for i in trained], "stance", STANCES)
        named = [
            i
            for i, reading in enumerate(readings)
            if reading == "named" or (reading == "wider" and four[i].argmax() == none)
        ]
        toward = self._toward([rows[i] for i in named], [targets[i] for i in named])
        four[named] = compose(np.ones(len(named)), toward)
        return four

    def _toward(self, rows: Sequence[Row], targets: Sequence[Span | None]) -> Floats:
        return self.encoder.spans_by_label(rows, targets, "polarity", POLARITIES)


class EncodedHolders:
    """Judges reported stances with the encoder's heads (a ``HolderJudge``)."""

    def __init__(self, encoder: SharedEncoder) -> None:
        self.encoder = encoder

    def reports(self, rows: Sequence[Row]) -> Floats:
        """Return how likely rows report any stance, and are about the bloc, ``(2, n_rows)``."""
        labels, found = self.encoder.labels, self.encoder.judge(rows)
        none = found["attributed"][:, labels["attributed"].index("none")].astype(np.float64)
        about = found["west"][:, labels["west"].index("about")].astype(np.float64)
        return np.stack([1.0 - none, about])

    def stances(self, rows: Sequence[Row], holders: Sequence[Span]) -> Floats:
        """Return probabilities in the order of ``HOLDS`` for each row's holder, ``(n_rows, 4)``."""
        return self.encoder.spans_by_label(rows, holders, "holder", HOLDS)
