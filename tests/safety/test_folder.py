"""Runs and additions that are killed, collide, or meet a full disk."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.corpus.index import IndexRow, append_row
from pipeline.errors import InputError
from pipeline.runs import files
from pipeline.runs import folder as folder_module
from pipeline.runs.files import only_one
from pipeline.runs.folder import new_folder, read_manifest, write_manifest

pytestmark = pytest.mark.slow

pytest.importorskip("fcntl", reason="locks of files, as on Linux")
SLOW_RUN = """
import sys, time
from pathlib import Path
import pipeline.cli as cli
from pipeline.runs.folder import new_folder

def work(words):
    with new_folder(Path(sys.argv[1])) as folder:
        (folder / "annotated.jsonl").write_text("what was said")
        print("working", flush=True)
        time.sleep(60)

cli.app = lambda **options: work(options)
cli.main([])
"""


def _write(place: Path, text: str) -> None:
    with new_folder(place) as folder:
        (folder / "annotated.jsonl").write_text(text)
        write_manifest(folder, {"versions": {"westward": "0"}})


def _text(place: Path) -> str:
    return (place / "annotated.jsonl").read_text()


def _start(place: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_RUN, str(place)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    return process


def test_a_run_that_is_asked_to_end_leaves_nothing(tmp_path: Path) -> None:
    with _start(tmp_path / "run") as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    with _start(tmp_path / "run") as process:
        process.kill()
    assert (tmp_path / ".run.part" / "annotated.jsonl").is_file()
    _write(tmp_path / "run", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_second_run_into_one_folder_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "run", "old")
    with _start(tmp_path / "run") as process:
        with pytest.raises(InputError, match="another process is writing to it"):
            _write(tmp_path / "run", "second")
        process.send_signal(signal.SIGTERM)
    assert _text(tmp_path / "run") == "old"


def test_a_run_killed_between_two_renames_is_put_back(tmp_path: Path) -> None:
    _write(tmp_path / "run", "old")
    (tmp_path / "run").rename(tmp_path / ".run.old")
    with pytest.raises(ValueError, match="stop"), new_folder(tmp_path / "run"):
        raise ValueError("stop")
    assert _text(tmp_path / "run") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("name", [".run.part", ".run.new"])
def test_a_rename_that_fails_keeps_the_earlier_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / "run", "old")
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == name:
            raise OSError(errno.EIO, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    monkeypatch.setattr(folder_module, "exchange", lambda *_: False)
    with pytest.raises(InputError, match=r"cannot be written \(Input/output error\)"):
        _write(tmp_path / "run", "new")
    assert _text(tmp_path / "run") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("moment", [1, 2, 3])
def test_a_signal_between_renames_loses_no_run(
    moment: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / "run", "old")
    rename, calls = Path.rename, []

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(rename(path, target))
        if len(calls) == moment:
            raise SystemExit(143)
        return calls[-1]

    monkeypatch.setattr(folder_module, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(SystemExit):
        _write(tmp_path / "run", "new")
    assert _text(tmp_path / "run") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize("left", ["new", "old"])
def test_a_reading_command_ends_what_a_killed_run_began(left: str, tmp_path: Path) -> None:
    _write(tmp_path / "run", "whole")
    (tmp_path / "run").rename(tmp_path / f".run.{left}")
    assert read_manifest(tmp_path / "run")["versions"] == {"westward": "0"}
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_link_in_the_way_of_the_work_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / ".run.part").symlink_to(tmp_path / "mine")
    _write(tmp_path / "run", "new")
    assert list((tmp_path / "mine").iterdir()) == []
    assert {path.name for path in tmp_path.iterdir()} == {"mine", "run"}


@pytest.mark.parametrize("library", ["its own", "another"])
def test_a_full_disk_is_one_error_and_keeps_the_earlier_run(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / "run", "old")
    full: Exception = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if library == "another":  # such as a database, whose errors are no OSError
        full = RuntimeError("IO Error: could not write")
        monkeypatch.setattr(files, "_NO_SPACE", 1 << 62)
    with (
        pytest.raises(InputError, match=r"cannot be written \(No space left"),
        new_folder(tmp_path / "run"),
    ):
        raise full
    assert _text(tmp_path / "run") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "small", str(tmp_path)], check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        _write(tmp_path / "run", "old")
        with pytest.raises(InputError, match="No space left"):
            _write(tmp_path / "run", "x" * 1_000_000)
        assert _text(tmp_path / "run") == "old"
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def _append(index: Path, number: int) -> None:
    for count in range(10):
        with only_one(index, option="--corpus"):
            append_row(index, IndexRow(id=f"i{number}-{count}", path=f"{number}-{count}.txt"))


def test_additions_at_the_same_time_lose_no_line(tmp_path: Path) -> None:
    index = tmp_path / "index.jsonl"
    workers = [
        multiprocessing.get_context("fork").Process(target=_append, args=(index, n))
        for n in range(6)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    lines = [json.loads(line) for line in index.read_text().splitlines()]
    assert len({line["id"] for line in lines}) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["index.jsonl"]


def test_who_waits_for_a_lock_gets_it(tmp_path: Path) -> None:
    with _start(tmp_path / "run") as process:
        process.send_signal(signal.SIGTERM)
        with only_one(tmp_path / "run", option="-o"):
            pass
    assert process.returncode != 0, "the lock was free only after the whole run"
