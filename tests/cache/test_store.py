"""The SQLite file of kept results: damage is noticed, a fault turns it off, processes share it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing, suppress
from pathlib import Path

import pytest

import pipeline.cache.store
from pipeline.cache.store import FILE, Entry, Store, cache_files, count_results
from pipeline.notices import sentence
from pipeline.runs.secret import user_secret

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


def _spoil(folder: Path, *statements: str) -> None:
    """Write to the file of results as another program would."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)


def test_results_of_another_user_are_counted_and_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Store(tmp_path) as store:
        assert store.get("k1") is None
        (warning,) = store.warnings
        assert "1 results in the cache are not of your own runs" in sentence(warning)
        store.put(ENTRY)
        assert store.get("k1") == ENTRY.data


@pytest.mark.parametrize(
    "change",
    [
        "data = (SELECT data FROM results WHERE key = 'k2')",
        "stage = 'stance'",
        "data = CAST(data AS TEXT)",
        "signature = NULL",
        "key = 'k3'",
        "stage = x'00'",
    ],
)
def test_an_altered_result_is_not_used(change: str, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
        store.put(ENTRY._replace(key="k2", data=b"other"))
    with suppress(sqlite3.IntegrityError):
        _spoil(tmp_path, f"UPDATE results SET {change} WHERE key = 'k1'")
        with Store(tmp_path) as store:
            assert store.get("k1") is store.get("k3") is None
            assert store.get("k2") == b"other"


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@pytest.mark.parametrize(
    "statements",
    [
        (
            "ALTER TABLE results RENAME TO kept",
            f"CREATE VIEW results AS {ENDLESS} SELECT i AS key, i AS stage, i AS signature, "
            "i AS data FROM n",
        ),
        ("CREATE TRIGGER t AFTER INSERT ON results BEGIN SELECT zeroblob(900000000); END",),
        ("CREATE TABLE other (a)",),
        ("CREATE INDEX other ON results (stage)",),
        ("DROP TABLE results", "CREATE TABLE results (key, stage, signature, data)"),
        (
            "DROP TABLE results",
            "CREATE TABLE results (key TEXT PRIMARY KEY, stage TEXT, signature BLOB, "
            "data BLOB AS (zeroblob(900000000)))",
        ),
        ("DROP TABLE results", "CREATE VIRTUAL TABLE results USING fts5(key, stage, data)"),
    ],
)
def test_a_file_with_anything_else_than_results_is_refused(
    statements: tuple[str, ...], tmp_path: Path
) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
    _spoil(tmp_path, *statements)
    with Store(tmp_path) as store:
        assert store.get("k1") is None
        store.put(ENTRY)
    (warning,) = store.warnings
    assert "something else than the table of results" in sentence(warning)
    assert count_results(tmp_path) == {}


def test_a_view_that_comes_later_is_refused_too(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
        _spoil(
            tmp_path,
            "ALTER TABLE results RENAME TO kept",
            f"CREATE VIEW results AS {ENDLESS} SELECT 'k1' AS key, i AS stage, i AS signature, "
            "i AS data FROM n",
        )
        assert store.get("k1") is None
    assert len(store.warnings) == 1


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_a_link_or_a_journal_in_the_place_of_a_file_is_refused(suffix: str, tmp_path: Path) -> None:
    with Store(tmp_path / "cache"):
        pass
    (tmp_path / "mine").write_bytes(b"")
    (tmp_path / "cache" / FILE).unlink()
    (tmp_path / "cache" / f"{FILE}{suffix}").symlink_to(tmp_path / "mine")
    with Store(tmp_path / "cache") as store:
        store.put(ENTRY)
    assert len(store.warnings) == 1
    assert (tmp_path / "mine").read_bytes() == b""


def test_what_unpacks_to_more_than_a_result_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.cache.store, "MAX_RESULT", 1_000)
    with Store(tmp_path) as store:
        store.put(ENTRY._replace(data=b" " * 1_001))
        assert store.get("k1") is None
        data = zlib.compress(b" " * 1_000_000)
        signature = user_secret().sign("cache", b"k1", b"segment", data)
        row = ", ".join(f"x'{one.hex()}'" for one in (signature, data))
        _spoil(tmp_path, f"INSERT INTO results VALUES ('k1', 'segment', {row})")
        assert store.get("k1") is None


def test_without_a_secret_nothing_is_used_or_kept_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        store.put(ENTRY)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with Store(tmp_path) as store:
        store.put(ENTRY)
        assert store.get("k1") is None
    (warning,) = store.warnings
    assert "results of earlier runs are not trusted" in sentence(warning)
