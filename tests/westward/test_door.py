"""The door opens wherever it is called from, and its examples hold."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import westward
from pipeline.cli import main

BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
OWN = "print('the wrong one')\n"


def test_examples_in_the_documents_hold(root: Path, folder: Path) -> None:
    text = (root / "docs" / "python.md").read_text(encoding="utf8")
    before, after = text.split("`westward run talks/ --model small`")
    runner, values = doctest.DocTestRunner(), {}  # type: ignore[var-annotated]
    for number, part in enumerate((before, after)):
        if number:
            main_without_exit("run", "talks/", "--model", "small")
        source = "\n".join(BLOCK.findall(part))
        example = doctest.DocTestParser().get_doctest(source, values, "python.md", None, None)
        runner.run(example, clear_globs=False)
        values = example.globs
    assert runner.tries > 10
    assert not runner.failures


def main_without_exit(*words: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert not left.value.code


@pytest.mark.parametrize(
    "words",
    [["-m", "westward", "--version"], ["-c", "import westward; print(westward.__version__)"]],
    ids=["command line", "import"],
)
def test_a_pipeline_of_the_users_does_no_harm(words: list[str], folder: Path) -> None:
    (folder / "pipeline.py").write_text(OWN, encoding="utf8")
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().removeprefix("westward ") == westward.__version__


def test_a_pipeline_of_the_users_that_was_imported_first_is_named(folder: Path) -> None:
    (folder / "pipeline.py").write_text(OWN, encoding="utf8")
    done = subprocess.run(
        [sys.executable, "-c", "import pipeline, westward"], cwd=folder, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert str(folder / "pipeline.py") in done.stderr.splitlines()[-1]
    assert "rename that file" in done.stderr


def test_all_names_of_the_door_are_there() -> None:
    assert all(hasattr(westward, name) for name in westward.__all__)
