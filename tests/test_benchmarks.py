"""The page that ``python -m benchmarks.turns`` writes."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

from benchmarks.documents import DocumentScore, score_documents
from benchmarks.turns import render
from benchmarks.unseen import add, new_documents, read_batches
from pipeline.evaluate.turns import TurnScore


def _score(name: str, right: int, error: str = "") -> DocumentScore:
    counts = TurnScore(name, words=10, right_role=right, right_speaker=10, missing=0, furniture=2)
    return DocumentScore(name, "ours", ".txt", None if error else counts, 0.25, error)


def test_a_page_has_a_summary_and_a_row_a_document() -> None:
    scores = [_score("k1", 10), _score("k2", 7), _score("k3", 0, error="no text")]
    page = render(scores, {"k1": _score("k1", 9)})
    assert "| source left out, mean over 1 documents | **0.900** | **1.000** |" in page
    assert "| shipped weights, mean over 3 documents | **0.567** | **0.667** |" in page
    assert "| 0.850, 1.000 | k2, k3 |" in page
    assert "| k1 | .txt | 0.900 | 1.000 | 1.000 | 1.000 | 2 | 0 | 10 | 0.25 |" in page
    assert "| k3 | .txt |  |  | not read |  |  |  |  | 0.25 |" in page


def test_without_weights_of_left_out_sources_there_is_one_summary() -> None:
    assert "mean over" in render([_score("k1", 10)])
    assert "source left out, mean" not in render([_score("k1", 10)])


def test_documents_of_a_folder_are_scored_or_say_why_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ROE: Why?\n\nHALE: It rained.\n\nROE: And?\n\nHALE: No.\n")
    (tmp_path / "b.txt").write_text("")
    index = [{"id": one, "path": f"{one}.txt", "source": "ours@1"} for one in ("a", "b", "c")]
    turns = [("Roe", "interviewer", "Why?"), ("Hale", "respondent", "It rained."),
             ("Roe", "interviewer", "And?"), ("Hale", "respondent", "No.")]  # fmt: skip
    gold = [
        {"doc": doc, "speaker": speaker, "role": role, "paragraphs": [text]}
        for doc in ("a", "b")
        for speaker, role, text in turns
    ]
    for name, rows in (("index.jsonl", index), ("gold_turns.jsonl", gold)):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    read, refused = score_documents(tmp_path)
    assert (read.id, read.source, read.role, read.speaker, read.error) == ("a", "ours", 1, 1, "")
    assert (refused.role, refused.speaker) == (0.0, 0.0)
    assert refused.error.startswith("b.txt: ")
    assert [one.id for one in score_documents(tmp_path, only=["b"])] == ["b"]


def test_a_batch_is_scored_once_and_gets_its_floors(tmp_path: Path) -> None:
    floors, batches = tmp_path / "floors.toml", tmp_path / "unseen.toml"
    floors.write_text("k1 = [0.9, 0.9]\n")
    batches.write_text("[[batch]]\ndate = 2026-11-30\ndocuments = 1\nrole = 0.9\nspeaker = 0.9\n")
    (tmp_path / "index.jsonl").write_text('{"id": "k1"}\n{"id": "k2"}\n{"id": "k3"}\n')
    assert new_documents(tmp_path, floors) == ["k2", "k3"]
    scores = [_score("k2", 7), _score("k3", 10)]
    batch = add(scores, date(2026, 12, 2), batches=batches, floors=floors)
    assert (batch.documents, batch.role, batch.speaker) == (2, 0.85, 1.0)
    assert read_batches(batches)[1] == batch
    assert new_documents(tmp_path, floors) == []
    assert tomllib.loads(floors.read_text())["k2"] == [0.7, 0.999]
