"""Fit the weights that say whether a unit reports a stance, and write them.

Run ``python -m training attribution TRAIN_FOLDER [SPLIT] [key=value ...]``; the settings choose the
model, such as ``stance.model=encoder-small``, and ``models=FOLDER`` where it is searched first. An
encoder has learnt the train rows and is too sure of them, so that the weights are fitted on dev
unless another split is named. The threshold is the one with the best F1 of presence in
cross-validation by document, among those that keep the precision at .40.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.attribution import PresenceWeights, describe
from pipeline.attribution.presence import WEIGHTS
from training.attribution.measure import FILES
from training.attribution.rows import Document, read_documents
from training.attribution.score import gold_of
from training.attribution.stages import AttributionJudge
from training.usage import run_module, write_figures

LEAST_PRECISION = 0.4
_FOLDS = 10
_STRENGTH = 0.3
_THRESHOLDS = tuple(round(0.1 + 0.025 * step, 3) for step in range(29))
_SPLITS = ("train", "dev")
Floats = npt.NDArray[np.float64]
Curve = dict[float, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated unit that has a candidate: its features, and whether it reports a stance."""

    document: str
    features: dict[str, float]
    reports: bool


def examples_of(documents: Sequence[Document], judge: AttributionJudge) -> Iterator[Example]:
    """Yield the annotated units that the model may find a stance in."""
    for document in documents:
        rows = dict(zip(document.unit_ids, document.rows, strict=True))
        for reading in judge.stances.reported.readings(judge.read(document.interview)):
            if reading.unit.id in rows:
                held = bool(gold_of(rows[reading.unit.id]))
                yield Example(document.name, describe(reading.signs), held)


def fit(examples: Sequence[Example], *, gold: int, data: str) -> tuple[PresenceWeights, Curve]:
    """Return the weights, and precision, recall and F1 of presence by threshold.

    Args:
        examples: annotated units that have a candidate.
        gold: how many annotated units report a stance, with or without a candidate.
        data: what the examples are, for the file.
    """
    held = np.array([one.reports for one in examples])
    across = _cross_validated(examples)
    curve = {level: _scores(across >= level, held, gold) for level in _THRESHOLDS}
    precise = [level for level in curve if curve[level]["precision"] >= LEAST_PRECISION]
    threshold = max(precise or curve, key=lambda level: curve[level]["F1"])
    vectorizer, model = _fit(examples)
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    weights = {name: round(float(weight), 3) for name, weight in named}
    intercept = {"intercept": round(float(model.intercept_[0]), 3)}
    return PresenceWeights(data=data, threshold=threshold, presence=intercept | weights), curve


def _fit(examples: Sequence[Example]) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    features = vectorizer.fit_transform([one.features for one in examples])
    return vectorizer, model.fit(features, [one.reports for one in examples])


def _cross_validated(examples: Sequence[Example]) -> Floats:
    """Probabilities by models that have not seen the document."""
    found = np.zeros(len(examples))
    groups = [one.document.partition(":")[2] for one in examples]
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    for known, new in folds.split(found, found, groups):
        vectorizer, model = _fit([examples[i] for i in known])
        features = vectorizer.transform([examples[i].features for i in new])
        found[new] = model.predict_proba(features)[:, 1]
    return found


def _scores(
    found: npt.NDArray[np.bool_], held: npt.NDArray[np.bool_], gold: int
) -> dict[str, float]:
    right = float((found & held).sum())
    precision, recall = right / max(1, found.sum()), right / max(1, gold)
    return {"F1": 2 * right / max(1, found.sum() + gold), "precision": precision, "recall": recall}


def write_weights(weights: PresenceWeights, path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Weights of the model that says whether a unit reports a stance.",
        "# Written by python -m training attribution; do not edit by hand.",
        "",
        f'data = "{weights.data}"',
        f"threshold = {weights.threshold}",
        "",
        "[presence]",
        *(f'"{name}" = {weight}' for name, weight in weights.presence.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf8")


def main(arguments: Sequence[str]) -> int:
    """Write the weights and print the curve; return the exit code."""

    def work(words: Sequence[str]) -> None:
        folder, rest = Path(words[0]), list(words[1:])
        split = rest.pop(0) if rest and rest[0] in _SPLITS else "dev"
        judge = AttributionJudge.load(rest)
        documents = read_documents([folder / name for name in FILES], splits=(split,))
        gold = sum(bool(gold_of(row)) for document in documents for row in document.rows)
        data = f"{', '.join(FILES)}: {split}, {judge.stances.model.source.removeprefix('model:')}"
        weights, curve = fit(list(examples_of(documents, judge)), gold=gold, data=data)
        write_weights(weights, Path(str(files("pipeline.lexicons").joinpath(WEIGHTS))))
        for level, figures in curve.items():
            write_figures(f"{level}{' *' if level == weights.threshold else ''}", figures)

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER [SPLIT] [key=value ...]", least=1
    )
