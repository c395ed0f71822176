"""Fit the weights that say how likely a unit reports a holder's stance, and write them.

Run ``python -m training attribution TRAIN_FOLDER [SPLIT] [key=value ...]``; the settings choose the
model, such as ``stance.model=encoder-small``, and ``models=FOLDER`` where it is searched first. An
encoder has learnt the train rows and is too sure of them, so that the weights are fitted on dev
unless another split is named. In cross-validation by document, ``decided`` is the lowest threshold
at which the pairs of holder and side are right in seven of ten, ``listed`` in four of ten.
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

from pipeline.attribution import PairWeights, describe
from pipeline.attribution.pairs import WEIGHTS
from training.attribution.measure import FILES
from training.attribution.rows import Document, read_documents
from training.attribution.score import gold_of, is_right
from training.attribution.stages import AttributionJudge
from training.usage import run_module, write_figures

DECIDED, LISTED = 0.7, 0.4
"""Shares of right pairs that the two thresholds ask for."""
_FOLDS = 10
_STRENGTH = 0.3
_THRESHOLDS = tuple(round(0.05 + 0.025 * step, 3) for step in range(36))
_SPLITS = ("train", "dev")
Floats = npt.NDArray[np.float64]
Curve = dict[float, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of an annotated unit: its features, whether it is right, and the unit's report.

    ``unit`` and ``holder`` tell which pairs are of one record; ``reports`` is whether the unit is
    annotated with any stance.
    """

    document: str
    unit: str
    holder: str | None
    features: dict[str, float]
    right: bool
    reports: bool


def examples_of(documents: Sequence[Document], judge: AttributionJudge) -> Iterator[Example]:
    """Yield the pairs that the model may find in annotated units."""
    for document in documents:
        rows = dict(zip(document.unit_ids, document.rows, strict=True))
        for pair in judge.stances.reported.pairs(judge.read(document.interview)):
            if pair.unit.id in rows:
                report, gold = pair.candidate.attribution, gold_of(rows[pair.unit.id])
                yield Example(
                    document=document.name,
                    unit=f"{document.name} {pair.unit.id}",
                    holder=pair.candidate.holder,
                    features=describe(pair.signs),
                    right=is_right(report, pair.polarity, gold, judge.actors),
                    reports=bool(gold),
                )


def fit(examples: Sequence[Example], *, gold: int, data: str) -> tuple[PairWeights, Curve]:
    """Return the weights, and precision of pairs, precision, recall and F1 of units by threshold.

    Args:
        examples: the pairs of annotated units.
        gold: how many annotated units report a stance, with or without a candidate.
        data: what the examples are, for the file.
    """
    across = _cross_validated(examples)
    curve = {level: _scores(examples, across, level, gold) for level in _THRESHOLDS}
    decided, listed = (_least(curve, precision) for precision in (DECIDED, LISTED))
    vectorizer, model = _fit(examples)
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    weights = {name: round(float(weight), 3) for name, weight in named}
    intercept = {"intercept": round(float(model.intercept_[0]), 3)}
    found = PairWeights(
        data=data, listed=min(listed, decided), decided=decided, pairs=intercept | weights
    )
    return found, curve


def _least(curve: Curve, precision: float) -> float:
    """Return the lowest threshold from which pairs are right that often; else the best one."""
    reached = [level for level in curve if curve[level]["pairs"] >= precision]
    return min(reached) if reached else max(curve, key=lambda level: curve[level]["pairs"])


def _fit(examples: Sequence[Example]) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    features = vectorizer.fit_transform([one.features for one in examples])
    return vectorizer, model.fit(features, [one.right for one in examples])


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
    examples: Sequence[Example], found: Floats, level: float, gold: int
) -> dict[str, float]:
    """Scores of the pairs shown from a threshold on, one a holder."""
    shown: dict[tuple[str, str | None], tuple[float, Example]] = {}
    for one, p in zip(examples, found, strict=True):
        key = one.unit, one.holder
        if p >= level and p > shown.get(key, (0.0, one))[0]:
            shown[key] = float(p), one
    pairs = [one for _, one in shown.values()]
    units = {one.unit: one.reports for one in pairs}
    right, n = sum(units.values()), len(units)
    return {
        "pairs": sum(one.right for one in pairs) / max(1, len(pairs)),
        "shown": float(len(pairs)),
        "precision": right / max(1, n),
        "recall": right / max(1, gold),
        "F1": 2 * right / max(1, n + gold),
    }


def write_weights(weights: PairWeights, path: Path) -> None:
    """Write the weights as TOML."""
    lines = [
        "# Weights of the model that says how likely a unit reports a holder's stance.",
        "# Written by python -m training attribution; do not edit by hand.",
        "",
        f'data = "{weights.data}"',
        f"listed = {weights.listed}",
        f"decided = {weights.decided}",
        "",
        "[pairs]",
        *(f'"{name}" = {weight}' for name, weight in weights.pairs.items()),
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
            write_figures(
                f"{level}{' *' if level in (weights.listed, weights.decided) else ''}", figures
            )

    return run_module(
        __doc__, arguments, work, expected="TRAIN_FOLDER [SPLIT] [key=value ...]", least=1
    )
