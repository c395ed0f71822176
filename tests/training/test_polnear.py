"""Scoring source, cue and content, on sentences of our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from pipeline.parse import load_spacy
from training.attribution.polnear import by_rules, by_subjects, read_polnear, score

TEXT = "The governor says the bridge is safe."


def test_a_right_attribution_is_right_by_both(tmp_path: Path) -> None:
    rows = [
        {"split": "test", "text": TEXT, "source_span": [[0, 12]], "cue_span": [[13, 17]],
         "content_span": [[18, 36]]},
        {"split": "test", "text": "It rained.", "source_span": [], "cue_span": [], "content_span": []},
        {"split": "dev", "text": TEXT, "source_span": [[0, 3]], "cue_span": [], "content_span": []},
    ]  # fmt: skip
    path = tmp_path / "polnear.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf8") as stream:
        stream.write("".join(json.dumps(one) + "\n" for one in rows))
    gold = read_polnear(path, split="test")
    docs = list(load_spacy("en_core_web_sm").pipe(gold))
    assert list(gold) == [TEXT]
    for finder in (by_rules, by_subjects):
        assert score(gold, docs, finder)["partial_f1"] == 1.0
        assert score(gold, docs, finder)["source_exact_f1"] == 1.0
    assert score(gold, docs, lambda doc: [])["partial_f1"] == 0.0
