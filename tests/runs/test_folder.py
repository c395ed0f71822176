"""Files of a run that are written again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.runs import folder
from pipeline.runs.files import only_one
from pipeline.runs.folder import (
    check_free,
    interviews_of,
    move_outputs,
    read_manifest,
    replace_outputs,
    write_manifest,
)


def test_files_are_replaced_or_added_and_the_record_has_their_hashes(tmp_path: Path) -> None:
    manifest = {
        "versions": {"westward": "test"},
        "seed": 1,
        "outputs": {"a.txt": "0", "b.txt": "1"},
    }
    (tmp_path / "run.json").write_text(json.dumps(manifest), encoding="utf8")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("old", encoding="utf8")
    replace_outputs(tmp_path, {"b.txt": b"new", "figures/c.svg": b"<svg/>"})
    record = json.loads((tmp_path / "run.json").read_bytes())
    assert record["seed"] == 1
    assert record["outputs"] == {
        "a.txt": "0",
        "b.txt": hashlib.sha256(b"new").hexdigest(),
        "figures/c.svg": hashlib.sha256(b"<svg/>").hexdigest(),
    }
    assert (tmp_path / "a.txt").read_text("utf8") == "old"
    check_free(tmp_path)  # a new run may take its place: it has no file of another origin


def test_settings_newer_than_a_run_are_as_it_was_and_are_not_written_into_it(
    tmp_path: Path,
) -> None:
    stated = {"bloc": {"name": "nato"}, "tables": {"encoding": "utf-8-sig"}}
    manifest = {"versions": {"westward": "0.1.0"}, "settings": stated, "outputs": {}}
    (tmp_path / "run.json").write_text(json.dumps(manifest), encoding="utf8")
    found = read_manifest(tmp_path)["settings"]
    assert found["bloc"] == {"name": "nato", "compare": []}
    assert found["tables"] == {"encoding": "utf-8-sig", "duplicates": "include"}
    assert found["targets"]["inferred"] == "include"  # the default is to leave them out
    replace_outputs(tmp_path, {"a.txt": b"new"})
    assert json.loads((tmp_path / "run.json").read_bytes())["settings"] == stated


def test_a_folder_that_is_no_run_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        replace_outputs(tmp_path, {"a.txt": b"new"})
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "run.json").write_text('{"versions": {"westward": "test"}}', encoding="utf8")
    with (
        only_one(run, option="-o"),
        pytest.raises(InputError, match="another process is writing to it"),
    ):
        replace_outputs(run, {"a.txt": b"new"})
    replace_outputs(run, {"a.txt": b"new"})
    assert {one.name for one in run.iterdir()} == {"a.txt", "run.json"}


def test_a_file_of_a_run_is_not_written_through_a_link(tmp_path: Path) -> None:
    run = tmp_path / "run"
    (tmp_path / "mine").mkdir()
    run.mkdir()
    (run / "run.json").write_text('{"versions": {"westward": "test"}}', encoding="utf8")
    (run / "tables").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match=r"tables/a.csv is not in it"):
        replace_outputs(run, {"tables/a.csv": b"new"})
    assert list((tmp_path / "mine").iterdir()) == []


@pytest.mark.parametrize("name", ["../mine", "/etc/passwd", "tables/../../mine", "", "a\0b"])
def test_a_manifest_that_names_files_outside_is_not_of_a_run(name: str, tmp_path: Path) -> None:
    stated = {"versions": {"westward": "test"}, "outputs": {name: "0"}}
    (tmp_path / "run.json").write_text(json.dumps(stated), encoding="utf8")
    with pytest.raises(InputError, match="not written by Westward"):
        read_manifest(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names, as on Linux")
@pytest.mark.parametrize("name", ["tables/units.csv", "annotated.jsonl", "run.json"])
def test_a_run_with_a_pipe_or_a_device_is_not_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "run.json").write_text('{"versions": {"westward": "test"}}', encoding="utf8")
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="no regular file"):
        read_manifest(tmp_path)
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("/dev/zero")
    with pytest.raises(InputError, match="no regular file"):
        list(interviews_of(tmp_path))


FILES = {"annotated.jsonl": "a", "tables/b.csv": "old", "figures/old.svg": "old"}
AGAIN = {"tables/b.csv": "new", "figures/new.svg": "new"}


def _write(place: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf8")
    return place


def _read(place: Path) -> dict[str, str]:
    return {
        one.relative_to(place).as_posix(): one.read_text(encoding="utf8")
        for one in place.rglob("*")
        if one.is_file() and one.name != "run.json"
    }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A run with a note of its user in it."""
    run = _write(tmp_path / "place" / "run", FILES)
    write_manifest(run, {"versions": {"westward": "test"}})
    return _write(run, {"my notes.txt": "mine"})


@pytest.mark.parametrize("exchanges", [True, False])
def test_files_made_again_come_into_a_run_with_all_else_that_it_has(
    old: Path, tmp_path: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanges:
        monkeypatch.setattr(folder, "exchange", lambda *_: False)
    made = _write(tmp_path / "place" / "made", AGAIN)
    move_outputs(old, made, {"versions": {"westward": "again"}}, whole=["figures"])
    kept = {"annotated.jsonl": "a", "my notes.txt": "mine"}
    assert _read(old) == AGAIN | kept
    manifest = read_manifest(old)
    assert manifest["versions"] == {"westward": "again"}
    assert manifest["outputs"].keys() == AGAIN.keys() | {"annotated.jsonl"}


@pytest.mark.parametrize("call", ["_replace", "sync_tree", "_keep"])
def test_a_fault_while_files_come_into_a_run_leaves_it_as_it_was(
    old: Path, tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, record = _read(old), (old / "run.json").read_bytes()
    made = _write(tmp_path / "place" / "made", AGAIN)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(folder, call, fail)
    with pytest.raises(InputError, match="cannot be written"):
        move_outputs(old, made, {"versions": {"westward": "again"}}, whole=["figures"])
    assert (_read(old), (old / "run.json").read_bytes()) == (before, record)


@pytest.mark.parametrize("name", ["x" * 300, "/".join(["x" * 100] * 50), f"{'x' * 300}/run"])
def test_a_name_that_no_disk_holds_is_an_error_of_ours(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        check_free(tmp_path / name)
