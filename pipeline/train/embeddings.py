"""Vectors and shipped probabilities of annotated rows; vectors are cached on disk.

Cache files hold vectors under hashes, without text, and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from pipeline.encoder import Singles
from pipeline.errors import ArtefactError
from pipeline.judges.encoder import SharedEncoder
from pipeline.judges.user_heads import Judged, identity_of
from pipeline.reading.rows import Answer, Row

Progress = Callable[[int, int], None]
"""Called with the number of embedded answers and their total."""
CACHE = ".embeddings"
_STEP, _KEEP = 16, 512


class Embedder:
    """Embeds rows with an encoder, and caches the vectors in a folder."""

    def __init__(self, shared: SharedEncoder, folder: Path, *, cache: Path | None = None) -> None:
        """Prepare the cache of an encoder.

        Args:
            folder: of the encoder.
            cache: the folder for the cache; none if null.
        """
        self.encoder = shared.encoder
        self.identity = identity_of(folder)
        name = f"{self.identity['name']}-{self.identity['weights'][:12]}"
        self.place = cache / CACHE / name if cache else None

    def embed(self, rows: Sequence[Row], progress: Progress | None = None) -> Judged:
        """Return vectors ``(n, width)`` and shipped probabilities ``(n, n_labels)`` by head.

        Args:
            progress: called with the numbers of new answers done and in total.

        Raises:
            ArtefactError: the cache cannot be read.
        """
        places = [row.place for row in rows]
        keys = [key_of(answer) for answer, _ in places]
        kept = self._read()
        missing = {
            key: answer for key, (answer, _) in zip(keys, places, strict=True) if key not in kept
        }
        self._add(kept, missing, progress or (lambda done, total: None))
        found = [kept[key][index] for key, (_, index) in zip(keys, places, strict=True)]
        vectors = np.stack(found) if found else np.zeros((0, self.encoder.width), np.float32)
        return Judged(vectors, self.encoder.judge(vectors))

    def _add(
        self, kept: dict[str, Singles], missing: dict[str, Answer], progress: Progress
    ) -> None:
        keys, new = list(missing), list[str]()
        try:
            for start in range(0, len(keys), _STEP):
                progress(start, len(keys))
                some = keys[start : start + _STEP]
                readings = self.encoder.read([missing[key] for key in some])
                kept |= {key: one.vectors for key, one in zip(some, readings, strict=True)}
                new += some
                if len(new) >= _KEEP:
                    self._write(new, kept)
                    new = []
        finally:  # keep what was embedded before an interruption
            self._write(new, kept)
        progress(len(keys), len(keys))

    def _read(self) -> dict[str, Singles]:
        kept: dict[str, Singles] = {}
        for path in sorted(self.place.glob("*.npz")) if self.place else ():
            try:
                with np.load(path, allow_pickle=False) as stored:
                    keys, rows = stored["keys"].tolist(), stored["rows"]
                    answers = np.split(rows, np.cumsum(stored["counts"])[:-1])
            except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
                raise ArtefactError(
                    f"{path}: cannot be read ({error}); delete it, the sentences in it will be "
                    "embedded again"
                ) from error
            kept.update(zip(keys, answers, strict=True))
        return kept

    def _write(self, keys: Sequence[str], kept: dict[str, Singles]) -> None:
        if self.place is None or not keys:
            return
        self.place.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256("".join(keys).encode()).hexdigest()[:16]
        partial = self.place / f"{name}.partial"
        with partial.open("wb") as stream:
            rows = [kept[key] for key in keys]
            counts = np.array([len(one) for one in rows])
            np.savez(stream, keys=np.array(keys), rows=np.concatenate(rows), counts=counts)
        partial.replace(self.place / f"{name}.npz")


def key_of(answer: Answer) -> str:
    """Return the cache key of an answer."""
    text = "\x1f".join((answer.question, *answer.units))
    return hashlib.sha256(text.encode("utf8")).hexdigest()
