"""The page from transcripts to figures: its code runs, and its figures are drawn."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import matplotlib
import pytest

pytestmark = pytest.mark.slow

BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_code_of_the_page_draws_three_figures(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    matplotlib.use("svg")
    page = (root / "docs" / "figures.md").read_text(encoding="utf8")
    values: dict[str, Any] = {}
    exec("\n".join(BLOCK.findall(page)), values)
    drawn = sorted(path.name for path in tmp_path.glob("*.svg"))
    assert drawn == ["claims.svg", "net.svg", "targets.svg"]
    assert all(name in (tmp_path / "net.svg").read_text("utf8") for name in ("<svg", "</svg>"))
    assert len(capsys.readouterr().out.splitlines()) == min(3, len(values["bar"])) > 0
