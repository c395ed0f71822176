"""A transcript on disk, with what a person has decided about it, as an interview."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.config import SegmentSettings
from pipeline.ingest import read_source
from pipeline.records import Source
from pipeline.turns import Understanding, understand
from pipeline.turns.by_hand import ByHand, read_sidecar


def read_transcript(path: Path) -> tuple[Source, ByHand]:
    """Read a transcript and the sidecar that lies beside it.

    Raises:
        InputError: one of them cannot be read.
    """
    hand = read_sidecar(path)
    return read_source(path, keys=hand.keys), hand


def understand_file(
    path: Path, *, interview_id: str, metadata: Mapping[str, str], settings: SegmentSettings
) -> Understanding:
    """Read a transcript and find who says what.

    Raises:
        InputError: it cannot be read, or what was decided by hand does not fit it.
    """
    source, hand = read_transcript(path)
    return understand(
        source, interview_id=interview_id, metadata=metadata, settings=settings, by_hand=hand
    )
