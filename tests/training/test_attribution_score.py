"""Scoring attributed stances, on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.actors import load_actors
from pipeline.records import Evidence, Interview, Stance
from training.attribution.measure import interval
from training.attribution.rows import read_documents
from training.attribution.score import AttributionScore, score_attributed


def row(number: int, text: str, before: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "split": "dev", "id": f"x:{number}", "doc": "x", "title": "A test", "date": "2024-01-01",
        "speaker": "A guest", "question": "And then?", "text": text, "context_before": before,
        "attributed": [], **fields,
    }  # fmt: skip


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf8")
    return path


def stance(unit_id: str, holder: str, polarity: Any = "against") -> Stance:
    return Stance(
        unit_id=unit_id, holder=holder, voice="attributed", target_text="NATO",
        target_actor="NATO", polarity=polarity, probability=0.8, probabilities={},
        evidence=(Evidence(start=0, end=1, text=holder),), source="rule:test",
    )  # fmt: skip


def test_rows_that_follow_each_other_stand_in_one_answer(tmp_path: Path) -> None:
    rows = [row(1, "It rained."), row(2, "It snowed.", "It rained."), row(3, "Late.", "Elsewhere.")]
    (document,) = read_documents([write(tmp_path, rows)], splits=("dev",))
    answers = [turn for turn in document.interview.turns if turn.kind == "answer"]
    assert [turn.text for turn in answers] == ["It rained. It snowed.", "Elsewhere. Late."]
    for unit in document.interview.units or ():
        text = document.interview.turn_by_id()[unit.turn_id].text
        assert text[unit.start : unit.end] == unit.text


def test_other_splits_and_rows_without_the_column_are_left_out(tmp_path: Path) -> None:
    plain = {key: value for key, value in row(2, "Two.").items() if key != "attributed"}
    path = write(tmp_path, [row(1, "One.", split="test"), plain])
    assert read_documents([path], splits=("dev",)) == []


def test_presence_holder_and_polarity_are_counted(tmp_path: Path) -> None:
    gold = [{"holder": "Beijing", "stance": "against"}]
    rows = [
        row(1, "Beijing hates NATO.", attributed=gold),
        row(2, "Beijing loves NATO.", "Beijing hates NATO.", attributed=gold),
        row(3, "It rained.", "Beijing loves NATO."),
    ]
    documents = read_documents([write(tmp_path, rows)], splits=("dev",))
    units = documents[0].unit_ids

    def judge(_: Interview) -> list[Stance]:
        return [stance(units[0], "China"), stance(units[1], "Chad"), stance(units[2], "China")]

    score = score_attributed(documents, judge, actors=load_actors())
    assert (score.gold, score.predicted, score.found) == (2, 3, 2)
    assert (score.holders, score.holders_right, score.polarities_right) == (2, 1, 1)
    assert score.figures()["presence_f1"] == 2 * 2 / 5


def test_the_interval_holds_the_figure_and_is_a_point_where_documents_agree() -> None:
    counts = {"sentences": 4, "gold": 2, "predicted": 2, "found": 1}
    rest = dict.fromkeys(
        ("holders", "holders_right", "polarities", "polarities_right", "pairs", "pairs_right"), 0
    )
    same = AttributionScore(**counts, **rest)
    none = same.model_copy(update={"found": 0})
    assert interval([same, same], "presence_f1") == (0.5, 0.5)
    low, high = interval([same, none], "presence_f1")
    assert low == 0.0
    assert high == 0.5
    assert AttributionScore.total([same, none]).figures()["presence_f1"] == 0.25
