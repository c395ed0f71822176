"""The sentence encoder: an int8 ONNX network with every head's logits, run by onnxruntime.

Pairs of segments come from `pipeline.encoder.templates`; probabilities are calibrated with the
temperature and class offsets that meta.json lists for each head (Guo et al. 2017).

Each pair runs alone by default (`batch=1`): activations are quantised over the whole batch, so
only then are a pair's numbers the same whatever stands beside it.

Every processor gives the same answers: see `pipeline.encoder.runtime`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from pipeline.artefacts import META, read_description, sha256_of
from pipeline.encoder.runtime import ask_for_exact_products, count_processors, onnxruntime
from pipeline.errors import ArtefactError

Floats = npt.NDArray[np.float32]
Pair = tuple[str, str]
NETWORK = "model.onnx"


@dataclass(frozen=True)
class Judgement:
    """What one pass gives: `states` (n, d) float32 and, a head, `probabilities` (n, k) float32."""

    states: Floats
    probabilities: Mapping[str, Floats]


def read_meta(folder: Path) -> dict[str, Any]:
    """Read meta.json and check the SHA-256 of every file it lists.

    Raises:
        ArtefactError: a file is missing, unreadable or not the one that was published.
    """
    path = folder / META
    meta = read_description(path)
    for name, expected in sorted(meta["files"].items()):
        if not (folder / name).is_file():
            raise ArtefactError(
                f"{folder / name}: not found; expected the file meta.json lists; "
                "reinstall westward or name another folder with --models"
            )
        found = sha256_of(folder / name)
        if found != expected:
            raise ArtefactError(
                f"{folder / name}: sha256 {found[:12]}..., expected "
                f"{expected[:12]}... by meta.json; reinstall westward"
            )
    return meta


class BaseEncoder(ABC):
    """What judges pairs: logits by ``run``, probabilities by the calibration that ``meta`` states.

    ``labels`` maps a head to its class names in column order; ``width`` is d of ``encode``;
    ``source`` is name and version.
    """

    def __init__(self, meta: Mapping[str, Any]) -> None:
        self.meta = meta
        self.labels = {head: tuple(names) for head, names in meta["labels"].items()}
        self.width = int(meta["width"])
        self.source = f"{meta['name']}@{meta['version']}"
        self._calibration: Mapping[str, Mapping[str, Any]] = meta["calibration"]

    @abstractmethod
    def run(self, pairs: Sequence[Pair]) -> tuple[dict[str, Floats], Floats]:
        """Uncalibrated logits a head, each (n, k), and embeddings (n, d)."""

    def predict(self, pairs: Sequence[Pair]) -> dict[str, Floats]:
        """Calibrated probabilities a head, each (n, k), rows in the order of `pairs`."""
        return dict(self.judge(pairs).probabilities)

    def encode(self, pairs: Sequence[Pair]) -> Floats:
        """Sentence embeddings (n, d): first token's state beside the mean of the second segment."""
        return self.judge(pairs).states

    def judge(self, pairs: Sequence[Pair]) -> Judgement:
        """Embeddings and probabilities of one pass over `pairs`."""
        logits, states = self.run(pairs)
        return Judgement(states, {h: self._calibrate(h, scores) for h, scores in logits.items()})

    def _calibrate(self, head: str, logits: Floats) -> Floats:
        fitted = self._calibration[head]
        scores = logits / np.float32(fitted["temperature"]) + np.asarray(
            fitted["offsets"], np.float32
        )
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
        return shares


class Encoder(BaseEncoder):
    """An encoder folder (model.onnx, tokenizer.json, meta.json), verified and loaded.

    Pairs are judged side by side, the shortest first, each on one processor: `threads` at a time,
    by default on all that the process may use. The numbers are the same whatever their count.
    """

    def __init__(self, folder: Path, *, threads: int | None = None, batch: int = 1) -> None:
        super().__init__(read_meta(folder))
        self._batch = batch
        self._threads = threads or count_processors()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(self.meta["max_length"]))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.use_deterministic_compute = True
        ask_for_exact_products(options)
        self._session = onnxruntime.InferenceSession(
            str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
        )
        self._outputs = ["states", *(f"logits_{head}" for head in self.labels)]

    def run(self, pairs: Sequence[Pair]) -> tuple[dict[str, Floats], Floats]:
        """Uncalibrated logits a head, each (n, k), and embeddings (n, d)."""
        n = len(pairs)
        states = np.zeros((n, self.width), np.float32)
        logits = {h: np.zeros((n, len(names)), np.float32) for h, names in self.labels.items()}
        fed = list(self._feed(pairs))
        with ThreadPoolExecutor(self._threads) as pool:
            passes = pool.map(lambda one: self._session.run(self._outputs, one[1]), fed)
            for (rows, _), found in zip(fed, passes, strict=True):
                states[rows] = found[0]
                for head, scores in zip(self.labels, found[1:], strict=True):
                    logits[head][rows] = scores
        return logits, states

    def _feed(self, pairs: Sequence[Pair]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        encodings = self._tokenizer.encode_batch(list(pairs))
        order = sorted(range(len(pairs)), key=lambda i: (len(encodings[i].ids), i))
        for start in range(0, len(order), self._batch):
            rows = order[start : start + self._batch]
            shape = (len(rows), len(encodings[rows[-1]].ids))
            ids = np.full(shape, int(self.meta["pad_id"]), np.int64)
            mask, types = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
            for i, row in enumerate(rows):
                length = len(encodings[row].ids)
                ids[i, :length] = encodings[row].ids
                types[i, :length] = encodings[row].type_ids
                mask[i, :length] = 1
            yield rows, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
