"""Kept results in one SQLite file, which several runs may use at once.

Entries are compressed JSON, signed with the user's secret over key, stage and data; one that is not
counts as not there, so that nobody else can put results into a run. Nothing else in the file is
used: one with views, triggers or other tables is refused. A fault of the file or the disk turns the
cache off, with a warning: it never fails a run. Write-ahead logging makes an entry survive a killed
process once ``put`` returns.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import InputError
from pipeline.notices import notice
from pipeline.records import Notice
from pipeline.runs.secret import Secret, user_secret
from pipeline.runs.sqlite import open_shared

FILE = "results-2.sqlite"
"""The number is the version of the schema."""
_FILES = "results-*.sqlite*"
_TABLE = (
    "results (key TEXT PRIMARY KEY, stage TEXT NOT NULL, signature BLOB NOT NULL, "
    "data BLOB NOT NULL)"
)
_EXPECTED = {
    ("table", "results", f"CREATE TABLE {_TABLE}"),
    ("index", "sqlite_autoindex_results_1", None),
}
_MOST_PARTS = len(_EXPECTED) + 1
_WAIT_S = 10.0
"""How long to wait for another process that writes."""
_FAST = 1
_MAX_PAGES = 2**32 - 2
"""SQLite's own limit."""
MAX_RESULT, MAX_KEPT = 200_000_000, 30_000_000
"""Bytes of a result, and of what is kept of it; a longer one is not kept."""
_MAX_STEPS = 1_000_000
"""Of SQLite's machine for a statement; one of a sound file takes less than a thousand."""
_MAX_STEPS_TO_COUNT = 1_000_000_000
_STEPS_AT_ONCE = 100_000
_PURPOSE = "cache"
_FAULTS = (OSError, sqlite3.Error, UnicodeDecodeError)
"""Of a file; SQLite's messages may name parts of it that are no text."""


class Entry(NamedTuple):
    """A result to keep: its key, the name of its stage, and its JSON."""

    key: str
    stage: str
    data: bytes


class Store:
    """Results of stages by key, those that the user's own runs kept."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._faults: list[Notice] = []
        self._foreign = 0
        self._file: sqlite3.Connection | None = None
        self._secret = Secret(b"")
        try:
            self._secret = user_secret()
            folder.mkdir(parents=True, exist_ok=True)
            self._file = _open(self.path)
        except InputError as error:
            self._faults.append(notice("no-secret", str(self.path), problem=str(error)))
        except _FAULTS as error:
            self._turn_off(error)

    @property
    def warnings(self) -> list[Notice]:
        """Why the cache was turned off, if it was, and how many results were not trusted."""
        untrusted = notice("foreign-results", str(self.path), results=self._foreign)
        return [*self._faults, *([untrusted] if self._foreign else [])]

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None

    def get(self, key: str) -> bytes | None:
        """Return a kept result; null if there is none, it is damaged, or not of this user."""
        found = self._run("SELECT stage, signature, data FROM results WHERE key = ?", key)
        for stage, signature, data in found:
            known = isinstance(stage, str) and isinstance(data, bytes)
            if known and self._secret.is_signed(signature, _PURPOSE, *_signed(key, stage, data)):
                return _unpacked(data)
            self._foreign += 1
        return None

    def put(self, entry: Entry) -> None:
        """Keep a result; it is on the disk when this returns, if the disk takes it."""
        if len(entry.data) > MAX_RESULT:
            return
        data = zlib.compress(entry.data, _FAST)
        if len(data) > MAX_KEPT:
            return
        signature = self._secret.sign(_PURPOSE, *_signed(entry.key, entry.stage, data))
        row = entry.key, entry.stage, signature, data
        self._run("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", *row)

    def _run(self, statement: str, *values: object) -> Sequence[Any]:
        if self._file is None:
            return ()
        try:
            self._file.set_progress_handler(_Steps(_MAX_STEPS), _STEPS_AT_ONCE)
            return self._file.execute(statement, values).fetchall()
        except _FAULTS as error:
            self._turn_off(error)
            return ()

    def _turn_off(self, error: Exception) -> None:
        self.__exit__()
        self._faults.append(notice("no-cache", str(self.path), problem=str(error)))


def count_results(folder: Path) -> dict[str, int]:
    """Return the number of results by stage; none if there is no cache or it is damaged."""
    found: dict[str, int] = {}
    if (folder / FILE).is_file():
        with (
            suppress(*_FAULTS),
            closing(_open(folder / FILE, steps=_MAX_STEPS_TO_COUNT)) as file,
        ):
            found.update(file.execute("SELECT stage, count(*) FROM results GROUP BY stage"))
    return {name: n for name, n in found.items() if isinstance(name, str)}


def cache_files(folder: Path) -> list[Path]:
    """Return the files of the cache in a folder: SQLite's, and what it keeps beside it."""
    return sorted(folder.glob(_FILES))


def _open(path: Path, *, steps: int = _MAX_STEPS) -> sqlite3.Connection:
    """Open the file of results, or make it.

    Raises:
        OSError, sqlite3.Error: it cannot be used, or has something else than results.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        one = path.with_name(f"{path.name}{suffix}")
        if one.is_symlink() or (one.exists() and (suffix == "-journal" or not one.is_file())):
            raise OSError(f"{one.name} is not of a cache")  # which never has such a journal

    def ready(file: sqlite3.Connection) -> None:
        file.text_factory = lambda text: text.decode("utf8", "replace")
        file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_KEPT + 1_000)
        file.set_authorizer(_is_of_no_trigger)
        file.set_progress_handler(_Steps(steps), _STEPS_AT_ONCE)
        for pragma in ("trusted_schema = OFF", "journal_mode = MEMORY", "journal_mode = WAL",
                       "synchronous = NORMAL", f"max_page_count = {_MAX_PAGES}"):  # fmt: skip
            file.execute(f"PRAGMA {pragma}")
        if not file.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
            file.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE}")
        found = file.execute("SELECT type, name, sql FROM sqlite_master LIMIT ?", [_MOST_PARTS])
        if {*found} != _EXPECTED:
            raise sqlite3.DatabaseError("it has something else than the table of results")

    return open_shared(path, ready, wait_s=_WAIT_S, each_commits=True)


class _Steps:
    """Ends a statement that takes too many steps; each call is after ``_STEPS_AT_ONCE``."""

    def __init__(self, most: int) -> None:
        self._left = most

    def __call__(self) -> bool:
        self._left -= _STEPS_AT_ONCE
        return self._left < 0


def _is_of_no_trigger(_action: int, *about: str | None) -> int:
    """Refuse what a trigger or a view of the file would do: SQLite names it last."""
    return sqlite3.SQLITE_OK if about[-1] is None else sqlite3.SQLITE_DENY


def _signed(key: str, stage: str, data: bytes) -> tuple[bytes, ...]:
    return key.encode(), stage.encode(), data


def _unpacked(data: bytes) -> bytes | None:
    """Return the bytes of a result; null if it is damaged or too long."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, MAX_RESULT)
    except zlib.error:
        return None
    return found if unpacker.eof else None
