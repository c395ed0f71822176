"""The segmentation of a corpus against hand-checked turns."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from pipeline.config import SegmentSettings
from pipeline.corpus.index import INDEX_NAME, read_index
from pipeline.corpus.understand import understand_file
from pipeline.errors import InputError
from pipeline.learn.turn_score import TurnScore, score_turns

KEYS = frozenset({"doc", "speaker", "role", "paragraphs"})


def score_corpus_turns(
    gold: Path, *, index: Path | None = None, settings: SegmentSettings
) -> list[TurnScore]:
    """Segment each transcript that gold turns exist for, and score it.

    Args:
        gold: JSON Lines, one turn a line: ``doc`` (id in the index), ``speaker``, ``role``,
            ``paragraphs``.
        index: of the transcripts; if not given, the nearest one above ``gold``.
        settings: of the segmentation.

    Raises:
        InputError: a file cannot be read, or gold names a transcript that the index lacks.
    """
    index = index or _nearest_index(gold)
    rows = {row.id: row for row in read_index(index).values()}
    scores: list[TurnScore] = []
    for doc, turns in _read_gold(gold).items():
        if doc not in rows:
            raise InputError(
                f'{gold}: turns of "{doc}", which {index} does not list; expected one of '
                f"{', '.join(sorted(rows))}; give its index with --index"
            )
        interview = understand_file(
            index.parent / rows[doc].path,
            interview_id=doc,
            metadata=rows[doc].metadata(),
            settings=settings,
        ).interview
        scores.append(score_turns(interview, turns))
    return scores


def _nearest_index(gold: Path) -> Path:
    for folder in (gold.parent, gold.parent.parent):
        if (folder / INDEX_NAME).is_file():
            return folder / INDEX_NAME
    raise InputError(
        f"{gold}: no {INDEX_NAME} in its folder or the one above; expected the index of the "
        "transcripts; give it with --index"
    )


def _read_gold(gold: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        lines = gold.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{gold}: cannot be read ({error}); expected JSON Lines") from error
    turns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{gold}:{number}: no JSON ({error}); expected a turn") from error
        if not isinstance(row, dict) or not row.keys() >= KEYS:
            raise InputError(
                f"{gold}:{number}: no gold turn; expected the keys {', '.join(sorted(KEYS))}"
            )
        turns[row["doc"]].append(row)
    return turns
