"""Fit the confidence in a reading: ``python -m training confidence FOLDER DATA``.

Reads each document of the folder with a segmenter and a role model that were fitted without its
source, and fits a logistic regression of whether 95 % of its words have their role and speaker, on
the signs of ``pipeline/turns/confidence.py``. Prints, for sources left out of this fit too, the
share of right readings among those over and under the limit, and writes
``models/turns/confidence.json``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.documents import DocumentScore
from pipeline.artefacts import CHECKOUT, sha256_of
from pipeline.turns.confidence import ALL_RIGHT, DOUBTFUL_BELOW, WEIGHTS, probability
from pipeline.turns.roles import MODEL
from training.cards import describe, write_section
from training.left_out import score_left_out

FOLDS, STRENGTH = 6, 1.0
"""Groups of sources that are left out together, for time; inverse of the L2 penalty."""


def is_right(one: DocumentScore) -> bool:
    """Return whether nearly all words of a document have their role and speaker."""
    return min(one.role, one.speaker) >= ALL_RIGHT


def fit(scores: Sequence[DocumentScore]) -> dict[str, float]:
    """Return the weights of the signs, and the bias; a sign of doubt never speaks for a reading."""
    names = list(scores[0].signs)
    table = np.array([[one.signs[name] for name in names] for one in scores])
    scale = np.sqrt((table**2).mean(axis=0))
    scale[scale == 0] = 1.0
    right = [is_right(one) for one in scores]
    model = LogisticRegression(C=STRENGTH, max_iter=1_000).fit(table / scale, right)
    weights = dict(zip(names, (model.coef_[0] / scale).round(4).tolist(), strict=True))
    return {**weights, "bias": round(float(model.intercept_[0]), 4)}


def cross_validate(scores: Sequence[DocumentScore]) -> dict[str, float]:
    """Return the confidence in each document, by weights fitted without its source."""
    found: dict[str, float] = {}
    for source in sorted({one.source for one in scores}):
        weights = fit([one for one in scores if one.source != source])
        found |= {one.id: probability(one.signs, weights) for one in scores if one.source == source}
    return found


def measure(scores: Sequence[DocumentScore], confidence: Mapping[str, float]) -> dict[str, Any]:
    """Return how many readings over and under the limit there are, and the share that is right."""
    over = [is_right(one) for one in scores if confidence[one.id] > DOUBTFUL_BELOW]
    under = [is_right(one) for one in scores if confidence[one.id] <= DOUBTFUL_BELOW]
    return {
        "documents": len(scores),
        "right": sum(over) + sum(under),
        "over": len(over),
        "over_right": round(sum(over) / max(1, len(over)), 3),
        "under": len(under),
        "under_right": round(sum(under) / max(1, len(under)), 3),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Read with sources left out, fit, print, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training confidence", description=__doc__)
    parser.add_argument("folder", type=Path, help="with index.jsonl and gold_turns.jsonl")
    parser.add_argument("data", type=Path, help="with interviews.jsonl and interviews_more.jsonl")
    parser.add_argument("--folds", type=int, default=FOLDS, help="groups of sources; 0: each alone")
    parser.add_argument("--out", type=Path, default=CHECKOUT / MODEL, help="folder of the model")
    options = parser.parse_args(arguments)
    found = list(score_left_out(options.folder, options.data, folds=options.folds))
    write(found, options.folder, options.out)


def write(found: Sequence[DocumentScore], folder: Path, out: Path) -> None:
    """Fit on readings with their source left out, print, and write the weights."""
    scores = [one for one in found if one.signs]
    weights = fit(scores)
    confidence = cross_validate(scores)
    figures = measure(scores, confidence)
    section = {
        "task": "whether a reading is right",
        "data": f"{len(scores)} gold transcripts of {len({one.source for one in scores})} sources",
        "data_sha256": sha256_of(folder / "gold_turns.jsonl"),
        "licence_note": "fitted on transcripts that are not redistributed; weights MIT",
        "settings": {"strength": STRENGTH},
        "figures": figures,
    }
    describe(out, WEIGHTS, (json.dumps(weights, indent=1) + "\n").encode(), section)
    write_section(out, "Confidence", _CARD.format(**figures))
    for one in sorted(scores, key=lambda one: confidence[one.id]):
        if confidence[one.id] <= DOUBTFUL_BELOW or not is_right(one):
            print(f"{one.id}: confidence {confidence[one.id]:.2f}, role {one.role:.3f}, "
                  f"speaker {one.speaker:.3f}")  # fmt: skip
    print(json.dumps(figures, indent=1))


_CARD = """
Logistic regression of whether 95 % of a transcript's words have their role and speaker, on signs
of its reading (`pipeline/turns/confidence.py`). Measured by cross-validation over sources, for
segmenter, roles and confidence: of {documents} documents {right} are right; of the {over} over .8
the share that is right is **{over_right:.3f}**, of the {under} others {under_right:.3f}.
"""


if __name__ == "__main__":
    main()
