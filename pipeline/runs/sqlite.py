"""SQLite files that several processes may make, read and write at the same time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

_AGAIN_S = 0.02


def open_shared(
    path: Path,
    ready: Callable[[sqlite3.Connection], None],
    *,
    wait_s: float,
    each_commits: bool = False,
    any_thread: bool = False,
) -> sqlite3.Connection:
    """Open a file, or make it, and make it ready; begin again while another process does so.

    SQLite itself waits for another process that writes, and not for one that changes the file to
    write-ahead logging.

    Args:
        path: the file.
        ready: checks it and sets it up.
        wait_s: seconds to wait for other processes, here and in each statement.
        each_commits: whether each statement is a transaction.
        any_thread: whether other threads may use it, one at a time.

    Raises:
        OSError, sqlite3.Error: it cannot be used.
    """
    last = time.monotonic() + wait_s
    while True:
        file = sqlite3.connect(
            path,
            timeout=wait_s,
            isolation_level=None if each_commits else "DEFERRED",
            check_same_thread=not any_thread,
        )
        try:
            ready(file)
        except BaseException as error:
            file.close()
            if not _is_busy(error) or time.monotonic() > last:
                raise
        else:
            return file
        time.sleep(_AGAIN_S)


def _is_busy(error: BaseException) -> bool:
    """Return whether another process has the file; the code's upper bits tell how."""
    code = error.sqlite_errorcode if isinstance(error, sqlite3.OperationalError) else 0
    return code & 0xFF == sqlite3.SQLITE_BUSY
