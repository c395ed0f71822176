"""The command line as a user calls it, and one real run that several tests read."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main

HALF = """\
HOST: Why did the summit fail, and whose fault

ANALYST: NATO had prepared nothing. Because the ministers never met, the alliance should
"""


@dataclass(frozen=True)
class Done:
    """Exit code and output of a command."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


def spawn(*words: str | Path, cwd: Path) -> Done:
    """Run westward as a process of its own, its output piped."""
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, timeout=300, check=False)
    return Done(done.returncode, done.stdout.decode("utf8"), done.stderr.decode("utf8"))


@pytest.fixture
def westward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run westward in a temporary folder, in this process."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as stop:
            main(list(map(str, words)))
        printed = capsys.readouterr()
        return Done(int(stop.value.code or 0), printed.out, printed.err)

    return command


@pytest.fixture(scope="session")
def odd_files(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with one good transcript and every odd one."""
    folder = tmp_path_factory.mktemp("odd")
    talk = HALF.replace("whose fault", "whose fault was it?").replace("should", "should change.")
    good = (root / "corpus" / "transcripts" / "joint-press-conference.txt").read_text("utf8")
    (folder / "good.txt").write_text(good, encoding="utf8", newline="\n")
    (folder / "crlf-bom.txt").write_bytes(b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode())
    (folder / "latin.txt").write_bytes(talk.replace("NATO", "Señor Müller's NATO").encode("latin1"))
    (folder / "half.txt").write_text(HALF, encoding="utf8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 100)
    line = " ".join(good.replace(":", ",").split()) + " "
    (folder / "one-line.txt").write_text(line * (1_100_000 // len(line)), encoding="utf8")
    return folder


@pytest.fixture(scope="session")
def odd_run(odd_files: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A real run over the odd files: its folder, and what it printed."""
    out = tmp_path_factory.mktemp("runs") / "odd"
    return out, spawn("run", odd_files, "--model", "small", "-o", out, cwd=out.parent)
