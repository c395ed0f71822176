"""The encoder: an int8 ONNX transformer over whole answers, and heads on its vectors.

The network reads each window of an answer once. Heads in float32 judge vectors that are pooled
from the tokens of a unit, or of a target or holder (late pooling: any span, without another pass).
Probabilities are calibrated with the temperature and class offsets of each head in meta.json
(Guo et al. 2017).

Each window runs alone, since activations are quantised over a whole batch: so its vectors do not
depend on other windows. `pipeline.encoder.runtime` makes them equal on every processor.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.artefacts import META, read_description, read_file
from pipeline.encoder.runtime import ask_for_exact_products, count_processors, onnxruntime
from pipeline.encoder.windows import Window, build_windows, overlap
from pipeline.errors import ArtefactError
from pipeline.reading.rows import Answer, Span

Singles = NDArray[np.float32]
Halves = NDArray[np.float16]
NETWORK, TOKENIZER, HEADS = "model.onnx", "tokenizer.json", "heads.npz"
MEANT = "meant"
"""Key in ``HEADS`` of the fitted vector of a target that no word of the unit names."""


@dataclass(frozen=True)
class ReadUnit:
    """A unit's token states (n_tokens, width) and the code points of each token."""

    states: Halves
    offsets: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """The unit vectors of an answer, (n_units, width), and the tokens of each unit."""

    vectors: Singles
    units: tuple[ReadUnit, ...]

    @property
    def n_tokens(self) -> int:
        """Number of tokens of all units."""
        return sum(len(unit.states) for unit in self.units)


class Encoder:
    """An encoder, verified and loaded from model.onnx, tokenizer.json, heads.npz and meta.json.

    Attributes:
        labels: class names of each head, in column order.
        spans: heads that judge a span.
        width: of a unit's vector.
        source: name and version.

    Args:
        folder: of the encoder.
        threads: windows read in parallel; by default all available processors. The result does not
            depend on it.

    Raises:
        ArtefactError: a file is missing, or differs from the one that meta.json lists.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.meta = read_description(folder / META)
        self.labels: Mapping[str, tuple[str, ...]] = {
            head: tuple(names) for head, names in self.meta["labels"].items()
        }
        self.spans = tuple(self.meta["spans"])
        self.width = int(self.meta["width"])
        self.source = f"{self.meta['name']}@{self.meta['version']}"
        self._tokenizer = Tokenizer.from_str(read_file(folder, TOKENIZER).decode("utf8"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._weights = _read_heads(folder)
        self._session = _open_session(read_file(folder, NETWORK))
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._threads = threads or count_processors()

    def read(self, answers: Sequence[Answer]) -> list[Reading]:
        """Return the reading of each answer, with one pass of the network per window."""
        windows = [
            (number, window)
            for number, answer in enumerate(answers)
            for window in build_windows(answer, self._tokenizer)
        ]
        by_length = sorted(windows, key=lambda one: -len(one[1].ids))
        read: list[dict[int, tuple[Singles, ReadUnit]]] = [{} for _ in answers]
        with ThreadPoolExecutor(self._threads) as pool:
            for (number, window), states in zip(
                by_length, pool.map(lambda one: self._run(one[1]), by_length), strict=True
            ):
                read[number] |= _pool_units(window, states)
        return [self._gather(units) for units in read]

    def judge(self, vectors: Singles, *, logits: bool = False) -> dict[str, Singles]:
        """Return calibrated probabilities (n, k) of every unit head, from unit vectors (n, width).

        Args:
            logits: return uncalibrated logits instead.
        """
        found = {}
        for head in self.labels:
            if head not in self.spans:
                scores = self._linear(head, vectors)
                found[head] = scores if logits else self.calibrate(head, scores)
        return found

    def judge_spans(
        self, head: str, vectors: Singles, spans: Singles, *, logits: bool = False
    ) -> Singles:
        """Return calibrated probabilities (n, k) of a span head, from vectors (n, width) each."""
        inner = self._linear(f"{head}/first", np.hstack([vectors, spans]))
        scores = self._linear(f"{head}/second", _gelu(inner))
        return scores if logits else self.calibrate(head, scores)

    def span_vector(self, unit: ReadUnit, span: Span | None) -> Singles:
        """Return the mean state of a span's tokens, (width,).

        Args:
            span: code points of the unit; if null or without tokens, returns the fitted vector.
        """
        tokens = overlap(unit.offsets, span) if span is not None else None
        if tokens is None:
            return self._weights[MEANT]
        return np.asarray(unit.states[slice(*tokens)].astype(np.float32).mean(axis=0))

    def calibrate(self, head: str, logits: Singles) -> Singles:
        """Return the calibrated probabilities (n, k) of a head's logits (n, k)."""
        fitted = self.meta["calibration"][head]
        offsets = np.asarray(fitted["offsets"], np.float32)
        scores = logits / np.float32(fitted["temperature"]) + offsets
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

    def _run(self, window: Window) -> Singles:
        fed = {"input_ids": window.ids, "token_type_ids": window.types}
        asked = {name: np.array([fed[name]], np.int64) for name in self._inputs}
        (states,) = self._session.run(None, asked)
        return np.asarray(states[0])

    def _gather(self, units: Mapping[int, tuple[Singles, ReadUnit]]) -> Reading:
        order = sorted(units)
        vectors = [units[unit][0] for unit in order]
        stacked = np.stack(vectors) if vectors else np.zeros((0, self.width), np.float32)
        return Reading(stacked, tuple(units[unit][1] for unit in order))

    def _linear(self, name: str, vectors: Singles) -> Singles:
        weight, bias = self._weights[f"{name}/weight"], self._weights[f"{name}/bias"]
        return np.asarray(vectors @ weight.T + bias, np.float32)


def is_encoder(folder: Path) -> bool:
    """Whether a model folder is an encoder's."""
    return (folder / NETWORK).is_file()


def _pool_units(window: Window, states: Singles) -> dict[int, tuple[Singles, ReadUnit]]:
    """Return the vector and the tokens of each unit that is judged from a window."""
    found = {}
    for placed in window.placed:
        own = states[placed.start : placed.end]
        vector = own.mean(axis=0) if len(own) else states[placed.end]
        found[placed.unit] = (vector, ReadUnit(own.astype(np.float16), placed.offsets))
    return found


def _gelu(values: Singles) -> Singles:
    """Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
    from scipy.special import erf

    return np.asarray(values * 0.5 * (1.0 + erf(values / np.sqrt(2.0))), np.float32)


def _read_heads(folder: Path) -> dict[str, Singles]:
    try:
        with np.load(io.BytesIO(read_file(folder, HEADS)), allow_pickle=False) as stored:
            return {key: stored[key].astype(np.float32) for key in stored.files}
    except ValueError as error:
        raise ArtefactError(f"{folder / HEADS}: {error}; reinstall westward") from error


def _open_session(network: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = False  # one for every length of a window stays in memory
    options.use_deterministic_compute = True
    ask_for_exact_products(options)
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
