"""The encoder: an int8 ONNX transformer over whole answers, and heads on its vectors.

A window of an answer goes through the network once. A unit's vector is pooled from its own tokens,
a target's or holder's from theirs, and small heads in float32 judge the vectors: late pooling, so
that any span can be asked about without another pass. Probabilities are calibrated with the
temperature and class offsets that meta.json lists for each head (Guo et al. 2017).

Each window runs alone: activations are quantised over a whole batch, so only then are its numbers
the same whatever else is judged. Every processor gives the same answers: see
`pipeline.encoder.runtime`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from pipeline.artefacts import META, read_description, read_file
from pipeline.encoder.runtime import ask_for_exact_products, count_processors, onnxruntime
from pipeline.encoder.windows import Window, build_windows
from pipeline.errors import ArtefactError
from pipeline.features.rows import Answer, Span

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]
NETWORK, TOKENIZER, HEADS = "model.onnx", "tokenizer.json", "heads.npz"
MEANT = "meant"
"""The fitted vector of a target that no word of the unit names, in the file of heads."""


@dataclass(frozen=True)
class ReadUnit:
    """A unit's token states (n_tokens, width) and the code points of each token."""

    states: Halves
    offsets: tuple[Span, ...]


@dataclass(frozen=True)
class Reading:
    """An answer as read: a vector for each unit, (n_units, width), and their tokens."""

    vectors: Floats
    units: tuple[ReadUnit, ...]

    @property
    def n_tokens(self) -> int:
        """Tokens of all units."""
        return sum(len(unit.states) for unit in self.units)


class Encoder:
    """An encoder's folder (model.onnx, tokenizer.json, heads.npz, meta.json), verified and loaded.

    ``labels`` maps each head to its class names in column order, ``spans`` names the heads that
    judge a span; ``width`` is that of a unit's vector; ``source`` is name and version.

    Args:
        folder: of the encoder.
        threads: windows that are read side by side; by default all processors that the process
            may use. The numbers are the same whatever their count.

    Raises:
        ArtefactError: a file is missing or is not the one that meta.json lists.
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
        self._threads = threads or count_processors()

    def read(self, answers: Sequence[Answer]) -> list[Reading]:
        """Read answers, in order: one pass of the network a window."""
        windows = [
            (number, window)
            for number, answer in enumerate(answers)
            for window in build_windows(answer, self._tokenizer)
        ]
        by_length = sorted(windows, key=lambda one: -len(one[1].ids))
        read: list[dict[int, tuple[Floats, ReadUnit]]] = [{} for _ in answers]
        with ThreadPoolExecutor(self._threads) as pool:
            for (number, window), states in zip(
                by_length, pool.map(lambda one: self._run(one[1]), by_length), strict=True
            ):
                read[number] |= _pool_units(window, states)
        return [self._gather(units) for units in read]

    def judge(self, vectors: Floats, *, logits: bool = False) -> dict[str, Floats]:
        """Calibrated probabilities of every unit head, each (n, k), from unit vectors (n, width).

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
        self, head: str, vectors: Floats, spans: Floats, *, logits: bool = False
    ) -> Floats:
        """Calibrated probabilities (n, k) of a span head, from unit and span vectors (n, ...)."""
        inner = self._linear(f"{head}/first", np.hstack([vectors, spans]))
        scores = self._linear(f"{head}/second", _gelu(inner))
        return scores if logits else self.calibrate(head, scores)

    def span_vector(self, unit: ReadUnit, span: Span | None) -> Floats:
        """Mean state of the tokens of a span (code points of the unit), (width,).

        A fitted vector where it is null, or where no token is in it.
        """
        if span is not None:
            inside = [i for i, (a, b) in enumerate(unit.offsets) if a < span[1] and span[0] < b]
            if inside:
                states = unit.states[inside[0] : inside[-1] + 1].astype(np.float32)
                return np.asarray(states.mean(axis=0))
        return self._weights[MEANT]

    def calibrate(self, head: str, logits: Floats) -> Floats:
        """Probabilities (n, k) of a head's logits."""
        fitted = self.meta["calibration"][head]
        offsets = np.asarray(fitted["offsets"], np.float32)
        scores = logits / np.float32(fitted["temperature"]) + offsets
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

    def _run(self, window: Window) -> Floats:
        ids = np.array([window.ids], np.int64)
        types = np.array([window.types], np.int64)
        (states,) = self._session.run(None, {"input_ids": ids, "token_type_ids": types})
        return np.asarray(states[0])

    def _gather(self, units: Mapping[int, tuple[Floats, ReadUnit]]) -> Reading:
        order = sorted(units)
        vectors = [units[unit][0] for unit in order]
        stacked = np.stack(vectors) if vectors else np.zeros((0, self.width), np.float32)
        return Reading(stacked, tuple(units[unit][1] for unit in order))

    def _linear(self, name: str, vectors: Floats) -> Floats:
        weight, bias = self._weights[f"{name}/weight"], self._weights[f"{name}/bias"]
        return np.asarray(vectors @ weight.T + bias, np.float32)


def is_encoder(folder: Path) -> bool:
    """Say whether a model folder is an encoder's."""
    return (folder / NETWORK).is_file()


def _pool_units(window: Window, states: Floats) -> dict[int, tuple[Floats, ReadUnit]]:
    """The vector and the tokens of each unit that is judged from a window."""
    found = {}
    for placed in window.placed:
        own = states[placed.start : placed.end]
        vector = own.mean(axis=0) if len(own) else states[placed.end]
        found[placed.unit] = (vector, ReadUnit(own.astype(np.float16), placed.offsets))
    return found


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016), by the error function."""
    from scipy.special import erf

    return np.asarray(values * 0.5 * (1.0 + erf(values / np.sqrt(2.0))), np.float32)


def _read_heads(folder: Path) -> dict[str, Floats]:
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
    options.use_deterministic_compute = True
    ask_for_exact_products(options)
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
