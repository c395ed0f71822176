"""A run's folder of hand-built interviews, and its report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.records import Interview
from pipeline.report.estimates import read_estimates
from pipeline.report.page import Report
from pipeline.tables.lookup import Lookup
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
        report = Report(tmp_path, MANIFEST, name="talks")
        files = [file for one in interviews for file in report.add(Lookup(one))]
        files += report.finish(read_estimates(tmp_path / "tables" / "estimates.csv"))
        return {
            name: data.decode("latin1" if name.endswith("png") else "utf8")
            for name, data in files
            if figures or name.endswith("html")
        }

    return made
