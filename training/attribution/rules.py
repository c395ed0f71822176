"""Fit the two logistic models that weigh the reports that rules find.

An interview's sentence counts three times one of the written answers,
which are denser in reports: a feature of its own takes up that difference in fitting and is left
out of the weights, so that the probabilities are those of interviews. The threshold is that of
the best presence F1, mean of interviews and written answers, in cross-validation by document,
among those that keep the precision in interviews at .40.

Whatever else is read of a report, a cue in favour never speaks less for favor than an open one,
nor an open one less than a cue against: where the labels alone would have it so, the two are fitted
as one (pool adjacent violators; Ayer et al. 1955).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.reporting import candidates, is_neutral, read_candidate
from pipeline.reporting.weigh import (
    Candidate,
    Features,
    Group,
    describe,
    describe_polarity,
    group_of,
    shared,
)
from training.attribution.rows import Document, Row
from training.attribution.score import gold_of, same_holder
from training.attribution.stages import AttributionJudge

_WRITTEN = "written"
_FOLDS = 10
_STRENGTH = 0.3
LEAST_PRECISION = 0.4
_INTERVIEW_WEIGHT = 3.0
_RISING = ("cue against", "cue open", "cue favor")
_THRESHOLDS = tuple(round(0.15 + 0.025 * step, 3) for step in range(15))
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A report with its features, and what the annotation says of it."""

    document: str
    sentence: tuple[str, str]
    group: Group
    written: bool
    features: Features
    polarity: Features
    held: bool
    favor: bool | None


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of both models, the threshold, and the cross-validated presence by threshold."""

    presence: dict[str, float]
    favor: dict[str, float]
    threshold: float
    curves: dict[str, dict[float, tuple[float, float, float]]]
    polarity_accuracy: float


def examples_of(documents: Sequence[Document], judge: AttributionJudge) -> Iterator[Example]:
    """Yield the reports of annotated sentences, with what the annotation says of each."""
    for document in documents:
        interview = judge.read(document.interview)
        rows = dict(zip(document.unit_ids, document.rows, strict=True))
        model = judge.stances.reported.polarity_of(interview)
        for one in candidates(interview, bloc=judge.bloc, cues=judge.stances.reported.cues):
            if one.unit.id not in rows:
                continue
            same = sides_of(one, rows[one.unit.id], judge)
            sides = [side for side in same if side != "neutral"]
            read = read_candidate(one, model)
            if is_neutral(one, read):
                continue
            yield Example(
                document=document.name,
                sentence=(document.name, one.unit.id),
                group=group_of(one),
                written=document.name.startswith("written"),
                features=describe(one, read),
                polarity=describe_polarity(one, read) if sides else {},
                held=bool(same),
                favor=sides[0] == "favor" if sides else None,
            )


def sides_of(one: Candidate, row: Row, judge: AttributionJudge) -> list[str]:
    """The stances that the annotation of a sentence gives to the holder of a report."""
    report = one.attribution
    words = f"{report.holder_text} {report.holder_antecedent or ''}"
    return [
        str(item["stance"])
        for item in gold_of(row)
        if same_holder(words, report.holder_actor, str(item["holder"]), judge.actors)
    ]


def fit(documents: Sequence[Document], judge: AttributionJudge) -> Fitted:
    """Fit both models on the annotated documents and choose the threshold on them."""
    examples = list(examples_of(documents, judge))
    held = np.array([one.held for one in examples])
    groups = [one.document for one in examples]
    weights = np.array([1.0 if one.written else _INTERVIEW_WEIGHT for one in examples])
    features = [{**one.features, _WRITTEN: float(one.written)} for one in examples]
    alone = _across(features, held, groups, weights)
    across = shared([(one.document, one.group) for one in examples], alone)
    curves = {
        kind: _curve(documents, examples, across, written=kind == "written")
        for kind in ("interviews", "written")
    }
    precise = [one for one in _THRESHOLDS if curves["interviews"][one][1] >= LEAST_PRECISION]
    best = max(
        precise or _THRESHOLDS[-1:],
        key=lambda level: sum(curve[level][0] for curve in curves.values()),
    )
    sided = [one for one in examples if one.favor is not None]
    favor = np.array([bool(one.favor) for one in sided])
    reading = [one.polarity for one in sided]
    equal = np.ones(len(sided))
    pooled = pool_sides(reading, favor)
    joined = [_rename(one, pooled) for one in reading]
    guessed = _across(joined, favor, [one.document for one in sided], equal)
    return Fitted(
        presence=_weights(features, held, weights),
        favor=_spread(_weights(joined, favor, equal), pooled),
        threshold=best,
        curves=curves,
        polarity_accuracy=float(((guessed >= 0.5) == favor).mean()),
    )


def pool_sides(reading: Sequence[Features], favor: npt.NDArray[np.bool_]) -> dict[str, str]:
    """Say under which name each side of a cue is fitted, so that the weights rise to favor.

    Args:
        reading: the features of reports by which favor is told from against.
        favor: whether each is one of favor, (n,).
    """
    pooled = {name: name for name in _RISING}
    while True:
        weights = _weights([_rename(one, pooled) for one in reading], favor, np.ones(len(reading)))
        pairs = [(pooled[low], pooled[high]) for low, high in pairwise(_RISING)]
        falls = [pair for pair in pairs if weights.get(pair[0], 0.0) > weights.get(pair[1], 0.0)]
        if not falls:
            return pooled
        low, high = falls[0]
        pooled = {name: high if kept == low else kept for name, kept in pooled.items()}


def _rename(features: Features, names: Mapping[str, str]) -> Features:
    return {names.get(name, name): value for name, value in features.items()}


def _spread(weights: Mapping[str, float], pooled: Mapping[str, str]) -> dict[str, float]:
    """The weights with one a side of a cue, those fitted as one alike."""
    sides = {name: weights[kept] for name, kept in pooled.items() if kept in weights}
    return {**{name: one for name, one in weights.items() if name not in _RISING}, **sides}


def _fit_one(
    features: Sequence[Features], labels: npt.NDArray[np.bool_], weights: Floats
) -> tuple[DictVectorizer, LogisticRegression]:
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    model.fit(vectorizer.fit_transform(features), labels, sample_weight=weights)
    return vectorizer, model


def _across(
    features: Sequence[Features],
    labels: npt.NDArray[np.bool_],
    groups: Sequence[str],
    weights: Floats,
) -> Floats:
    """Probabilities of each example by models that did not see its document, as used later."""
    found = np.zeros(len(labels))
    for known, new in GroupKFold(_FOLDS).split(labels, labels, groups):
        vectorizer, model = _fit_one([features[i] for i in known], labels[known], weights[known])
        rows = vectorizer.transform([{**features[i], _WRITTEN: 0.0} for i in new])
        found[new] = model.predict_proba(rows)[:, 1]
    return found


def _weights(
    features: Sequence[Features], labels: npt.NDArray[np.bool_], weights: Floats
) -> dict[str, float]:
    vectorizer, model = _fit_one(features, labels, weights)
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    table = {name: round(float(weight), 3) for name, weight in named if name != _WRITTEN}
    return {"intercept": round(float(model.intercept_[0]), 3), **table}


def _curve(
    documents: Sequence[Document],
    examples: Sequence[Example],
    across: Sequence[float],
    *,
    written: bool,
) -> dict[float, tuple[float, float, float]]:
    """F1, precision and recall of presence in the sentences of a kind, by threshold."""
    gold = {
        (document.name, unit_id)
        for document in documents
        if document.name.startswith("written") == written
        for row, unit_id in zip(document.rows, document.unit_ids, strict=True)
        if gold_of(row)
    }
    best: dict[tuple[str, str], float] = {}
    for one, value in zip(examples, across, strict=True):
        if one.written == written:
            best[one.sentence] = max(float(value), best.get(one.sentence, 0.0))
    curve = {}
    for level in _THRESHOLDS:
        found = {sentence for sentence, value in best.items() if value >= level}
        right = len(found & gold)
        curve[level] = (
            2 * right / max(1, len(found) + len(gold)),
            right / max(1, len(found)),
            right / max(1, len(gold)),
        )
    return curve
