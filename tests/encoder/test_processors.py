"""The processors a process may use."""

import os
from pathlib import Path

import pytest

from pipeline.encoder.runtime import count_processors


@pytest.mark.parametrize(
    ("quota", "count"),
    [("max 100000\n", 3), ("200000 100000\n", 2), ("50000 100000\n", 1), ("900000 100000", 3)],
)
def test_a_quota_bounds_the_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quota: str, count: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    (tmp_path / "cpu.max").write_text(quota)
    assert count_processors(quota=tmp_path / "cpu.max") == count


def test_without_a_quota_all_allowed_processors_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {4, 5}, raising=False)
    assert count_processors(quota=tmp_path / "none") == 2
