"""What the documents promise: README commands run, examples in docstrings hold."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
GROUPS = ("actors", "export")  # commands that have commands
SKIPPED = ("make ", "git ", "source ")  # set-up, which is itself what runs these tests
WITH_EXAMPLES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "pipeline").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf8")
)


def readme_commands() -> list[str]:
    """Every line after a prompt in the README, in order, without its comment."""
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf8"))
    lines = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]
    return [line.split("  #")[0].strip() for line in lines if not line.startswith(SKIPPED)]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the README leaves it after ``make run``."""
    folder = tmp_path_factory.mktemp("newcomer")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    run(folder, "westward run corpus/")
    return folder


def run(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("line", readme_commands())
def test_a_command_of_the_readme_runs(newcomer: Path, line: str) -> None:
    done = run(newcomer, line)
    assert done.returncode == 0, done.stderr or done.stdout
    assert "Traceback" not in done.stderr


def test_every_command_has_its_place_in_the_readme() -> None:
    import typer

    from pipeline.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf8")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    missing = [name for name in commands if f"westward {name}" not in readme]
    assert not missing


def test_the_readme_names_each_option_it_uses() -> None:
    helps: dict[str, str] = {}
    for line in readme_commands():
        words = shlex.split(line.rpartition("|")[2])
        if words[0] != "westward":
            continue
        command = " ".join(words[1:3] if words[1] in GROUPS else words[1:2])
        if command not in helps:
            helps[command] = run(ROOT, f"COLUMNS=200 westward {command} --help").stdout
        for word in words:
            if word.startswith("--"):
                assert word in helps[command], f"{line}: {word}"


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_in_docstrings_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed
