"""What the documents promise: commands run and print what is shown, examples hold."""

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
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
GROUPS = ("actors", "cache", "corpus", "judge")  # commands that have commands
SKIPPED = ("make", "git", "source", "python -m training", "python -m benchmarks", "pip")
RUN = "westward run corpus/"
AS = {"make run": RUN}  # what a skipped command runs
ELIDED = "..."
MAX_README_BYTES, MAX_CHANGELOG_BYTES = 9_000, 4_000
WITH_EXAMPLES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    for path in (ROOT / "pipeline").rglob("*.py")
    if ">>> " in path.read_text(encoding="utf8")
)


def read(path: Path) -> str:
    return path.read_text(encoding="utf8")


def examples(document: Path) -> list[tuple[str, list[str]]]:
    """Every command after a prompt, in order, and the lines of output shown below it."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(read(document)):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:].split("  #")[0].strip(), []))
            elif found and line.strip() not in ("", ELIDED):
                found[-1][1].append(line.strip())
    return found


EXAMPLES = [(path.name, *example) for path in DOCUMENTS for example in examples(path)]
COMMANDS = [
    pytest.param(AS.get(line, line), shown, id=f"{name}: {line[:60]}")
    for name, line, shown in EXAMPLES
    if line in AS or not line.startswith(SKIPPED)
]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder as ``make run`` leaves it, and what that printed."""
    folder = tmp_path_factory.mktemp("newcomer")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    return folder, run(folder, RUN).stdout


def run(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    environment["COLUMNS"] = "80"
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


@pytest.mark.slow
@pytest.mark.parametrize(("line", "shown"), COMMANDS)
def test_a_command_of_the_documents_runs_and_prints_what_is_shown(
    newcomer: tuple[Path, str], line: str, shown: list[str]
) -> None:
    folder, printed = newcomer
    if line != RUN:
        done = run(folder, line)
        assert done.returncode == 0, done.stderr or done.stdout
        assert "Traceback" not in done.stderr
        printed = done.stdout
    lines = [text.strip() for text in printed.splitlines()]
    assert printed or not shown
    assert [text for text in shown if text not in lines] == []


def test_every_command_is_documented() -> None:
    import typer

    from pipeline.cli import app

    documents = " ".join(map(read, DOCUMENTS))
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    missing = [name for name in commands if f"westward {name}" not in documents]
    assert not missing


@pytest.mark.slow
def test_the_documents_name_only_options_that_exist() -> None:
    helps: dict[str, str] = {}
    for name, line, _ in EXAMPLES:
        words = shlex.split(line.rpartition("|")[2])
        if words[0] != "westward":
            continue
        command = " ".join(words[1:3] if words[1] in GROUPS else words[1:2])
        if command not in helps:
            helps[command] = run(ROOT, f"COLUMNS=200 westward {command} --help").stdout
        for word in words:
            if word.startswith("--"):
                assert word in helps[command], f"{name}: {line}: {word}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    missing = [
        link for link in LINK.findall(read(document)) if not (document.parent / link).exists()
    ]
    assert not missing


def test_readme_and_changelog_stay_short() -> None:
    assert len(read(ROOT / "README.md").encode()) <= MAX_README_BYTES
    assert len(read(ROOT / "CHANGELOG.md").encode()) <= MAX_CHANGELOG_BYTES


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_in_docstrings_hold(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))
    assert result.attempted
    assert not result.failed
