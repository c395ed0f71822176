"""The turns of a transcript as a file that a person can correct and that runs then follow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.config import SegmentSettings
from pipeline.corpus.index import INDEX_NAME, read_index, replace_file, safe_id
from pipeline.corpus.understand import understand_file
from pipeline.errors import InputError
from pipeline.turns.by_hand import dump_decisions, from_interview, sidecar_path


@dataclass(frozen=True)
class Exported:
    """Where the turns were written, and how many they are."""

    path: Path
    turns: int


def export_turns(transcript: Path, *, out: Path | None, settings: SegmentSettings) -> Exported:
    """Write the turns of a transcript, as they are understood now.

    Args:
        transcript: the file; where an index above it lists it, its metadata count.
        out: file to write; ``NAME.turns.toml`` beside the transcript if not given.
        settings: of the segmentation.

    Raises:
        InputError: the transcript cannot be read, or the file cannot be written.
    """
    metadata = {}
    for folder in (transcript.parent, transcript.parent.parent):
        index = folder / INDEX_NAME
        if index.is_file() and (row := read_index(index).get(transcript.resolve())):
            metadata = row.metadata()
            break
    interview = understand_file(
        transcript, interview_id=safe_id(transcript.stem), metadata=metadata, settings=settings
    ).interview
    target = out or sidecar_path(transcript)
    try:
        replace_file(target, dump_decisions(from_interview(interview)).encode("utf8"))
    except OSError as error:
        raise InputError(
            f"{target}: cannot be written ({error.strerror}); choose another place with --out"
        ) from error
    return Exported(target, len(interview.turns))
