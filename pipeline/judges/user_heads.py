"""Judges with heads that a user retrained on an encoder's vectors (``westward train``).

A folder of retrained heads has no network: it names its encoder, with the hash of the encoder's
weights and calibration, and does not load with any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.artefacts import (
    META,
    Arrays,
    Meta,
    find_model,
    fingerprint,
    read_artefact,
    read_description,
)
from pipeline.encoder import Singles
from pipeline.errors import ArtefactError
from pipeline.judges.encoder import EncodedStance, SharedEncoder, load_encoder
from pipeline.judges.heads import Floats, softmax
from pipeline.judges.judgement import STANCES
from pipeline.reading.rows import Row, Span

ENCODER = "encoder"
BASES = "bases"
RESPONSE = 10.0
"""Factor of the shipped log-probabilities, so that a penalty on weights hardly affects them."""
_FLOOR = 1e-6


@dataclass(frozen=True)
class Judged:
    """Unit vectors ``(n, width)`` and the shipped probabilities ``(n, n_labels)`` by head."""

    vectors: Singles
    probabilities: Mapping[str, Singles]


def identity_of(folder: Path) -> dict[str, str]:
    """Return the name and version of an encoder, and a hash of its weights and calibration.

    Raises:
        ArtefactError: the encoder's description cannot be read.
    """
    description = read_description(folder / META)
    return {
        "name": str(description["name"]),
        "version": str(description["version"]),
        "weights": fingerprint(description),
    }


def head_features(probabilities: NDArray[Any], states: NDArray[Any]) -> Floats:
    """Return the features of a retrained head, ``(n_rows, n_labels + width)``.

    The log-probabilities of ``log_features``, then the states divided by the root of their width,
    so that a penalty has the same effect at any width.

    Args:
        probabilities: of the shipped head, ``(n_rows, n_labels)``.
        states: the encoder's, ``(n_rows, width)``, standardised in training.
    """
    return np.hstack([log_features(probabilities), states / np.sqrt(states.shape[1])])


def log_features(probabilities: NDArray[Any]) -> Floats:
    """Return centred log-probabilities times ``RESPONSE``, ``(n_rows, n_labels)``."""
    logs = np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), _FLOOR))
    return np.asarray(RESPONSE * (logs - logs.mean(axis=1, keepdims=True)), dtype=np.float64)


@dataclass(frozen=True)
class RetrainedHead:
    """A logistic regression on a shipped head's probabilities and the encoder's states.

    Calibrated by bias-corrected temperature scaling: Alexandari, Kundaje and Shrikumar (2020),
    ICML.

    Attributes:
        labels: in the order of the rows of ``coef``.
        base: the shipped head that it starts from.
        coef: ``(n_labels, n_features)``, of ``head_features``, or of ``log_features`` alone if it
            only recalibrates.
        temperature: divisor of the scores.
        intercept, bias: ``(n_labels,)``, added before and after the division.
        mean, scale: standardise the states, ``(width,)``; unused if it only recalibrates.
    """

    labels: tuple[str, ...]
    base: str
    coef: Singles
    intercept: Floats
    temperature: float
    bias: Floats
    mean: Singles
    scale: Singles

    def probabilities(self, judged: Judged) -> Floats:
        """Return calibrated probabilities, ``(n_rows, n_labels)``."""
        shipped = judged.probabilities[self.base]
        if self.coef.shape[1] == len(self.labels):
            return self.answer(log_features(shipped))
        return self.answer(head_features(shipped, (judged.vectors - self.mean) / self.scale))

    def answer(self, features: Floats) -> Floats:
        """Return calibrated probabilities of features, ``(n_rows, n_labels)``."""
        scores = features @ self.coef.T + self.intercept
        return softmax(scores / self.temperature + self.bias)

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Return the arrays to store, by their places in the file."""
        stored = {**vars(self), "coef": self.coef.astype(np.float16)}
        return {place.format(name): np.asarray(stored[key]) for key, place in _STORED.items()}

    @classmethod
    def from_arrays(
        cls, name: str, labels: tuple[str, ...], base: str, arrays: Arrays
    ) -> RetrainedHead:
        """Rebuild a stored head.

        Raises:
            ArtefactError: an array is missing.
        """
        try:
            part: dict[str, Any] = {
                key: arrays[place.format(name)] for key, place in _STORED.items()
            }
        except KeyError as error:
            raise ArtefactError(
                f'weights.npz: array {error} of the head "{name}" is missing; train the heads again'
            ) from error
        part |= {"coef": part["coef"].astype(np.float32), "temperature": float(part["temperature"])}
        return cls(labels, base, **part)


