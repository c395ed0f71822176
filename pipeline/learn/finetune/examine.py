"""Score a predictor on every task of one split: macro-F1, intervals over documents, calibration.

Published definitions: ArgUNSC (Poiaganova and Stede): argument or not by macro-F1, claim against
premise by weighted F1 on gold arguments; NewsMTSC (Hamborg and Donnay 2021): macro-F1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.metrics import f1_score

from pipeline.learn.finetune.measure import calibration_error, macro_f1
from pipeline.learn.finetune.rows import LABELS, Row, read_lines
from pipeline.learn.finetune.stance import WAYS, Predict, compose, judge_records
from pipeline.learn.finetune.tasks import read_rows

Labels = npt.NDArray[np.int64]
Array = npt.NDArray[np.float32]


def interval(
    truth: Labels,
    guess: Labels,
    docs: Sequence[str],
    metric: Callable[[Labels, Labels], float],
    *,
    rounds: int = 500,
    seed: int = 13,
) -> tuple[float, float]:
    """95 % percentile bootstrap interval of `metric`, documents resampled."""
    rng = np.random.default_rng(seed)
    names = sorted(set(docs))
    rows = [np.flatnonzero(np.array(docs) == name) for name in names]
    scores = []
    for _ in range(rounds):
        pick = np.concatenate([rows[i] for i in rng.integers(len(names), size=len(names))])
        scores.append(metric(truth[pick], guess[pick]))
    low, high = np.percentile(scores, [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def report(
    truth: Labels, probs: Array, docs: Sequence[str], names: Sequence[str]
) -> dict[str, Any]:
    """Macro-F1 with its interval, F1 a class, expected calibration error, rows and documents."""
    guess = probs.argmax(axis=1)
    each = f1_score(truth, guess, average=None, labels=range(len(names)), zero_division=0)
    return {
        "macro_f1": round(macro_f1(truth, guess), 4),
        "interval": interval(truth, guess, docs, macro_f1),
        "by_class": {name: round(float(f), 3) for name, f in zip(names, each, strict=True)},
        "ece": round(calibration_error(truth, probs), 4),
        "rows": len(truth),
        "docs": len(set(docs)),
    }


def examine_interviews(
    records: Sequence[Mapping[str, Any]], predict: Predict, *, most: int = 2
) -> dict[str, Any]:
    """Component, kind (on gold claims), about the West, and stance by each of the three ways."""
    verdict = judge_records(records, predict, most=most)
    docs = [str(r["doc"]) for r in records]
    scores: dict[str, Any] = {}

    def add(name: str, head: str, probs: Array, values: Sequence[str | None]) -> None:
        at = [i for i, v in enumerate(values) if v is not None]
        truth = np.array([LABELS[head].index(str(values[i])) for i in at])
        scores[name] = report(truth, probs[at], [docs[i] for i in at], LABELS[head])

    add("component", "component", verdict.plain["component"], [r["component"] for r in records])
    add("kind", "kind", verdict.plain["kind"], [r["kind"] for r in records])
    about = ["none" if r["west"] == "none" else "about" for r in records]
    add("west", "west", verdict.plain["west"], about)
    for way in WAYS:
        add(f"stance/{way}", "stance", compose(verdict, way), [r["west"] for r in records])
    return scores


def examine_argunsc(rows: Sequence[Row], predict: Predict) -> dict[str, Any]:
    """Three-way macro-F1; argument or not, macro-F1; claim against premise, weighted F1."""
    probs = predict([(r.first, r.second) for r in rows])["component_argunsc"]
    truth = np.array([r.labels["component_argunsc"] for r in rows])
    docs = [r.doc for r in rows]
    scores = {"component_argunsc": report(truth, probs, docs, LABELS["component_argunsc"])}
    none = LABELS["component_argunsc"].index("none")
    two = np.stack([1 - probs[:, none], probs[:, none]], axis=1)
    scores["argument"] = report((truth == none).astype(int), two, docs, ("argument", "none"))
    at = truth != none
    guess = probs[at][:, :2].argmax(axis=1)
    scores["claim_premise"] = {
        "weighted_f1": round(float(f1_score(truth[at], guess, average="weighted")), 4),
        "macro_f1": round(macro_f1(truth[at], guess), 4),
        "rows": int(at.sum()),
    }
    return scores


def examine_polarity(rows: Sequence[Row], predict: Predict) -> dict[str, Any]:
    """Polarity toward the gold target."""
    probs = predict([(r.first, r.second) for r in rows])["polarity"]
    truth = np.array([r.labels["polarity"] for r in rows])
    return report(truth, probs, [r.doc for r in rows], LABELS["polarity"])


def examine(folder: Path, predict: Predict, *, split: str, most: int = 2) -> dict[str, Any]:
    """Every task on `split` (dev or test; NewsMTSC's test sets are devtest_rw and devtest_mt)."""
    rows = read_rows(folder)

    def pick(source: str, part: str, head: str) -> list[Row]:
        return [r for r in rows if (r.source, r.split) == (source, part) and head in r.labels]

    scores: dict[str, Any] = {}
    for name in ("interviews", "interviews_west"):
        records = [r for r in read_lines(folder / f"{name}.jsonl") if r["split"] == split]
        scores[name] = examine_interviews(records, predict, most=most)
        scores[name]["polarity_gold_target"] = examine_polarity(
            pick(name, split, "polarity"), predict
        )
    scores["argunsc"] = examine_argunsc(pick("argunsc", split, "component_argunsc"), predict)
    parts = ("devtest_rw", "devtest_mt") if split == "test" else ("dev",)
    for part in parts:
        scores[f"newsmtsc/{part}"] = examine_polarity(pick("newsmtsc", part, "polarity"), predict)
    return scores
