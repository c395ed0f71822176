"""Real documents with gold turns: their index, and how well each is read."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.config import load_settings
from pipeline.errors import WestwardError
from pipeline.evaluate.turns import TurnScore, score_turns
from pipeline.ingest import read_source
from pipeline.turns import understand

METADATA = ("title", "date", "series", "url", "licence", "interviewer", "interviewee",
            "affiliation", "country", "language")  # fmt: skip


@dataclass(frozen=True)
class DocumentScore:
    """One document: its agreement with gold, or why it could not be read, and CPU seconds.

    ``signs`` and ``confidence`` are those of the reading (``pipeline/turns/confidence.py``).
    """

    id: str
    source: str
    format: str
    score: TurnScore | None
    seconds: float
    error: str = ""
    signs: Mapping[str, float] = field(default_factory=dict)
    confidence: float = 0.0

    @property
    def role(self) -> float:
        """Share of gold's words in a turn of the right role; 0 if the document is not read."""
        return self.score.role_share if self.score else 0.0

    @property
    def speaker(self) -> float:
        """Share of gold's words under the right speaker; 0 if the document is not read."""
        return self.score.speaker_share if self.score else 0.0


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    lines = path.read_text(encoding="utf8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def source_of(entry: dict[str, Any]) -> str:
    """Return the source of a document: its repository, else its publisher."""
    return str(entry.get("source") or entry.get("publisher") or entry["id"]).split("@")[0]


def score_documents(
    folder: Path,
    *,
    with_index: bool = False,
    only: Collection[str] = (),
    models: Path | None = None,
    gold_turns: Path | None = None,
) -> Iterator[DocumentScore]:
    """Read and score each document of a folder that gold turns exist for.

    Args:
        folder: with ``index.jsonl``, ``gold_turns.jsonl`` and the transcripts.
        with_index: pass on what the index says of the document, as ``westward run`` does.
        only: ids of documents; all, if empty.
        models: a folder of models that is searched before the shipped ones.
        gold_turns: file of the gold turns, if it is not ``gold_turns.jsonl`` in the folder.
    """
    gold: dict[str, list[dict[str, Any]]] = {}
    for row in read_rows(gold_turns or folder / "gold_turns.jsonl"):
        gold.setdefault(row["doc"], []).append(row)
    settings = load_settings().segment
    for entry in read_rows(folder / "index.jsonl"):
        if entry["id"] not in gold or (only and entry["id"] not in only):
            continue
        known = {key: str(entry[key]) for key in METADATA if entry.get(key) and with_index}
        start = time.process_time()
        score, error = None, ""
        try:
            source = read_source(folder / entry["path"])
            read = understand(
                source,
                interview_id=entry["id"],
                metadata=known,
                settings=settings,
                models=models,
            )
        except WestwardError as failure:
            error = str(failure).removeprefix(f"{folder}/")
        seconds = time.process_time() - start
        if not error:
            score = score_turns(read.interview, gold[entry["id"]], aliases=entry.get("aliases"))
        yield DocumentScore(
            entry["id"],
            source_of(entry),
            Path(entry["path"]).suffix,
            score,
            seconds,
            error,
            read.signs if score else {},
            read.interview.convention_confidence if score else 0.0,
        )
