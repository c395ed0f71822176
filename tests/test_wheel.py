"""The built wheel runs where the source tree is absent."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), "."],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_models_and_lexicons_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pipeline/_models/encoder-small/meta.json" in names
    assert "pipeline/_models/en_core_web_sm/ner/model" in names
    assert "pipeline/lexicons/blocs.toml" in names
    assert "pipeline/default.toml" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        "pipeline",
        "westward",
    }
    assert {"pipeline/py.typed", "westward/py.typed"} <= set(names)
    assert not [name for name in names if name.startswith("pipeline/westward/")]
    assert not [name for name in names if "__pycache__" in name]


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python whose packages are the tests' own environment's, Westward's the wheel's alone."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    site = next((home / "lib").glob("python3*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    mine = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "dependencies.pth").write_text(f"{mine}\n", encoding="utf8")
    return home / "bin" / "python"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with a transcript and a file of their own called pipeline.py."""
    text = "Q: Does the alliance hold?\n\nA: NATO holds. Its members have never been closer.\n"
    (tmp_path / "short.txt").write_text(text, encoding="utf8")
    (tmp_path / "pipeline.py").write_text("raise SystemExit('the wrong one')\n", encoding="utf8")
    return tmp_path


def run(python: Path, *words: str, folder: Path) -> str:
    done = subprocess.run(
        [str(python), *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_command_line_runs_beside_a_pipeline_of_the_users(python: Path, folder: Path) -> None:
    run(
        python, "-m", "westward", "run", "short.txt", "--model", "small", "-o", "out", folder=folder
    )
    assert "NATO" in (folder / "out" / "tables" / "stances.csv").read_text(encoding="utf8")


def test_the_door_opens_beside_a_pipeline_of_the_users(python: Path, folder: Path) -> None:
    code = (
        "import westward, pipeline; print(pipeline.__file__); "
        "print(westward.annotate('short.txt', model='small').tables()['stances'].head())"
    )
    place, table = run(python, "-c", code, folder=folder).split("\n", 1)
    assert Path(place).is_relative_to(python.parent.parent)
    assert "model:encoder-small" in table
