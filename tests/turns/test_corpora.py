"""The turns of whole corpora against hand-checked ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.learn.turn_score import TurnScore, score_turns
from pipeline.records import Interview
from pipeline.turns import build_interview

KEYS = ("title", "date", "series", "url", "licence", "interviewer", "interviewee", "affiliation",
        "country", "language")  # fmt: skip


def _score(folder: Path, gold: Path, *, with_index: bool) -> Iterator[TurnScore]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for line in gold.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["doc"], []).append(row)
    for line in (folder / "index.jsonl").read_text(encoding="utf8").splitlines():
        entry = json.loads(line)
        if entry["id"] in rows:
            yield score_turns(_build(folder, entry, with_index=with_index), rows[entry["id"]])


def _build(folder: Path, entry: dict[str, Any], *, with_index: bool) -> Interview:
    metadata = {key: str(entry[key]) for key in KEYS if entry.get(key) and with_index}
    source = read_source(folder / entry["path"])
    return build_interview(
        source, interview_id=entry["id"], metadata=metadata, settings=load_settings().segment
    )


@pytest.mark.parametrize("with_index", [True, False])
def test_real_transcripts_reach_the_required_agreement(shared: Path, with_index: bool) -> None:
    corpus = shared / "corpus"
    scores = list(_score(corpus, corpus / "gold_turns.jsonl", with_index=with_index))
    words = sum(score.words for score in scores)
    assert len(scores) == 22
    assert sum(score.right_role for score in scores) / words >= 0.99
    assert sum(score.right_speaker for score in scores) / words >= 0.99
    assert {score.interview_id: score.furniture for score in scores if score.furniture > 6} == {}


@pytest.mark.parametrize("with_index", [True, False])
def test_sample_corpus_is_segmented_without_error(root: Path, with_index: bool) -> None:
    folder = root / "corpus"
    if not (folder / "gold" / "turns.jsonl").is_file():
        pytest.skip("the sample corpus is not there")
    for score in _score(folder, folder / "gold" / "turns.jsonl", with_index=with_index):
        assert score.speaker_share == 1.0, score
        assert score.missing == 0, score
        # one "(Laughs.)" inside a turn, which gold leaves out
        assert score.furniture <= 1, score
        # gold calls a moderator who asks nothing "other"
        assert score.role_share > 0.95, score


def test_magazine_style_of_the_seed(shared: Path) -> None:
    corpus = shared / "corpus"
    entries = [json.loads(line) for line in (corpus / "index.jsonl").open(encoding="utf8")]
    seed = next(entry for entry in entries if entry["id"] == "seed")
    interview = _build(corpus, seed, with_index=True)
    assert [turn.kind for turn in interview.turns] == ["question", "answer"] * 5
    assert interview.convention == "magazine"
