"""Annotated rows put back into interviews: each sentence in its answer, after its question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.learn.reference_score import speaker_of
from pipeline.records import Interview, Speaker, Turn, Unit

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of one document, the interview they stand in, and the unit id of each row."""

    rows: tuple[Row, ...]
    interview: Interview
    unit_ids: tuple[str, ...]


def read_documents(paths: Iterable[Path], *, splits: Sequence[str]) -> list[Document]:
    """Read the rows that hold ``attributed``, a document each.

    Args:
        paths: files of annotated sentences.
        splits: which splits to take.
    """
    by_doc: dict[str, list[Row]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            if row.get("split") in splits and "attributed" in row:
                by_doc.setdefault(f"{path.stem}:{row['doc']}", []).append(row)
    return [_document(rows) for rows in by_doc.values()]


def _document(rows: Sequence[Row]) -> Document:
    doc = str(rows[0]["doc"])
    names = dict.fromkeys(str(row["speaker"]) for row in rows)
    speakers = {name: speaker_of(n, name, doc) for n, name in enumerate(names, start=1)}
    turns: list[Turn] = []
    units: list[Unit] = []
    for answer in _answers(rows):
        first = answer[0]
        question = Turn(
            id=f"t{len(turns) + 1}",
            speaker_id="q",
            kind="question",
            text=first.get("question") or "-",
        )
        turn_id = f"t{len(turns) + 2}"
        text = " ".join([str(first.get("context_before") or ""), ""]).lstrip()
        for row in answer:
            start = len(text)
            text += row["text"]
            units.append(
                Unit(
                    id=f"{turn_id}.u{len(units) + 1}",
                    turn_id=turn_id,
                    start=start,
                    end=len(text),
                    text=row["text"],
                )
            )
            text += " "
        turns += [
            question,
            Turn(
                id=turn_id,
                speaker_id=speakers[str(first["speaker"])].id,
                kind="answer",
                answers=question.id,
                text=text[:-1],
            ),
        ]
    interview = Interview(
        id=doc,
        title=str(rows[0].get("title") or doc),
        date=rows[0].get("date") or None,
        sha256="0" * 64,
        source_format="jsonl",
        convention="rows",
        convention_confidence=1.0,
        speakers=(Speaker(id="q", role="interviewer"), *speakers.values()),
        turns=tuple(turns),
        units=tuple(units),
    )
    return Document(tuple(rows), interview, tuple(unit.id for unit in units))


def _answers(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows that follow each other in one answer."""
    run: list[Row] = []
    for row in rows:
        if run and not _follows(row, run[-1]):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _follows(row: Row, last: Row) -> bool:
    same = all(row.get(key) == last.get(key) for key in ("speaker", "question"))
    return same and row.get("context_before") == last["text"]
