"""The SQLite file of kept results: damage is noticed, a fault turns it off, processes share it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import pipeline.cache.store
from pipeline.cache.store import FILE, Entry, Store, cache_files, count_results
from pipeline.notices import sentence

ENTRY = Entry("k1", "segment", b'{"units": []}')


def test_a_result_is_there_for_the_next_run(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
    with Store(tmp_path) as store:
        assert store.get("k1") == ENTRY.data
        assert store.get("k2") is None


def test_a_damaged_result_counts_as_not_there_and_is_put_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
        store.put(ENTRY._replace(key="k2", data=b"other"))
        with closing(sqlite3.connect(tmp_path / FILE)) as file, file:
            file.execute("UPDATE results SET data = (SELECT data FROM results WHERE key = 'k2')")
        assert store.get("k1") is None
        assert store.get("k2") == b"other"
        store.put(ENTRY)
        assert store.get("k1") == ENTRY.data
        assert store.warnings == []


def test_a_file_that_is_no_cache_turns_it_off_with_one_warning(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"something else" * 1000)
    with Store(tmp_path) as store:
        store.put(ENTRY)
        assert store.get("k1") is None
    (warning,) = store.warnings
    assert "the cache cannot be used" in sentence(warning)
    assert "westward cache clear" in sentence(warning)


def test_a_full_disk_turns_it_off_with_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
    monkeypatch.setattr(pipeline.cache.store, "_MAX_PAGES", 4)
    with Store(tmp_path) as store:
        for number in range(9):
            store.put(Entry(f"n{number}", "read", random.Random(number).randbytes(9000)))
    (warning,) = store.warnings
    assert "full" in sentence(warning)
    monkeypatch.undo()
    with Store(tmp_path) as store:
        assert store.get("k1") == ENTRY.data


def test_a_place_that_cannot_be_written_turns_it_off(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Store(tmp_path / "file") as store:
        store.put(ENTRY)
    assert len(store.warnings) == 1


def test_processes_write_at_the_same_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pipeline.cache.store import Store, Entry\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    for n in range(200): store.put(Entry(sys.argv[2] + str(n), 'read', b'{}' * n))\n"
        "    assert store.warnings == [], store.warnings\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [one.wait(timeout=60) for one in started] == [0, 0]
    assert count_results(tmp_path) == {"read": 400}


@pytest.mark.parametrize("content", [b"", b"something else" * 1000])
def test_a_damaged_cache_counts_as_empty_and_its_files_are_found(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert count_results(tmp_path) == {}
    assert tmp_path / FILE in cache_files(tmp_path)
