"""A transcript of our own, and a corpus that holds it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import SegmentSettings, load_settings

TEXT = """\
HOST: Why did the summit fail?

ANALYST: Nobody had prepared it. The ministers met for the first time at the airport.

HOST: And what happens now?

ANALYST: The alliance will wait for the winter, and the winter will not help.
"""


@pytest.fixture
def settings() -> SegmentSettings:
    """The segmentation's default settings."""
    return load_settings().segment


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    """A transcript outside any corpus."""
    path = tmp_path / "summit.txt"
    path.write_text(TEXT, encoding="utf8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus with one transcript, ``airport``."""
    folder = tmp_path / "corpus"
    (folder / "transcripts").mkdir(parents=True)
    data = TEXT.replace("summit", "airport deal").encode()
    (folder / "transcripts" / "airport.txt").write_bytes(data)
    row = {
        "id": "airport",
        "path": "transcripts/airport.txt",
        "date": "2024-02",
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (folder / "index.jsonl").write_text(json.dumps(row) + "\n", encoding="utf8")
    return folder


@pytest.fixture
def write_index(corpus: Path) -> Callable[..., Path]:
    """Replace the corpus's index: one row for each argument."""

    def write(*rows: dict[str, object] | str) -> Path:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        index = corpus / "index.jsonl"
        index.write_text("\n".join(lines) + "\n", encoding="utf8")
        return index

    return write
