"""Kept results in one SQLite file, which several runs may use at once.

Entries are compressed JSON with a checksum over key and data; one that does not match counts as not
there. A fault of the file or the disk turns the cache off, with a warning: it never fails a run.
Write-ahead logging makes an entry survive a killed process once ``put`` returns.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.notices import notice
from pipeline.records import Notice

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


class Entry(NamedTuple):
    """A result to keep: its key, the name of its stage, and its JSON."""

    key: str
    stage: str
    data: bytes


class Store:
    """Results of stages by key.

    Attributes:
        warnings: why the cache was turned off, if it was.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.warnings: list[Notice] = []
        self._file: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = _open(self.path)
        except (OSError, sqlite3.Error) as error:
            self._turn_off(error)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None

    def get(self, key: str) -> bytes | None:
        """Return a kept result; null if there is none, or it is damaged."""
        for checksum, data in self._run("SELECT checksum, data FROM results WHERE key = ?", key):
            if isinstance(data, bytes) and checksum == _checksum(key, data):
                return zlib.decompress(data)
        return None

    def put(self, entry: Entry) -> None:
        """Keep a result; it is on the disk when this returns, if the disk takes it."""
        data = zlib.compress(entry.data, _FAST)
        row = entry.key, entry.stage, _checksum(entry.key, data), data
        self._run("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", *row)

    def _run(self, statement: str, *values: object) -> Sequence[Any]:
        try:
            return self._file.execute(statement, values).fetchall() if self._file else ()
        except sqlite3.Error as error:
            self._turn_off(error)
            return ()

    def _turn_off(self, error: Exception) -> None:
        self.__exit__()
        self.warnings.append(notice("no-cache", str(self.path), problem=str(error)))


def count_results(folder: Path) -> dict[str, int]:
    """Return the number of results by stage; none if there is no cache or it is damaged."""
    found: dict[str, int] = {}
    if (folder / FILE).is_file():
        with suppress(sqlite3.Error):
            file = _open(folder / FILE)
            found.update(file.execute("SELECT stage, count(*) FROM results GROUP BY stage"))
            file.close()
    return found


def cache_files(folder: Path) -> list[Path]:
    """Return the files of the cache in a folder: SQLite's, and what it keeps beside it."""
    return sorted(folder.glob(f"{FILE}*"))


def _open(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)  # each statement commits
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"max_page_count = {_MAX_PAGES}"):
        file.execute(f"PRAGMA {pragma}")
    file.execute(_SCHEMA)
    return file


def _checksum(key: str, data: bytes) -> bytes:
    return hashlib.blake2b(key.encode() + data, digest_size=16).digest()
