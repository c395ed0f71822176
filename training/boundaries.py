"""Train the model of sentence boundaries for speech without punctuation, and measure it.

Run ``python -m training boundaries GOLD_TURNS.jsonl``; it rewrites the model that ships.
Trained only on interviews whose licence allows it: public domain, CC0 and CC BY.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

import pipeline.turns
from pipeline.turns.sentences import FILE, BoundaryModel, features, normalise
from training.usage import run_module

_SENTENCE_END = re.compile(r"(?<=[.?!])[\"”’)]*\s+(?=[A-Z“\"])")
_NOT_LICENSED = frozenset(("seed",))
_HELD_OUT = 4
_SMALLEST = 0.2
THRESHOLD, SHORTEST, LONGEST = 0.33, 4, 60

Talk = tuple[list[str], set[int]]


def strip_punctuation(paragraphs: Sequence[str]) -> Talk:
    """Return the words without punctuation and case, and the indices that start a sentence."""
    words: list[str] = []
    starts: set[int] = set()
    for sentence in _SENTENCE_END.split(" ".join(paragraphs)):
        plain = [word for raw in re.split(r"[\s—–-]+", sentence) if (word := normalise(raw))]
        if plain:
            starts.add(len(words))
            words += plain
    return words, starts - {0}


def fit(talks: Iterable[Talk], *, seed: int = 1729) -> BoundaryModel:
    """Fit the model; features of small weight are left out."""
    rows, labels = [], []
    for words, starts in talks:
        for index in range(1, len(words)):
            rows.append(features(words, index))
            labels.append(index in starts)
    vectoriser = CountVectorizer(analyzer=list, min_df=3, binary=True)
    matrix = vectoriser.fit_transform(rows)
    model = LogisticRegression(C=1.0, solver="liblinear", random_state=seed, max_iter=300)
    model.fit(matrix, np.array(labels))
    names = vectoriser.get_feature_names_out()
    weights = {
        str(name): round(float(weight), 2)
        for name, weight in zip(names, model.coef_[0], strict=True)
        if abs(weight) >= _SMALLEST
    }
    bias = round(float(model.intercept_[0]), 3)
    return BoundaryModel(weights, bias, THRESHOLD, SHORTEST, LONGEST)


def score(model: BoundaryModel, talks: Iterable[Talk]) -> dict[str, float]:
    """Precision, recall and F1 of the boundaries inside turns."""
    right = found = wanted = 0
    for words, starts in talks:
        guess = set(model.starts(words))
        right += len(guess & starts)
        found += len(guess)
        wanted += len(starts)
    precision, recall = right / max(1, found), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def train(gold: Path) -> dict[str, Any]:
    """Train on all interviews, measure on every fourth held out; return what is stored."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf8").splitlines()]
    docs = sorted({row["doc"] for row in rows} - _NOT_LICENSED)
    talks = {
        doc: [strip_punctuation(row["paragraphs"]) for row in rows if row["doc"] == doc]
        for doc in docs
    }
    held = docs[::_HELD_OUT]
    rest = [talk for doc in docs if doc not in held for talk in talks[doc]]
    measured = score(fit(rest), [talk for doc in held for talk in talks[doc]])
    final = fit([talk for doc in docs for talk in talks[doc]])
    return {
        "measured": {"held_out": held, **measured},
        "bias": final.bias,
        "threshold": final.threshold,
        "shortest": final.shortest,
        "longest": final.longest,
        "weights": dict(sorted(final.weights.items())),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the model; return the exit code."""

    def work(words: Sequence[str]) -> None:
        target = Path(next(iter(pipeline.turns.__path__))) / FILE
        text = json.dumps(train(Path(words[0])), ensure_ascii=False, indent=0)
        target.write_text(f"{text}\n", encoding="utf8")

    return run_module(__doc__, arguments, work, expected="GOLD_TURNS.jsonl", least=1, most=1)
