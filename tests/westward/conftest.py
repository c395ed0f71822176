"""The door as a user meets it: a short talk, and a folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

import westward

TALK = """Q: Does the alliance hold?

A: NATO has kept us safe for decades 🙂. Moscow says that the alliance is a threat to Russia.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def interview() -> westward.Interview:
    """A short talk, annotated."""
    return westward.annotate(TALK, model="small", metadata={"date": "2024-05-02"})
