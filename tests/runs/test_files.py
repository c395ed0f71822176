"""Where results go is tried before the work, and said in one message where it does not do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.runs import files
from pipeline.runs.files import check_place, exchange, open_file, place_in, replace_file
from pipeline.runs.folder import check_free, new_folder


def refuse(*_: object, **__: object) -> None:
    """As a disk that lets nothing be made, or be moved."""
    raise PermissionError(13, "Permission denied")


def test_a_place_that_takes_a_folder_is_left_as_it_was(tmp_path: Path) -> None:
    check_place(tmp_path / "new" / "deep", option="-o")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_takes_none_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(
        InputError, match=r"new: cannot be written \(Permission denied\).*another -o"
    ):
        check_place(tmp_path / "new", option="-o")


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="/file: a file; expected a folder"):
        check_place(tmp_path / "file" / "deep" / "run", option="-o")


def test_a_place_is_tried_by_a_file_that_has_no_name_or_by_one_that_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".westward.killed").mkdir()
    monkeypatch.setattr(files, "_UNNAMED", 0)
    check_place(tmp_path / "run", option="-o")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_another_user_in_a_shared_folder_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir()
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(files.os, "geteuid", lambda: 12345)
    with pytest.raises(InputError, match=r"run: cannot be written.*another user's"):
        check_free(tmp_path / "run")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../a", "a/../../b", "/etc/passwd", "a\0b", "x" * 5000, "link/a", "loop"],
)
def test_a_name_that_leads_out_of_a_folder_has_no_place_in_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    (tmp_path / "in" / "loop").symlink_to("loop")
    assert place_in(tmp_path / "in", name) is None
    assert place_in(tmp_path / "in", "a/../b/c") == tmp_path / "in" / "b" / "c"


def test_a_file_is_not_written_through_a_link_that_waits_for_it(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    (tmp_path / ".a.json.part").symlink_to(tmp_path / "mine")
    replace_file(tmp_path / "a.json", b"{}")
    assert (tmp_path / "mine").read_text() == "kept"
    assert {one.name for one in tmp_path.iterdir()} == {"mine", "a.json"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names, as on Linux")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file"):
        open_file(tmp_path / "pipe")


def test_a_disk_mounted_at_the_place_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_mount", lambda _: True)
    with pytest.raises(InputError, match="a disk is mounted there"):
        check_free(tmp_path)


def test_what_is_not_worthwhile_leaves_no_folder(tmp_path: Path) -> None:
    with new_folder(tmp_path / "new" / "run", worthwhile=lambda: False) as folder:
        (folder / "annotated.jsonl").touch()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "message"), [("", "a folder; expected a file"), ("gone/x.json", "cannot be written")]
)
def test_a_file_that_cannot_be_written_is_an_error(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message):
        replace_file(tmp_path / name, b"{}", option="-o")


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"of-{name}").touch()
    if not exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this system or disk cannot")
    assert (tmp_path / "a" / "of-b").exists()
    assert (tmp_path / "b" / "of-a").exists()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "gone")
