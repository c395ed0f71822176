"""Where results go is tried before the work, and said in one message where it does not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.runs import files
from pipeline.runs.files import check_place, replace_file
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
    monkeypatch.setattr(files.tempfile, "mkdtemp", refuse)
    with pytest.raises(
        InputError, match=r"new: cannot be written \(Permission denied\).*another -o"
    ):
        check_place(tmp_path / "new", option="-o")


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="/file: a file; expected a folder"):
        check_place(tmp_path / "file" / "deep" / "run", option="-o")


def test_an_empty_folder_that_cannot_be_replaced_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir()
    check_free(tmp_path / "run")
    assert [path.name for path in tmp_path.rglob("*")] == ["run"]
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(InputError, match="run: cannot be written"):
        check_free(tmp_path / "run")
    assert [path.name for path in tmp_path.rglob("*")] == ["run"]


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
