"""Fixtures that several test files use."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("untimed", deadline=None)  # a busy machine fails no example
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of research data beside the repository; tests that need it skip without it."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus" / "index.jsonl").is_file():
        pytest.skip(f"the research data are not at {folder}")
    return folder
