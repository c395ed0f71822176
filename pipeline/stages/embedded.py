"""Judges whose heads a user retrained on an encoder's embeddings (``westward train``).

A folder of retrained heads holds no network: it names the encoder whose states its heads read, with
the hashes of that encoder's weights, calibration and templates, and is refused with any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from pipeline.artefacts import META, Meta, find_model, fingerprint, read_artefact, read_description
from pipeline.encoder import BaseEncoder
from pipeline.encoder.network import Judgement
from pipeline.errors import ArtefactError
from pipeline.features.heads import Floats, LinearHead
from pipeline.features.rows import Row, Span
from pipeline.stages.encoded import EncodedClaims, EncodedStance, SharedEncoder, plain_pair
from pipeline.stages.encoded import load_encoder as load_shipped
from pipeline.stages.stance_model import STANCES

ENCODER = "encoder"
BASES = "bases"
RESPONSE = 10.0
_FLOOR = 1e-6
_REMEMBERED = 4_000
_PROBE = Row("Text.", "Before.", "After.", "Question?")

Pair = tuple[str, str]
Singles = npt.NDArray[np.float32]


def identity_of(folder: Path) -> dict[str, str]:
    """Return what heads depend on of an encoder: its name, version and hashes.

    ``weights`` is of network, tokenizer and calibration; ``template`` of how a sentence and its
    surroundings are put before it.

    Raises:
        ArtefactError: the encoder's description cannot be read.
    """
    description = read_description(folder / META)
    framed = json.dumps(plain_pair(_PROBE), ensure_ascii=False)
    return {
        "name": str(description["name"]),
        "version": str(description["version"]),
        "weights": fingerprint(description),
        "template": hashlib.sha256(framed.encode("utf8")).hexdigest(),
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

    def probabilities(self, judged: Judgement) -> Floats:
        """Return calibrated probabilities, ``(n_rows, n_labels)``."""
        shipped = judged.probabilities[self.base]
        if self.head.coef.shape[1] == len(self.head.labels):
            return self.head.probabilities(known(shipped))
        states = (judged.states - self.mean) / self.scale
        return self.head.probabilities(head_features(shipped, states))


class Passes:
    """An encoder that remembers its last few thousand pairs, for judges that ask the same."""

    def __init__(self, encoder: BaseEncoder) -> None:
        self.encoder = encoder
        self.labels = encoder.labels
        self.source = encoder.source
        self._states: dict[Pair, Singles] = {}
        self._shares: dict[Pair, dict[str, Singles]] = {}

    def predict(self, pairs: Sequence[Pair]) -> dict[str, Singles]:
        """Return shipped probabilities of each pair, as an ``Encoder`` does."""
        return dict(self.judge(pairs).probabilities) if pairs else self.encoder.predict(pairs)

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        """Return states and shipped probabilities of each pair."""
        missing = sorted({pair for pair in pairs if pair not in self._states})
        if len(self._states) + len(missing) > _REMEMBERED:
            self._states.clear()
            self._shares.clear()
            missing = sorted(set(pairs))
        if missing:
            found = self.encoder.judge(missing)
            for i, pair in enumerate(missing):
                self._states[pair] = found.states[i]
                self._shares[pair] = {h: shares[i] for h, shares in found.probabilities.items()}
        return Judgement(
            np.stack([self._states[pair] for pair in pairs]),
            {
                head: np.stack([self._shares[pair][head] for pair in pairs])
                for head in self.encoder.labels
            },
        )


class RetrainedEncoder:
    """Answers as an ``Encoder`` does, with some of its heads replaced by a user's."""

    def __init__(self, passes: Passes, heads: Mapping[str, RetrainedHead], *, source: str) -> None:
        self.passes = passes
        self.heads = dict(heads)
        self.source = source
        own = {name: retrained.head.labels for name, retrained in heads.items()}
        self.labels = {**passes.encoder.labels, **own}

    def predict(self, pairs: Sequence[Pair]) -> dict[str, Singles]:
        """Calibrated probabilities a head, each (n, k), rows in the order of ``pairs``."""
        if not pairs:
            return {
                head: np.zeros((0, len(names)), np.float32) for head, names in self.labels.items()
            }
        judged = self.passes.judge(pairs)
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
        return self.encoder.by_label([plain_pair(row) for row in rows], "stance", STANCES)


def is_retrained(folder: Path) -> bool:
    """Say whether a model folder holds retrained heads."""
    return ENCODER in read_description(folder / META).get("settings", {})


def load_claims(folder: Path, *, models: Path | None = None) -> EncodedClaims:
    """Load a claims judge with retrained heads; raises as ``load_retrained``."""
    return EncodedClaims(_shared(folder, models))


def load_stance(folder: Path, *, models: Path | None = None) -> EncodedStance:
    """Load a stance judge with a retrained four-way head; raises as ``load_retrained``."""
    return RetrainedStance(_shared(folder, models))


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
    return RetrainedEncoder(load_passes(place), heads, source=f"{meta.name}@{meta.version}")


def require_encoder(folder: Path, meta: Meta, *, models: Path | None = None) -> Path:
    """Return the folder of the encoder that heads were trained on.

    Raises:
        ArtefactError: it is not installed, or what is installed under its name is another.
    """
    wanted = meta.settings[ENCODER]
    place = find_model(str(wanted["name"]), models=models)
    found = identity_of(place)
    for key, what in (("weights", "weights or calibration"), ("template", "templates")):
        if wanted.get(key) != found[key]:
            raise ArtefactError(
                f"{folder}: its heads were trained on {wanted['name']}@{wanted['version']} with "
                f"other {what} (sha256 {str(wanted.get(key))[:12]}...) than that of {place} "
                f"(sha256 {found[key][:12]}...); train them again: westward train {meta.task} "
                "--data FILE..."
            )
    return place


@lru_cache(maxsize=2)
def load_passes(folder: Path) -> Passes:
    """Verify and load an encoder once for all heads that read it.

    The shipped judges are given the same passes: where one stage has retrained heads and the other
    shipped ones, a unit still costs one pass of the network.

    Raises:
        ArtefactError: it is missing, altered, or no encoder.
    """
    shared = load_shipped(folder)
    if not isinstance(shared.encoder, Passes):
        shared.encoder = Passes(shared.encoder)  # type: ignore[assignment]
    return cast(Passes, shared.encoder)


def _array(arrays: Mapping[str, npt.NDArray[Any]], key: str) -> npt.NDArray[Any]:
    if key not in arrays:
        raise ArtefactError(f'weights.npz: array "{key}" is missing; train the heads again')
    return arrays[key]


def _shared(folder: Path, models: Path | None) -> SharedEncoder:
    return SharedEncoder(load_retrained(folder, models=models))  # type: ignore[arg-type]
