"""The built wheel runs where the source tree is absent."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

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
    assert "pipeline/_models/stance/meta.json" in names
    assert "pipeline/lexicons/blocs.toml" in names
    assert "pipeline/default.toml" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"pipeline"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_installed_wheel_annotates_an_interview(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from the tests' own environment, the package from the wheel alone."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python3*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    mine = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "dependencies.pth").write_text(f"{mine}\n", encoding="utf8")
    text = "Q: Does the alliance hold?\n\nA: NATO holds. Its members have never been closer.\n"
    (tmp_path / "short.txt").write_text(text, encoding="utf8")
    code = (
        "import pipeline, sys; assert sys.argv[1] in pipeline.__file__, pipeline.__file__; "
        "sys.argv[1:] = ['run', 'short.txt', '-o', 'out']; from pipeline.cli import main; main()"
    )
    done = subprocess.run(
        [str(python), "-c", code, str(site)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "NATO" in (tmp_path / "out" / "tables" / "stances.csv").read_text(encoding="utf8")
