"""What a student is taught besides the labels."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

pytest.importorskip("torch", reason="fitting needs the extra training")
pytest.importorskip("onnx", reason="fitting needs the extra training")

from training.finetune.make import leave_unknown
from training.finetune.rows import Row
from training.finetune.taught import sample_judged


def _rows(source: str, count: int, *, split: str = "train") -> list[Row]:
    return [Row(f"{source}{i}", source, split, "d", "", f"{source} {i}") for i in range(count)]


def test_dev_is_not_judged_and_what_is_plentiful_is_sampled() -> None:
    labelled = [
        *_rows("interviews", 50),
        *_rows("interviews", 30, split="dev"),
        *_rows("written", 400),
    ]
    extra = [*_rows("plain", 6000), *_rows("marked", 20)]
    judged = sample_judged(labelled, extra, seed=1)
    counts = Counter(row.source for row in judged)
    assert {row.split for row in judged} == {"train"}
    assert counts["interviews"] == 50
    assert 150 < counts["written"] < 250
    assert (counts["plain"], counts["marked"]) == (5000, 20)
    assert sample_judged(labelled, extra, seed=1) == judged


def test_what_has_no_label_and_was_not_judged_is_left_out() -> None:
    labelled = Row("a", "interviews", "train", "d", "", "a", {"kind": 1})
    rows = [labelled, *_rows("plain", 2)]
    states = np.zeros((3, 2), np.float16)
    states[2] = 1
    shares = {"kind": np.array([[np.nan] * 3, [np.nan] * 3, [0.2, 0.3, 0.5]], np.float32)}
    kept, shares, states = leave_unknown(rows, shares, states)
    assert kept == [labelled, rows[2]]
    assert np.isnan(shares["kind"][0]).all()
    assert shares["kind"][1].sum() == pytest.approx(1)
    assert states.tolist() == [[0, 0], [1, 1]]
