"""A run's folder of hand-built interviews, and its report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.records import Interview
from pipeline.report.estimates import read_estimates
from pipeline.report.page import Layout, Report, make_shard
from pipeline.tables.lookup import Lookup
from pipeline.tables.own import own_of
from pipeline.tables.writer import TableWriter
from tests.built import build

MANIFEST = {
    "versions": {"westward": "0.0.0"},
    "settings": load_settings().model_dump(mode="json"),
    "models": [{"name": "encoder-standard", "version": "9.9.9"}],
}
LAYOUT = Layout("west-broad")
Made = Callable[..., dict[str, str]]


@pytest.fixture
def interview() -> Interview:
    """The interview under the id ``x``."""
    return build()


def writer(folder: Path, layout: Layout) -> TableWriter:
    """Return the tables of the interviews of a report."""
    return TableWriter(folder / "counted", duplicates="include", own=layout.own)


@pytest.fixture
def make(tmp_path: Path) -> Made:
    """Make the report of interviews; return its pages as text, by name."""

    def made(interviews: Sequence[Interview], *, figures: bool = False) -> dict[str, str]:
        layout = replace(LAYOUT, own=own_of(interviews))
        report, tables = Report(tmp_path, "talks", layout), writer(tmp_path, layout)
        for interview in interviews:
            shard = make_shard(Lookup(interview), layout)
            report.add(shard)
            tables.add(shard.portion)
        tables.finish()
        estimates = read_estimates(tmp_path / "tables" / "estimates.csv")
        files = report.finish(MANIFEST, estimates, tables)
        return {
            name: b"".join(data).decode("latin1" if name.endswith("png") else "utf8")
            for name, data in files
            if figures or name.endswith("html")
        }

    return made
