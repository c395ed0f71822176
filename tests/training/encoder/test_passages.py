"""Annotated rows become passages: sentences in order, labels or a mask, targets by offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.encoder.passages import HELD_OUT, LABELS, Marked, Passage, read_passages

pytestmark = pytest.mark.slow

LONG = "The council has met in the capital to hear the envoy again."


def row(text: str, **other: Any) -> dict[str, Any]:
    return {
        "id": text,
        "split": "train",
        "doc": "d1",
        "question": "Why?",
        "text": text,
        "context_before": "",
        "context_after": "",
        "component": "claim",
        "kind": "fact",
        "west": "none",
        "target": None,
        "attributed": [],
        **other,
    }


def passages_of(folder: Path, **files: list[dict[str, Any]]) -> list[Passage]:
    for name in (*HELD_OUT, "written.jsonl"):
        rows = files.get(name.removesuffix(".jsonl"), [])
        (folder / name).write_text("".join(json.dumps(one) + "\n" for one in rows))
    return read_passages(folder)


def test_rows_in_order_are_one_passage_with_its_masked_neighbours(tmp_path: Path) -> None:
    rows = [
        row("It holds.", context_before="Well.", context_after="NATO lied."),
        row("NATO lied.", context_before="It holds.", context_after="Twice.", west="against",
            target="NATO", attributed=[{"holder": "Oslo", "stance": "neutral"}]),
    ]  # fmt: skip
    (passage,) = passages_of(tmp_path, interviews=rows)
    assert [s.text for s in passage.sentences] == ["Well.", "It holds.", "NATO lied.", "Twice."]
    assert [bool(s.labels) for s in passage.sentences] == [False, True, True, False]
    second = passage.sentences[2]
    assert LABELS["stance"][second.labels["stance"]] == "against"
    assert LABELS["attributed"][second.labels["attributed"]] == "neutral"
    assert second.marked == [Marked("polarity", (0, 4), 2)]


def test_a_target_that_is_only_meant_has_no_span(tmp_path: Path) -> None:
    rows = [row("They lied.", west="against", implicit_target="NATO")]
    (passage,) = passages_of(tmp_path, interviews=rows)
    assert passage.sentences[0].marked == [Marked("polarity", None, 2)]


def test_a_train_sentence_that_a_held_out_row_has_too_is_masked(tmp_path: Path) -> None:
    rows = [row(LONG), row(LONG, split="test", doc="d2"), row("It holds.", doc="d3")]
    found = passages_of(tmp_path, interviews=rows)
    assert [(p.split, p.doc) for p in found] == [("test", "d2"), ("train", "d3")]


def test_news_with_two_targets_is_one_sentence(tmp_path: Path) -> None:
    news = [
        {"id": f"a_1_2_{i}", "split": "devtest_rw", "text": "Oslo thanked Rome.", "label": label,
         "target_start": start, "target_end": end}
        for i, (start, end, label) in enumerate(((0, 4, "neutral"), (13, 17, "favor")))
    ]  # fmt: skip
    (passage,) = passages_of(tmp_path, newsmtsc=news)
    assert passage.sentences[0].marked == [
        Marked("polarity", (0, 4), 1),
        Marked("polarity", (13, 17), 0),
    ]


def test_the_network_is_fitted_and_resumed(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs the extra training")
    from tokenizers import Tokenizer

    from training.encoder.fit import Fitter, Plan, make_items, predict, score
    from training.encoder.network import Reader
    from training.encoder.trunk import Shape, Trunk

    rows = [row(f"It holds {i}.", doc=f"d{i}", kind=None) for i in range(8)]
    passages = passages_of(tmp_path, interviews=rows)
    small = Path(__file__).parents[3] / "models" / "encoder-small" / "tokenizer.json"
    items = make_items(passages, Tokenizer.from_file(str(small)), max_tokens=64)
    torch.manual_seed(1)
    shape = Shape(40_000, 16, 2, 2, 32, 1e-12, relative=False)
    fitter = Fitter(
        Reader(Trunk(shape)), items, Plan(epochs=2, tokens=64), pad_id=0, folder=tmp_path
    )
    seen: list[str] = []
    model = fitter.run(lambda model, name: seen.append(name))
    assert seen == ["epoch 1", "epoch 2"]
    scores = score(items, predict(model, items, pad_id=0))
    assert scores["interviews/component"] == 1.0
    again = Fitter(
        Reader(Trunk(shape)), items, Plan(epochs=2, tokens=64), pad_id=0, folder=tmp_path
    )
    again.resume()
    assert again.step == fitter.step
