"""A file that several processes make at the same time serves them all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.runs.sqlite import open_shared

MANY = """
import sys, time
from pathlib import Path
{imports}
while time.time() < float(sys.argv[3]): pass
for turn in range(20):
    folder = Path(sys.argv[1]) / str(turn)
    {body}
"""
CACHE = MANY.format(
    imports="from pipeline.cache.store import Store, Entry",
    body="with Store(folder) as one: one.put(Entry(sys.argv[2], 'read', b'{}'))\n"
    "    assert one.warnings == [], one.warnings",
)
LEDGER = MANY.format(
    imports="from pipeline.judges.llm.ledger import Ledger",
    body="Ledger(folder / 'answers.sqlite').drop(sys.argv[2])",
)


@pytest.mark.parametrize("code", [CACHE, LEDGER], ids=["cache", "ledger"])
def test_processes_make_a_file_at_the_same_time(code: str, tmp_path: Path) -> None:
    start = time.time() + 1.5
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [
        subprocess.Popen([*command, name, str(start)], stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    assert [one.communicate()[1] for one in started] == [""] * 3


def test_a_file_that_stays_locked_is_an_error_once_the_wait_is_over(tmp_path: Path) -> None:
    def ready(file: sqlite3.Connection) -> None:
        file.execute("create table if not exists found (key text)")

    path = tmp_path / "file.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin exclusive")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_shared(path, ready, wait_s=0.1)
    with closing(open_shared(path, ready, wait_s=0.1)) as file:
        assert file.execute("select key from found").fetchall() == []
