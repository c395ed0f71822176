"""Judges whose heads a user retrained on an encoder's embeddings (``westward train``).

A folder of retrained heads holds no network: it names the encoder whose vectors its heads read,
with the hash of that encoder's weights and calibration, and is refused with any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.artefacts import META, Meta, find_model, fingerprint, read_artefact, read_description
from pipeline.errors import ArtefactError
from pipeline.features.heads import Floats, LinearHead
from pipeline.features.rows import Row, Span
from pipeline.stages.encoded import EncodedClaims, EncodedStance, SharedEncoder, load_encoder
from pipeline.stages.stance_model import STANCES

ENCODER = "encoder"
BASES = "bases"
RESPONSE = 10.0
_FLOOR = 1e-6
Singles = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Judged:
    """Unit vectors ``(n, width)`` and, a head, the shipped ``probabilities`` ``(n, n_labels)``."""

    vectors: Singles
    probabilities: Mapping[str, Singles]


def identity_of(folder: Path) -> dict[str, str]:
    """Return what heads depend on of an encoder: its name, version and hashes.

    ``weights`` is of network, tokenizer, heads and calibration.

    Raises:
        ArtefactError: the encoder's description cannot be read.
    """
    description = read_description(folder / META)
    return {
        "name": str(description["name"]),
        "version": str(description["version"]),
        "weights": fingerprint(description),
    }


def head_features(probabilities: npt.NDArray[Any], states: npt.NDArray[Any]) -> Floats:
    """Return what a retrained head reads, ``(n_rows, n_labels + width)``.

    First the shipped head's calibrated log-probabilities, about their mean and times ``RESPONSE``,
    so that a penalty on the size of weights leaves what the shipped head knows nearly free; then
    the states divided by the root of their width, so that a penalty means the same at any width.

    Args:
        probabilities: of the shipped head, ``(n_rows, n_labels)``.
        states: the encoder's, ``(n_rows, width)``, standardised in training.
    """
    return np.hstack([known(probabilities), states / np.sqrt(states.shape[1])])


def known(probabilities: npt.NDArray[Any]) -> Floats:
    """Return a shipped head's log-probabilities as features, ``(n_rows, n_labels)``."""
    logs = np.log(np.maximum(np.asarray(probabilities, dtype=np.float64), _FLOOR))
    return np.asarray(RESPONSE * (logs - logs.mean(axis=1, keepdims=True)), dtype=np.float64)


class RetrainedHead:
    """A head on an encoder's states and on what the shipped head says.

    Args:
        head: reads ``head_features``, or the log-probabilities alone where it only recalibrates.
        base: the shipped head that it starts from.
        mean, scale: standardise the states, ``(width,)``; unused where it only recalibrates.
    """

    def __init__(self, head: LinearHead, *, base: str, mean: Singles, scale: Singles) -> None:
        self.head = head
        self.base = base
        self.mean = mean
        self.scale = scale

    def probabilities(self, judged: Judged) -> Floats:
        """Return calibrated probabilities, ``(n_rows, n_labels)``."""
        shipped = judged.probabilities[self.base]
        if self.head.coef.shape[1] == len(self.head.labels):
            return self.head.probabilities(known(shipped))
        states = (judged.vectors - self.mean) / self.scale
        return self.head.probabilities(head_features(shipped, states))


class RetrainedEncoder(SharedEncoder):
    """Answers as a ``SharedEncoder`` does, with some of its heads replaced by a user's.

    It shares what has been read with the shipped judges: where one stage has retrained heads and
    the other shipped ones, an answer is still read once.
    """

    def __init__(
        self, shared: SharedEncoder, heads: Mapping[str, RetrainedHead], *, source: str
    ) -> None:
        super().__init__(shared.encoder)
        self._read = shared._read
        self.heads = dict(heads)
        self.source = f"model:{source}"
        own = {name: retrained.head.labels for name, retrained in heads.items()}
        self.labels = {**shared.labels, **own}

    def judge(self, rows: Sequence[Row]) -> Mapping[str, np.ndarray]:
        """Return calibrated probabilities of every unit head, each ``(n_rows, n_labels)``."""
        vectors = self.vectors(rows)
        judged = Judged(vectors, self.encoder.judge(vectors))
        own = {
            name: head.probabilities(judged).astype(np.float32) for name, head in self.heads.items()
        }
        return {**judged.probabilities, **own}


class RetrainedStance(EncodedStance):
    """Stance by a retrained four-way head, which answers alone, as it was compared in training.

    The shipped relevance and polarity heads know nothing of the user's definition; they judge
    toward another bloc than a West, and in reported content, as in ``EncodedStance``.
    """

    def _learnt(self, rows: Sequence[Row], targets: Sequence[Span | None]) -> Floats:
        return self.encoder.by_label(rows, "stance", STANCES)


def is_retrained(folder: Path) -> bool:
    """Say whether a model folder holds retrained heads."""
    return ENCODER in read_description(folder / META).get("settings", {})


def load_claims(folder: Path, *, models: Path | None = None) -> EncodedClaims:
    """Load a claims judge with retrained heads; raises as ``load_retrained``."""
    return EncodedClaims(load_retrained(folder, models=models))


def load_stance(folder: Path, *, models: Path | None = None) -> EncodedStance:
    """Load a stance judge with a retrained four-way head; raises as ``load_retrained``."""
    return RetrainedStance(load_retrained(folder, models=models))


def load_retrained(folder: Path, *, models: Path | None = None) -> RetrainedEncoder:
    """Verify and load retrained heads and the encoder they read.

    Args:
        folder: of the heads.
        models: a folder of models that is searched for the encoder first.

    Raises:
        ArtefactError: a file is missing or altered, or the heads are of another encoder.
    """
    artefact = read_artefact(folder)
    meta, arrays = artefact.meta, artefact.arrays
    place = require_encoder(folder, meta, models=models)
    heads = {
        name: RetrainedHead(
            LinearHead.from_arrays(name, labels, arrays),
            base=str(meta.settings[BASES][name]),
            mean=_array(arrays, f"states/{name}/mean"),
            scale=_array(arrays, f"states/{name}/scale"),
        )
        for name, labels in meta.labels.items()
    }
    return RetrainedEncoder(load_encoder(place), heads, source=f"{meta.name}@{meta.version}")


def require_encoder(folder: Path, meta: Meta, *, models: Path | None = None) -> Path:
    """Return the folder of the encoder that heads were trained on.

    Raises:
        ArtefactError: it is not installed, or what is installed under its name is another.
    """
    wanted = meta.settings[ENCODER]
    place = find_model(str(wanted["name"]), models=models)
    found = identity_of(place)
    if wanted.get("weights") != found["weights"]:
        raise ArtefactError(
            f"{folder}: its heads were trained on {wanted['name']}@{wanted['version']} with other "
            f"weights or calibration (sha256 {str(wanted.get('weights'))[:12]}...) than that of "
            f"{place} (sha256 {found['weights'][:12]}...); train them again: "
            f"westward train {meta.task} --data FILE..."
        )
    return place


def _array(arrays: Mapping[str, npt.NDArray[Any]], key: str) -> npt.NDArray[Any]:
    if key not in arrays:
        raise ArtefactError(f'weights.npz: array "{key}" is missing; train the heads again')
    return arrays[key]
