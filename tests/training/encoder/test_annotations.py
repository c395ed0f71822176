"""Labels by digest find their sentences, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.encoder import annotations
from training.encoder.annotations import LABELS_FILE, digest_of, read_annotations
from training.encoder.passages import LABELS, read_lines

SPEECH = "The council has heard it before."
HIDDEN = "The council will hear it again."
SAID = ["The alliance will hold, I think.", "It has held for decades, after all.", "Ask anybody."]


def labels_for(text: str, **other: Any) -> dict[str, Any]:
    return {
        "digest": digest_of(text),
        "split": "train",
        "doc": "d1",
        "component": "claim",
        "kind": "fact",
        "west": "favor",
        "target_span": None,
        "implicit_target": None,
        "attributed": [],
        **other,
    }


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Data and corpus folders with one answer and one row, and labels for three sentences."""
    turns = [
        {"doc": "d1", "role": "interviewer", "paragraphs": ["Does it hold?"]},
        {"doc": "d1", "role": "respondent", "paragraphs": [" ".join(SAID)]},
    ]
    row = {
        "text": "A row of the data.",
        "split": "train",
        "doc": "d1",
        "speaker": "A minister",
        "date": "2024-05-01",
        "question": "And then?",
        "context_before": "What stood before the row.",
        "context_after": "",
    }
    hidden = {**row, "split": "test", "context_before": "What stood before a test row."}
    speech = {"text": SPEECH, "split": "train", "context_before": "Order.", "context_after": ""}
    data, corpus = tmp_path / "data", tmp_path / "corpus"
    for path, lines in (
        (corpus / "gold_turns.jsonl", turns),
        (data / "interviews.jsonl", [row, hidden]),
        (data / "interviews_west.jsonl", []),
        (data / "argunsc_sentences.jsonl", [speech]),
        (data / "umuc_unscon_sentences.jsonl", [{**speech, "text": HIDDEN, "split": "test"}]),
        (data / "newsmtsc.jsonl", []),
        (
            tmp_path / "labels.jsonl",
            [
                labels_for(SAID[0], target_span=[4, 12]),
                labels_for("What stood before the row."),
                labels_for("What stood before a test row."),
                labels_for("Nowhere to be found."),
                labels_for(SPEECH),
                labels_for(HIDDEN),
            ],
        ),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    monkeypatch.setattr(annotations, "LABELS_FILE", tmp_path / "labels.jsonl")
    return data, corpus


def test_labels_find_sentences_of_transcripts_and_neighbours(folders: tuple[Path, Path]) -> None:
    found = read_annotations(*folders)
    assert [r["text"] for r in found][:2] == [SAID[0], "What stood before the row."]


def test_labels_find_train_sentences_of_other_tasks_alone(folders: tuple[Path, Path]) -> None:
    found = read_annotations(*folders)[2:]
    assert [(r["text"], r["context_before"]) for r in found] == [(SPEECH, "Order.")]


def test_a_sentence_comes_with_question_and_neighbours(folders: tuple[Path, Path]) -> None:
    first = read_annotations(*folders)[0]
    assert (first["question"], first["context_before"], first["context_after"]) == (
        "Does it hold?",
        "",
        SAID[1],
    )


def test_a_sentence_has_the_speaker_and_date_of_its_document(folders: tuple[Path, Path]) -> None:
    first = read_annotations(*folders)[0]
    assert (first["speaker"], first["date"]) == ("A minister", "2024-05-01")


def test_a_target_is_read_by_its_offsets(folders: tuple[Path, Path]) -> None:
    assert [r["target"] for r in read_annotations(*folders)] == ["alliance", None, None]


def test_the_shipped_labels_are_known_and_hold_no_sentence() -> None:
    rows = read_lines(LABELS_FILE)
    assert len(rows) > 2000
    assert len({row["digest"] for row in rows}) == len(rows)
    for row in rows:
        assert row["component"] in (*LABELS["component"], None)
        assert row["west"] in LABELS["stance"]
        assert (row["kind"] in LABELS["kind"]) == (row["component"] == "claim")
        assert "text" not in row
        assert row["split"] in ("train", "dev")