_STORED = {
    **{key: f"head/{{}}/{key}" for key in ("coef", "intercept", "temperature", "bias")},
    **{key: f"states/{{}}/{key}" for key in ("mean", "scale")},
}
"""Where a head's arrays are in the file."""


class RetrainedEncoder(SharedEncoder):
    """A ``SharedEncoder`` with some heads replaced by a user's.

    Shares its cache with the shipped judges, so that two stages read an answer once.
    """

    def __init__(
        self,
        shared: SharedEncoder,
        heads: Mapping[str, RetrainedHead],
        *,
        source: str,
        description: str = "",
    ) -> None:
        super().__init__(shared.encoder)
        self._read = shared._read
        self.heads = dict(heads)
        self.source = f"model:{source}"
        own = {name: head.labels for name, head in heads.items()}
        self.labels = {**shared.labels, **own}
        self.description = description

    @property
    def fingerprint(self) -> str:
        """That of the encoder, and the description of the heads with the hashes of their files."""
        return f"{super().fingerprint} {self.description}"

    def judge(self, rows: Sequence[Row]) -> Mapping[str, Singles]:
        """Return calibrated probabilities of each unit head, ``(n_rows, n_labels)``."""
        vectors = self.vectors(rows)
        judged = Judged(vectors, self.encoder.judge(vectors))
        own = {
            name: head.probabilities(judged).astype(np.float32) for name, head in self.heads.items()
        }
        return {**judged.probabilities, **own}


class RetrainedStance(EncodedStance):
    """Judges stance toward a West with a retrained four-way head alone, as in training.

    The shipped relevance and polarity heads do not follow the user's definition; they judge other
    blocs and reported content, as in ``EncodedStance``.
    """

    def _four_way(self, rows: Sequence[Row], targets: Sequence[Span | None]) -> Floats:
        return self.encoder.units_by_label(rows, "stance", STANCES)


def load_retrained(folder: Path, *, models: Path | None = None) -> RetrainedEncoder:
    """Verify and load retrained heads with their encoder.

    Args:
        folder: of the heads.
        models: a folder of models to search first for the encoder.

    Raises:
        ArtefactError: a file is missing or altered, the folder holds no retrained heads, or the
            encoder is not that of training.
    """
    meta, arrays = read_artefact(folder)
    place = require_encoder(folder, meta, models=models)
    heads = {
        name: RetrainedHead.from_arrays(name, labels, meta.settings[BASES][name], arrays)
        for name, labels in meta.labels.items()
    }
    return RetrainedEncoder(
        load_encoder(place),
        heads,
        source=f"{meta.name}@{meta.version}",
        description=meta.model_dump_json(),
    )


def require_encoder(folder: Path, meta: Meta, *, models: Path | None = None) -> Path:
    """Return the folder of the encoder that heads were trained on.

    Raises:
        ArtefactError: it is not installed, or another one is installed under its name.
    """
    wanted = meta.settings[ENCODER]
    place = find_model(str(wanted["name"]), models=models)
    found = identity_of(place)
    if wanted.get("weights") != found["weights"]:
        raise ArtefactError(
            f"{folder}: its heads were trained on {wanted['name']}@{wanted['version']} with other "
            f"weights or calibration (sha256 {str(wanted.get('weights'))[:12]}...) than that of "
            f"{place} (sha256 {found['weights'][:12]}...); train them again: "
            f"westward train {meta.task} FILE..."
        )
    return place
