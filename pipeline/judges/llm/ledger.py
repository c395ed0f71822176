"""The ledger: every answer that a language model gave, by the hash of all that it depends on.

An SQLite file with one table. An answer is written when it arrives, so that an interrupted run goes
on where it was, and a second run asks nothing but what had no usable answer. Transcripts and keys
are not in it, but answers have words of the transcripts. A damaged answer is as none.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.judges.llm.answer import QUESTIONS
from pipeline.judges.llm.reply import Reply, is_whole
from pipeline.runs.sqlite import open_shared

_WAIT_S = 30.0
_MAX_BYTES = 16_000_000  # of an answer with its shares
_COLUMNS = "answers (key text primary key, model text, reply text)"
_MADE = {f"CREATE TABLE {_COLUMNS}", None}  # null: of the index that SQLite makes for the key
_REPLIES = TypeAdapter(Reply)


def key_of(*parts: Any) -> str:
    """Return the hash of what an answer depends on, given as values of JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf8", "surrogatepass")).hexdigest()


class Ledger:
    """The answers of a file, for several threads and processes at once.

    Raises:
        InputError: the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with self._faults():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = open_shared(path, _make_ready, wait_s=_WAIT_S, any_thread=True)

    def get(self, key: str) -> Reply | None:
        """Return the answer with a key, if there is one."""
        with self._faults(), self._lock:
            found = self._file.execute("select reply from answers where key = ?", [key]).fetchone()
        try:
            reply = _REPLIES.validate_json(found[0] or "", strict=True) if found else None
        except (ValidationError, TypeError):
            return None
        whole = reply is not None and all(is_whole(one, QUESTIONS) for one in reply.shares.values())
        return reply if whole else None

    def put(self, key: str, model: str, reply: Reply) -> None:
        """Keep an answer; it is in the file when the call returns."""
        row = [key, model, json.dumps(asdict(reply), ensure_ascii=False)]
        with self._faults(), self._lock, self._file:
            self._file.execute("insert or replace into answers values (?, ?, ?)", row)

    def drop(self, key: str) -> None:
        """Forget the answer with a key."""
        with self._faults(), self._lock, self._file:
            self._file.execute("delete from answers where key = ?", [key])

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{self.path}: cannot be used as the ledger of answers ({error}); expected an "
                "SQLite file of Westward, or none, in a folder you may write to; change the "
                "setting llm.ledger"
            ) from error


def _make_ready(file: sqlite3.Connection) -> None:
    """Make a ledger of a file, if it is none yet.

    Raises:
        sqlite3.Error: it is something else, or cannot be used.
    """
    file.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_BYTES)
    file.execute("pragma trusted_schema = off")
    if not {sql for (sql,) in file.execute("select sql from sqlite_master")} <= _MADE:
        raise sqlite3.DatabaseError("it has other tables, views or triggers")
    file.execute("pragma journal_mode = wal")
    file.execute(f"create table if not exists {_COLUMNS}")
