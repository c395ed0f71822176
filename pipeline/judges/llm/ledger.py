"""The ledger: every answer that a language model gave, by the hash of all that it depends on.

An SQLite file. An answer is written when it arrives, so that an interrupted run goes on where it
was, and a second run asks nothing but what had no usable answer. Transcripts and keys are not in
it, but answers have words of the transcripts.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.judges.llm.answer import Shares

_WAIT_S = 30.0
_TABLE = "create table if not exists answers (key text primary key, model text, reply text)"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a language model answered.

    Attributes:
        tokens_in, tokens_out: as the server counted them; 0 where it does not.
        shares: probabilities of labels by sentence and question; empty where unknown.
    """

    content: str
    tokens_in: int = 0
    tokens_out: int = 0
    shares: dict[str, dict[str, Shares]] = field(default_factory=dict)


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
            self._file = sqlite3.connect(path, timeout=_WAIT_S, check_same_thread=False)
            self._file.execute("pragma journal_mode = wal")
            self._file.execute(_TABLE)

    def get(self, key: str) -> Reply | None:
        """Return the answer with a key, if there is one."""
        with self._faults(), self._lock:
            found = self._file.execute("select reply from answers where key = ?", [key]).fetchone()
        return Reply(**json.loads(found[0])) if found else None

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
