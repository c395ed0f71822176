"""Embedding annotated sentences once: states and shipped probabilities, kept on disk.

The kept files hold numbers under hashes, and no words. They may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.encoder.network import Judgement
from pipeline.errors import ArtefactError
from pipeline.stages.embedded import Pair, Passes, Singles, identity_of

Told = Callable[[int, int], None]
CACHE = ".embeddings"
_STEP, _KEEP = 16, 512


class Embedder:
    """Embeds pairs of segments with an encoder, and keeps what it has embedded in a folder."""

    def __init__(self, passes: Passes, folder: Path, *, cache: Path | None = None) -> None:
        """Take an encoder.

        Args:
            folder: of the encoder.
            cache: the folder next to the output; nothing is kept where there is none.
        """
        self.encoder = passes.encoder
        self.identity = identity_of(folder)
        name = f"{self.identity['name']}-{self.identity['weights'][:12]}"
        self.place = cache / CACHE / name if cache else None

    def embed(self, pairs: Sequence[Pair], told: Told | None = None) -> Judgement:
        """Return states ``(n, width)`` and shipped probabilities ``(n, n_labels)`` a head.

        Args:
            told: is told how many of how many new pairs are done.

        Raises:
            ArtefactError: what was kept cannot be read.
        """
        keys = [key_of(pair) for pair in pairs]
        kept = self._read()
        missing = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in kept}
        self._add(kept, missing, told or _tell_nobody)
        rows = np.stack([kept[key] for key in keys]) if keys else np.zeros((0, self._width))
        return self._part(rows.astype(np.float32))

    @property
    def _width(self) -> int:
        return self.encoder.width + sum(len(names) for names in self.encoder.labels.values())

    def _part(self, rows: Singles) -> Judgement:
        start, shares = self.encoder.width, {}
        for head, names in self.encoder.labels.items():
            shares[head] = rows[:, start : start + len(names)]
            start += len(names)
        return Judgement(rows[:, : self.encoder.width], shares)

    def _add(self, kept: dict[str, Singles], missing: dict[str, Pair], told: Told) -> None:
        keys, new = list(missing), list[str]()
        try:
            for start in range(0, len(keys), _STEP):
                told(start, len(keys))
                some = keys[start : start + _STEP]
                found = self.encoder.judge([missing[key] for key in some])
                beside = [found.probabilities[head] for head in self.encoder.labels]
                for key, row in zip(some, np.hstack([found.states, *beside]), strict=True):
                    kept[key] = row
                new += some
                if len(new) >= _KEEP:
                    self._write(new, kept)
                    new = []
        finally:  # what was embedded before an interruption need not be embedded again
            self._write(new, kept)
        told(len(keys), len(keys))

    def _read(self) -> dict[str, Singles]:
        kept: dict[str, Singles] = {}
        for path in sorted(self.place.glob("*.npz")) if self.place else ():
            try:
                with np.load(path, allow_pickle=False) as stored:
                    keys, rows = stored["keys"].tolist(), stored["rows"]
            except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
                raise ArtefactError(
                    f"{path}: cannot be read ({error}); delete it, the sentences in it will be "
                    "embedded again"
                ) from error
            kept.update(zip(keys, rows, strict=True))
        return kept

    def _write(self, keys: Sequence[str], kept: dict[str, Singles]) -> None:
        if self.place is None or not keys:
            return
        self.place.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("".join(keys).encode()).hexdigest()[:16]
        partial = self.place / f"{name}.partial"
        with partial.open("wb") as stream:
            np.savez(stream, keys=np.array(keys), rows=np.stack([kept[key] for key in keys]))
        partial.replace(self.place / f"{name}.npz")


def key_of(pair: Pair) -> str:
    """Return the hash under which a pair's numbers are kept."""
    return hashlib.sha256("\x1f".join(pair).encode("utf8")).hexdigest()


def _tell_nobody(done: int, total: int) -> None:
    pass
