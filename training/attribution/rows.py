"""Annotated rows put back into interviews: each sentence in its answer, after its question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.records import Interview, Speaker, Turn, Unit
from training.references.score import speaker_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of one document, their interview, and the unit id of each row."""

    name: str
    rows: tuple[Row, ...]
    interview: Interview
    unit_ids: tuple[str, ...]


def read_documents(paths: Iterable[Path], *, splits: Sequence[str]) -> list[Document]:
    """Read the rows that hold ``attributed``, a document each.

    Args:
        paths: files of annotated sentences.
        splits: which splits to take.
    """
    rows = ((path.stem, json.loads(line)) for path in paths for line in _lines(path))
    return group_documents(
        (f"{stem}:{row['doc']}", row)
        for stem, row in rows
        if row.get("split") in splits and "attributed" in row
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf8").splitlines()


def group_documents(rows: Iterable[tuple[str, Row]]) -> list[Document]:
    """Rows, each with the name of its document, as documents, in their order."""
    by_name: dict[str, list[Row]] = {}
    for name, row in rows:
        by_name.setdefault(name, []).append(row)
    return [_document(name, of_one) for name, of_one in by_name.items()]


def _document(name: str, rows: Sequence[Row]) -> Document:
    doc = str(rows[0]["doc"])
    names = dict.fromkeys(str(row["speaker"]) for row in rows)
    speakers = {who: speaker_of(n, who, doc) for n, who in enumerate(names, start=1)}
    turns: list[Turn] = []
    units: list[Unit] = []
    annotated: list[Unit] = []
    for number, answer in enumerate(_answers(rows), start=1):
        exchange, said, rows_of = _exchange(number, answer, speakers)
        turns += exchange
        units += said
        annotated += rows_of
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
    return Document(name, tuple(rows), interview, tuple(unit.id for unit in annotated))


def _exchange(
    number: int, answer: Sequence[Row], speakers: Mapping[str, Speaker]
) -> tuple[tuple[Turn, Turn], list[Unit], list[Unit]]:
    """A question and its answer, the units of the answer, and those that are rows.

    What was said before the first row and after the last is a unit too, and no row.
    """
    first = answer[0]
    asked, given = f"t{number}.q", f"t{number}.a"
    said = [str(row["text"]) for row in answer]
    around = (str(first.get("context_before") or ""), str(answer[-1].get("context_after") or ""))
    text, units, rows = "", [], []
    for place, words in enumerate((around[0], *said, around[1])):
        if not words:
            continue
        start = len(text) + 1 if text else 0
        text = f"{text} {words}" if text else words
        unit = Unit(id=f"{given}.u{place}", turn_id=given, start=start, end=len(text), text=words)
        units.append(unit)
        if 0 < place <= len(said):
            rows.append(unit)
    question = first.get("question") or "-"
    speaker = speakers[str(first["speaker"])].id
    return (
        (
            Turn(id=asked, speaker_id="q", kind="question", text=question),
            Turn(id=given, speaker_id=speaker, kind="answer", answers=asked, text=text),
        ),
        units,
        rows,
    )


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
    return same and str(row.get("context_before") or "").endswith(str(last["text"]))
