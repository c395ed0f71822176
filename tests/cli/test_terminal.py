"""Terminals without UTF-8, pipes that close, file names that are not UTF-8, and completion."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.cli.console import print_json
from tests.cli.conftest import Command

pytestmark = pytest.mark.slow

TALK = "HOST: Why did it fail?\n\nMÜLLER: Nobody – “nobody” – came. NATO and Ключ should know.\n"
CODE = "from pipeline.cli import main; main()"
Printed = Callable[..., str]


@pytest.fixture
def printed(westward: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Run westward on a terminal of an encoding, and return what it printed there."""
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf8")

    def command(encoding: str, *words: str) -> str:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as stop:
                main(words)
        assert not stop.value.code
        text = ""
        for stream in (out, err):
            stream.flush()
            assert isinstance(stream.buffer, io.BytesIO)
            text += stream.buffer.getvalue().decode(encoding)
        return text

    return command


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "MÜLLER"), ("ascii", "MULLER")])
def test_what_a_terminal_cannot_show_is_replaced(
    encoding: str, name: str, printed: Printed
) -> None:
    compared = ("--bloc", "nato", "--bloc", "west-core")
    text = printed(encoding, "run", "talk.txt", "-o", "out", "--model", "small", *compared)
    assert "+ in favor, - against, =" in text
    assert "nato > west-core" in text
    text = printed(encoding, "show", "out")
    assert "* claim" in text
    assert name in text
    assert "NATO and ???? should" in text
    assert name in printed(encoding, "add", "talk.txt")
    assert "problems: 0" in printed(encoding, "check")
    assert "NATO > NATO" in printed(encoding, "actors", "find", "NATO")
    for words in (("blocs",), ("formats",), ("actors", "list")):
        assert printed(encoding, *words)


def test_json_is_escaped_where_it_cannot_be_encoded(printed: Printed) -> None:
    words = ("actors", "list", "--json")
    assert json.loads(printed("ascii", *words)) == json.loads(printed("utf8", *words))


@pytest.mark.slow
@pytest.mark.parametrize("words", [("actors", "list"), ("blocs",), ("schema",), ("--help",)])
def test_a_pipe_that_closes_is_no_traceback(words: tuple[str, ...]) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", CODE, *words]
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full, as on Linux")
@pytest.mark.parametrize("words", [("blocs",), ("schema",)])
def test_a_full_disk_is_one_message(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-c", CODE, *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"error: the output cannot be written (No space left on device)")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' names are Unicode")
def test_a_file_name_that_is_not_utf8_is_read(westward: Command, tmp_path: Path) -> None:
    name = os.fsdecode(b"M\xfcller.txt")
    (tmp_path / name).write_text(TALK, encoding="utf8")
    done = westward("run", name, "-o", "out", "--model", "small")
    assert done.returncode == 0, done.stderr
    (source,) = json.loads((tmp_path / "out/run.json").read_text("utf8"))["inputs"]
    assert (source["id"], source["path"]) == ("M-ller", r"M\xfcller.txt")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("run . --bloc west-", ["west-allied", "west-broad", "west-core"]),
        ("actors list --bloc russ", ["russia"]), ("run . --model s", ["standard", "small"]),
        ("evaluate west x --model l", ["llm"]), ("train claims --model st", ["standard"]),
        ("show out ", ["talk"]), ("show out/annotated.jsonl t", ["talk"]), ("show out x", []),
        ("show nowhere ", []),
    ],
)  # fmt: skip
def test_the_shell_completes(
    words: str, expected: list[str], printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    if expected == ["talk"]:
        printed("utf8", "run", "talk.txt", "-o", "out", "--model", "small")
    monkeypatch.setenv("_WESTWARD_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"westward {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" "))))
    assert printed("utf8").split() == expected


EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"


def _is_harmless(text: str) -> bool:
    return not set(text) & set("\x1b\x07\x9b\u202e\x08\r")


def test_texts_and_names_cannot_control_the_terminal(westward: Command, tmp_path: Path) -> None:
    more = "NATO had to come, and nobody knew why. " * 10
    talk = f"HOST: Why did it fail?\n\nMULLER: NATO came{EVIL}, and nobody knew. {more}\n"
    (tmp_path / "talk.txt").write_text(talk, encoding="utf8")
    (tmp_path / f"a{EVIL}.txt").write_bytes(b"")
    done = [
        westward("add", "talk.txt", "--title", f"A talk{EVIL}", "--explain"),
        westward("check"),
        westward("run", "corpus", f"a{EVIL}.txt", "-o", "out", "--model", "small"),
        westward("show", "out"),
    ]
    assert [one.returncode for one in done] == [0, 0, 1, 0]
    assert all(_is_harmless(one.stdout + one.stderr) for one in done)
    assert "A talk\ufffd]0;owned" in done[0].stdout
    assert "\ufffd" in done[2].stderr


def test_json_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"title": EVIL})
    text = capsys.readouterr().out
    assert _is_harmless(text)
    assert json.loads(text)["title"].startswith("\x1b]0;owned")


def test_a_folder_in_brackets_is_named_in_full(printed: Printed) -> None:
    assert "written to out[bold]/" in printed(
        "utf8", "run", "talk.txt", "-o", "out[bold]", "--model", "small"
    )


def test_what_is_dropped_in_brackets_is_shown(printed: Printed, tmp_path: Path) -> None:
    text = "HOST: Does it hold?\n\n[applause]\n\nADMIRAL: It holds.\n\n[laughter]\n"
    (tmp_path / "loud.txt").write_text(text, encoding="utf8")
    shown = printed("utf8", "add", "loud.txt", "--title", "A talk [draft]", "--explain")
    assert "[applause]" in shown
    assert "A talk [draft], no date" in shown
