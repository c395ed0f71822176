"""The turns of whole corpora against hand-checked ones."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.documents import read_rows, score_documents
from pipeline.config import load_settings
from pipeline.evaluate.turns import score_turns
from pipeline.ingest import read_source
from pipeline.records import Interview
from pipeline.turns import understand

pytestmark = pytest.mark.slow

KEYS = ("title", "date", "interviewer", "interviewee", "affiliation", "country", "language")
FLOORS = Path(__file__).with_name("floors.toml")


def _build(folder: Path, entry: dict[str, object], *, with_index: bool = True) -> Interview:
    metadata = {key: str(entry[key]) for key in KEYS if entry.get(key) and with_index}
    source = read_source(folder / str(entry["path"]))
    return understand(
        source, interview_id=str(entry["id"]), metadata=metadata, settings=load_settings().segment
    ).interview


def test_no_real_transcript_is_read_worse_than_its_floor(shared: Path) -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf8"))
    found = {one.id: (one.role, one.speaker) for one in score_documents(shared / "corpus")}
    assert found.keys() == floors.keys()
    below = {
        name: {"floor": floors[name], "found": values}
        for name, values in found.items()
        if any(value < floor for value, floor in zip(values, floors[name], strict=True))
    }
    assert below == {}


@pytest.mark.parametrize("with_index", [True, False])
def test_sample_corpus_is_segmented_without_error(root: Path, with_index: bool) -> None:
    folder = root / "corpus"
    entries = {entry["id"]: entry for entry in read_rows(folder / "index.jsonl")}
    gold: dict[str, list[dict[str, object]]] = {}
    for row in read_rows(folder / "gold" / "turns.jsonl"):
        gold.setdefault(row["doc"], []).append(row)
    assert gold
    for name, rows in gold.items():
        score = score_turns(_build(folder, entries[name], with_index=with_index), rows)
        # of the talk without labels, what is printed above it may be a turn
        assert score.speaker_share > 0.94, score
        assert score.role_share > 0.94, score
        assert score.missing == 0, score
        assert score.furniture < 0.08 * score.words, score


def test_magazine_style_of_the_seed(shared: Path) -> None:
    corpus = shared / "corpus"
    entries = read_rows(corpus / "index.jsonl")
    seed = next(entry for entry in entries if entry["id"] == "seed")
    interview = _build(corpus, seed, with_index=True)
    assert [turn.kind for turn in interview.turns] == ["question", "answer"] * 5
    assert interview.convention == "questions"
