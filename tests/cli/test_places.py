"""Output that cannot be written: one message, exit code 2, no traceback, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

TALK = "HOST: Why did it fail?\n\nANALYST: Nobody came.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A transcript in the working folder, beside a file and a folder."""
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf8")
    (tmp_path / "folder").mkdir()
    return path


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("run", "talk.txt", "-o", "talk.txt/x"), "talk.txt: a file; expected a folder"),
        (("schema", "-o", "talk.txt/x.json"), "x.json: cannot be written"),
        (("schema", "-o", "folder"), "folder: a folder; expected a file"),
        (("add", "talk.txt", "--corpus", "talk.txt"), "talk.txt: a file; expected a folder"),
        (("add", "talk.txt", "--corpus", "talk.txt/x"), "talk.txt: a file; expected a folder"),
        (("turns", "talk.txt", "-o", "folder"), "folder: a folder; expected a file"),
        (
            ("train", "claims", "talk.txt", "--model", "small", "-o", "talk.txt/x"),
            "talk.txt: a file; expected a folder",
        ),
    ],
)
@pytest.mark.usefixtures("talk")
def test_an_unwritable_place_is_one_message(
    words: tuple[str, ...], message: str, westward: Command
) -> None:
    done = westward(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert message in done.stderr
    assert "choose another" in done.stderr


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes nothing, as on Linux")
@pytest.mark.parametrize(
    "words",
    [
        ("run", "talk.txt", "-o", "/proc/x"),
        ("schema", "-o", "/proc/x.json"),
        ("add", "talk.txt", "--corpus", "/proc/x"),
        ("train", "claims", "talk.txt", "--model", "small", "-o", "/proc/x"),
    ],
)
@pytest.mark.usefixtures("talk")
def test_a_folder_that_takes_nothing_is_one_message(
    words: tuple[str, ...], westward: Command
) -> None:
    done = westward(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr


@pytest.mark.usefixtures("talk")
def test_a_run_of_nothing_that_can_be_read_keeps_the_earlier_one(
    westward: Command, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    assert westward("run", "talk.txt", "-o", "out", "--model", "small").returncode == 0
    before = (tmp_path / "out/annotated.jsonl").read_bytes()
    done = westward("run", "empty.txt", "-o", "out", "--model", "small")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nothing was written to out/" in done.stderr
    assert (tmp_path / "out/annotated.jsonl").read_bytes() == before
    assert westward("run", "empty.txt", "talk.txt", "-o", "out").returncode == 1


def test_a_folder_to_add_is_told_what_to_do_with_it(westward: Command, talk: Path) -> None:
    done = westward("add", talk.parent / "folder")
    assert done.returncode == 2
    assert "westward run" in done.stderr
    assert "one by one" in done.stderr


def test_errors_are_told_without_a_validators_jargon(westward: Command, talk: Path) -> None:
    words = ("--bloc", "nato", "--bloc", "eu", "--bloc", "eu")
    done = westward("run", talk, *words)
    assert done.returncode == 2
    assert "name each bloc once" in done.stderr
    assert "value error" not in done.stderr.casefold()
