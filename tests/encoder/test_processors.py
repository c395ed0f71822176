"""The processors a process may use."""

import os
from pathlib import Path

import pytest

from pipeline.encoder.runtime import count_processors

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with three processors, and nothing said about threads."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)


@pytest.mark.parametrize(
    ("quota", "count"),
    [("max 100000\n", 3), ("200000 100000\n", 2), ("50000 100000\n", 1), ("900000 100000", 3)],
)
def test_a_quota_bounds_the_processors(tmp_path: Path, quota: str, count: int) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    assert count_processors(quota=tmp_path / "cpu.max") == count


def test_without_a_quota_all_allowed_processors_count(tmp_path: Path) -> None:
    assert count_processors(quota=tmp_path / "none") == 3


@pytest.mark.parametrize(("threads", "count"), [("2", 2), ("0", 1), ("9", 3), ("many", 3)])
def test_the_number_of_threads_bounds_the_processors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: str, count: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    assert count_processors(quota=tmp_path / "none") == count
