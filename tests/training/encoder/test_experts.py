"""Labels of experts' sentences, joined with text that is not in the repository."""

import gzip
import json
from pathlib import Path

import pytest

from training.encoder import experts
from training.encoder.annotations import digest_of

SENTENCES = ["The alliance keeps its word.", "Its rival calls it a threat to all."]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    turns = [
        {"role": "interviewer", "speaker": "Host", "text": "What about the alliance?"},
        {"role": "respondent", "speaker": "Scholar", "text": " ".join(SENTENCES)},
    ]
    document = {"id": "x1", "title": "A talk", "date": None, "turns": turns}
    (tmp_path / "raw").mkdir()
    with gzip.open(tmp_path / experts.RAW, "wt", encoding="utf-8") as raw:
        raw.write(json.dumps(document) + "\n")
    labels = {
        "digest": digest_of(SENTENCES[1]),
        "doc": "x1",
        "component": "claim",
        "kind": "fact",
        "west": "neutral",
        "target_span": [16, 18],
        "implicit_target": None,
        "attributed": [{"holder_span": [0, 9], "meant": "the rival", "stance": "against"}],
    }
    lost = {**labels, "digest": "0" * 16}
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in (labels, lost)), encoding="utf-8")
    monkeypatch.setattr(experts, "EXPERTS_FILE", path)
    return tmp_path


def test_labels_are_joined_with_text_question_and_neighbours(data: Path) -> None:
    [row] = experts.read_experts(data)
    assert row["text"] == SENTENCES[1]
    assert row["question"] == "What about the alliance?"
    assert row["context_before"] == SENTENCES[0]
    assert row["target"] == "it"
    assert row["attributed"] == [{"holder": "Its rival", "stance": "against"}]
