"""A run's folder of hand-built interviews, and its report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.records import Interview
from pipeline.report.page import Report
from pipeline.runs.jsonl import dump_line
from tests.built import build

MANIFEST = {
    "versions": {"westward": "0.0.0"},
    "settings": load_settings().model_dump(mode="json"),
    "models": [{"name": "encoder-standard", "version": "9.9.9"}],
}
Made = Callable[..., dict[str, str]]


@pytest.fixture
def interview() -> Interview:
    """The interview under the id ``x``."""
    return build()


@pytest.fixture
def make(tmp_path: Path) -> Made:
    """Make the report of interviews; return its pages as text, by name."""

    def made(interviews: Sequence[Interview], *, figures: bool = False) -> dict[str, str]:
        lines = "".join(map(dump_line, interviews))
        (tmp_path / "annotated.jsonl").write_text(lines, encoding="utf8")
        files = Report(tmp_path, MANIFEST, name="talks").files()
        return {
            name: data.decode("latin1" if name.endswith("png") else "utf8")
            for name, data in files
            if figures or name.endswith("html")
        }

    return made
