"""Kept results in one SQLite file, which several runs may use at once.

Entries are compressed JSON with a checksum over key and data; one that does not match is deleted
and counts as not there. A fault of the file or the disk turns the cache off, with a warning: it
never fails a run. Write-ahead logging makes an entry survive a killed process once ``put`` returns.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.cache.shelf import Entry

FILE = "results-1.sqlite"
"""The number is the version of the schema."""
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS results "
    "(key TEXT PRIMARY KEY, stage TEXT NOT NULL, checksum BLOB NOT NULL, data BLOB NOT NULL)"
)
_WAIT_S = 30.0
"""How long to wait for another process that writes."""
_FAST = 1
_MAX_PAGES = 2**32 - 2
"""SQLite's own limit."""
T = TypeVar("T")


class Store:
    """Results of stages by key.

    Attributes:
        warnings: why the cache was turned off, if it was.

    Args:
        folder: of the file; made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.warnings: list[str] = []
        self._file: sqlite3.Connection | None = None
        with self._guarded():
            folder.mkdir(parents=True, exist_ok=True)
            self._file = _open(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, key: str) -> bytes | None:
        """Return a kept result; null if there is none, or it is damaged."""
        row = self._try(lambda file: file.execute(_SELECT, (key,)).fetchone())
        if row is None:
            return None
        checksum, data = row
        if isinstance(data, bytes) and checksum == _checksum(key, data):
            return zlib.decompress(data)
        self._try(lambda file: file.execute("DELETE FROM results WHERE key = ?", (key,)))
        return None

    def put(self, entry: Entry) -> None:
        """Keep a result; it is on the disk when this returns, if the disk takes it."""
        data = zlib.compress(entry.data, _FAST)
        row = entry.key, entry.stage, _checksum(entry.key, data), data
        self._try(lambda file: file.execute("INSERT OR REPLACE INTO results VALUES (?,?,?,?)", row))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None

    def _try(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        if self._file is not None:
            with self._guarded():
                return act(self._file)
        return None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn the cache off if the file cannot be used."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self.close()
            self.warnings.append(
                f"{self.path}: the cache cannot be used ({error}), so results are not kept; "
                "free some space, set cache.folder to another place, or delete it with "
                "`westward cache clear`"
            )


_SELECT = "SELECT checksum, data FROM results WHERE key = ?"


@dataclass(frozen=True)
class Contents:
    """What a cache holds.

    Attributes:
        bytes: of the file.
        results: number of results by stage.
    """

    path: Path
    bytes: int
    results: dict[str, int]


def read_contents(folder: Path) -> Contents:
    """Return what the cache in a folder holds; nothing if there is none or it is damaged."""
    path = folder / FILE
    if not path.is_file():
        return Contents(path, 0, {})
    counted: list[tuple[str, int]] = []
    with suppress(sqlite3.Error):
        file = _open(path)
        counted = file.execute(
            "SELECT stage, count(*) FROM results GROUP BY stage ORDER BY stage"
        ).fetchall()
        file.close()
    return Contents(path, sum(one.stat().st_size for one in _files(path)), dict(counted))


def clear(folder: Path) -> Contents:
    """Delete the cache in a folder; return what it held.

    Raises:
        OSError: it cannot be deleted.
    """
    held = read_contents(folder)
    for path in _files(held.path):
        path.unlink(missing_ok=True)
    return held


def _files(path: Path) -> list[Path]:
    return [one for end in ("", "-wal", "-shm") if (one := Path(f"{path}{end}")).is_file()]


def _open(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)  # each statement commits
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"max_page_count = {_MAX_PAGES}"):
        file.execute(f"PRAGMA {pragma}")
    file.execute(_SCHEMA)
    return file


def _checksum(key: str, data: bytes) -> bytes:
    return hashlib.blake2b(key.encode() + data, digest_size=16).digest()
