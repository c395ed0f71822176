"""The figures of a run, drawn in a process that has only an empty home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import Inferred
from pipeline.report.figures import draw_figures
from pipeline.report.overview import Overview
from tests.built import build

pytestmark = pytest.mark.slow

DRAW = """\
import os, sys
from pipeline.report.figures import draw_figures
from pipeline.report.overview import Overview
from tests.built import build, named
talks = [named(build(f"m{number}")) for number in range(6)]
overview = Overview(bloc="west-broad").add_all(talks)
before = dict(os.environ)
print(*(name for name, _ in draw_figures(overview)))
assert dict(os.environ) == before
"""


def draw(home: Path, root: Path, **more: str) -> list[str]:
    """Draw the figures with ``home`` as the user's home; return their names."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("XDG_", "MPL")) and key != "LOCALAPPDATA"
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=root,
        env={**kept, "HOME": str(home), "USERPROFILE": str(home), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_nothing_is_written_below_the_home(tmp_path: Path, root: Path) -> None:
    assert "targets.svg" in draw(tmp_path, root)
    assert list(tmp_path.rglob("*")) == []


def test_the_list_of_fonts_is_kept_where_the_user_wants_it(tmp_path: Path, root: Path) -> None:
    home, kept = tmp_path / "home", tmp_path / "kept"
    home.mkdir()
    draw(home, root, MPLCONFIGDIR=str(kept))
    assert [path.suffix for path in kept.iterdir()] == [".json"]
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize(
    ("inferred", "note"),
    [("exclude", "2 more stances are about targets that are only meant, and in no row"),
     ("include", None)],
)  # fmt: skip
def test_the_figure_of_targets_says_how_many_stances_it_leaves_out(
    inferred: Inferred, note: str | None
) -> None:
    overview = Overview("west-broad", inferred=inferred).add_all(build(f"m{n}") for n in range(2))
    (data,) = (data for name, data in draw_figures(overview) if name == "targets.svg")
    assert ("in no row" in data.decode()) is (note is not None)
    assert note is None or note in data.decode()
