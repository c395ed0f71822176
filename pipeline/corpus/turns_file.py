"""The turns of a transcript as a file that a person can correct and that later runs use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import SegmentSettings
from pipeline.corpus.index import find_index, read_index, safe_id
from pipeline.errors import InputError
from pipeline.ingest import read_source
from pipeline.records import Interview, Source
from pipeline.runs.files import replace_file
from pipeline.turns import understand
from pipeline.turns.sidecar import (
    SUFFIX,
    ByHand,
    dump_decisions,
    from_interview,
    read_sidecar,
    sidecar_path,
)

OPTION = "--out"


@dataclass(frozen=True)
class Exported:
    """Where the turns were written, and how many they are.

    Attributes:
        kept: the new place of an earlier file with other content, if there was one.
        renewed: the transcript was altered since its turns were set by hand, so they were found
            again.
    """

    path: Path
    turns: int
    kept: Path | None = None
    renewed: bool = False


def export_turns(transcript: Path, *, out: Path | None, settings: SegmentSettings) -> Exported:
    """Write the turns of a transcript: those set by hand, unless it was altered since, or found.

    The metadata of an index above it are used. They are in ``NAME.turns.toml`` beside it, if no
    other file is given.

    Raises:
        InputError: the transcript cannot be read, or the file cannot be written.
    """
    hand = read_sidecar(transcript)
    source = read_source(transcript, keys=hand.keys)
    renewed = bool(hand.turns) and hand.sha256 not in (None, source.sha256)
    if renewed:
        hand = hand.model_copy(update={"turns": (), "sha256": None})
    interview = _understand(source, transcript, hand, settings=settings, renewed=renewed)
    kept = {"convention": hand.convention, "keys": hand.keys}
    text = dump_decisions(from_interview(interview).model_copy(update=kept)).encode("utf8")
    target = out or sidecar_path(transcript)
    return Exported(target, len(interview.turns), _keep_earlier(target, text), renewed)


def _understand(
    source: Source, transcript: Path, hand: ByHand, *, settings: SegmentSettings, renewed: bool
) -> Interview:
    """Return the interview; roles of speakers missing from an altered transcript are dropped."""
    metadata = _metadata(transcript)

    def build(decided: ByHand) -> Interview:
        return understand(
            source,
            interview_id=safe_id(transcript.stem),
            metadata=metadata,
            settings=settings,
            by_hand=decided,
        ).interview

    if not renewed:
        return build(hand)
    found = build(hand.model_copy(update={"speakers": {}}))
    there = {(speaker.name or "").casefold() for speaker in found.speakers}
    speakers = {name: role for name, role in hand.speakers.items() if name.casefold() in there}
    return build(hand.model_copy(update={"speakers": speakers})) if speakers else found


def _metadata(transcript: Path) -> Mapping[str, str]:
    for folder in (transcript.parent, transcript.parent.parent):
        index = find_index(folder)
        if index.is_file() and (row := read_index(index).get(transcript.resolve())):
            return row.metadata()
    return {}


def _keep_earlier(target: Path, data: bytes) -> Path | None:
    """Write a file; return where an earlier one, with its comments, is kept."""
    try:
        earlier = target.read_bytes() if target.is_file() else data
    except OSError as error:
        raise InputError(
            f"{target}: cannot be read ({error.strerror}); choose another place with {OPTION}"
        ) from error
    kept = None
    if earlier != data:
        kept = _free_name(target)
        replace_file(kept, earlier, option=OPTION)
    replace_file(target, data, option=OPTION)
    return kept


def _free_name(target: Path) -> Path:
    """Return ``NAME.old.turns.toml``, with a number if that exists."""
    suffix = SUFFIX if target.name.endswith(SUFFIX) else target.suffix
    stem = target.name.removesuffix(suffix)
    number = 1
    while (path := target.with_name(f"{stem}.old{number if number > 1 else ''}{suffix}")).exists():
        number += 1
    return path
