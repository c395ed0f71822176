"""Fit what joins the rules' weighing of a unit's reports with what the model reads of it.

The model has learned from the annotated train sentences, so that only dev tells how far it is to
be believed: the few weights are fitted there, on the reports of rules and on every other phrase
that may name a holder, and judged in cross-validation by document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.reporting import voices_by_unit
from pipeline.reporting.heard import (
    Voice,
    describe_holder,
    describe_side,
    describe_unit,
    holders_of,
)
from pipeline.reporting.weigh import Features, Heard, Weights
from training.attribution.rows import Document
from training.attribution.rules import LEAST_PRECISION, sides_of
from training.attribution.score import gold_of
from training.attribution.stages import AttributionJudge

_FOLDS = 10
_STRENGTH = 0.3
_THRESHOLDS = tuple(round(0.10 + 0.025 * step, 3) for step in range(25))
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """What the annotation says of a report: whether it is a stance, and of which side."""

    document: str
    features: Features
    held: bool
    favor: bool | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with reports: its features, those of each report, and the annotation's word."""

    told: Told
    voices: tuple[Voice, ...]
    holders: tuple[Told, ...]
    sides: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class HeardFit:
    """The weights, and cross-validated F1, precision, recall of presence by threshold.

    ``level`` is the threshold of the best F1 among those that keep the precision at .40: from it on
    a report is shown, with the probability that cross-validation bears out. ``holder_accuracy`` is
    the share of
    shown holders that are annotated, in annotated sentences that are found at that threshold.
    """

    heard: Heard
    level: float
    curve: dict[float, tuple[float, float, float]]
    holder_accuracy: float
    polarity_accuracy: float


def fit_heard(
    documents: Sequence[Document], judge: AttributionJudge, *, rules: Weights, data: str
) -> HeardFit:
    """Fit on dev documents, given the rules' weights fitted without them."""
    sentences = [one for document in documents for one in sentences_of(document, judge, rules)]
    gold = sum(bool(gold_of(row)) for document in documents for row in document.rows)
    told = [one.told for one in sentences]
    # only where a stance is held does it matter whose it is
    holders = [one for sentence in sentences if sentence.told.held for one in sentence.holders]
    sides = [one for sentence in sentences for one in sentence.sides]
    across = _across(told, lambda one: one.held)
    curve = {level: _score(told, across, gold, level) for level in _THRESHOLDS}
    guessed = _across(sides, lambda one: bool(one.favor))
    precise = [level for level in curve if curve[level][1] >= LEAST_PRECISION]
    best = max(precise or curve, key=lambda level: curve[level][0])
    presence = _fit(told, lambda one: one.held).weights()
    found = [one for one, p in zip(sentences, across, strict=True) if p >= best]
    heard = Heard(
        data=data,
        threshold=best,
        presence=presence,
        holder=_fit(holders, lambda one: one.held).weights(),
        favor=_fit(sides, lambda one: bool(one.favor)).weights(),
    )
    return HeardFit(
        heard,
        best,
        curve,
        _holders_right([one for one in found if one.told.held], sentences),
        float(np.mean([(p >= 0.5) == one.favor for one, p in zip(sides, guessed, strict=True)])),
    )


def sentences_of(document: Document, judge: AttributionJudge, rules: Weights) -> Iterator[Sentence]:
    """Yield the annotated sentences of a document that have reports."""
    reported = judge.stances.reported
    plain = judge.read(document.interview)
    interview = reported.with_described(plain, reported.dense_units(plain))
    rows = dict(zip(document.unit_ids, document.rows, strict=True))
    polarity, holder = reported.polarity_of(interview), reported.holder_of(interview)
    if holder is None:
        raise ValueError("the stance model judges no holders; choose one that does")
    units = voices_by_unit(interview, judge.bloc, reported.cues, polarity, holder, rules)
    for voices in units:
        unit_id = voices[0].candidate.unit.id
        of_unit = tuple(one for one in voices if not one.candidate.barred)
        if unit_id in rows and of_unit:
            same = [sides_of(one.candidate, rows[unit_id], judge) for one in of_unit]
            yield _sentence(document.name, of_unit, same, held=bool(gold_of(rows[unit_id])))


def _sentence(
    document: str, voices: tuple[Voice, ...], same: Sequence[Sequence[str]], *, held: bool
) -> Sentence:
    holders, sides = [], []
    for one, stances in zip(voices, same, strict=True):
        taken = [side for side in stances if side != "neutral"]
        holders.append(Told(document, describe_holder(one), bool(stances)))
        if taken:
            sides.append(Told(document, describe_side(one), True, taken[0] == "favor"))
    told = Told(document, describe_unit(voices), held)
    return Sentence(told, voices, tuple(holders), tuple(sides))


def _holders_right(found: Sequence[Sentence], sentences: Sequence[Sentence]) -> float:
    """The share of right holders among those shown, by weights that did not see the document."""
    right = shown = 0
    for document in sorted({one.told.document for one in found}):
        known = [
            holder
            for one in sentences
            if one.told.held and one.told.document != document
            for holder in one.holders
        ]
        weights = _fit(known, lambda one: one.held).weights()
        for one in (one for one in found if one.told.document == document):
            chosen = holders_of(one.voices, weights)
            shown += len(chosen)
            right += sum(
                holder.held
                for voice, holder in zip(one.voices, one.holders, strict=True)
                if voice in chosen
            )
    return right / max(1, shown)


@dataclass(frozen=True, slots=True)
class _Model:
    vectorizer: DictVectorizer
    model: LogisticRegression

    def weights(self) -> dict[str, float]:
        named = zip(self.vectorizer.feature_names_, self.model.coef_[0], strict=True)
        table = {name: round(float(weight), 3) for name, weight in named}
        return {"intercept": round(float(self.model.intercept_[0]), 3), **table}

    def probabilities(self, features: Sequence[Features]) -> Floats:
        found: Floats = self.model.predict_proba(self.vectorizer.transform(features))[:, 1]
        return found


def _fit(told: Sequence[Told], label: Callable[[Told], bool]) -> _Model:
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    features = vectorizer.fit_transform([one.features for one in told])
    model.fit(features, [label(one) for one in told])
    return _Model(vectorizer, model)


def _across(told: Sequence[Told], label: Callable[[Told], bool]) -> Floats:
    """Probabilities of each by models that did not see its document."""
    found = np.zeros(len(told))
    groups = [one.document.partition(":")[2] for one in told]
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    for known, new in folds.split(found, found, groups):
        fitted = _fit([told[i] for i in known], label)
        found[new] = fitted.probabilities([told[i].features for i in new])
    return found


def _score(
    told: Sequence[Told], across: Floats, gold: int, level: float
) -> tuple[float, float, float]:
    """F1, precision and recall of the presence of a stance in a sentence."""
    found = [one for one, p in zip(told, across, strict=True) if p >= level]
    right = sum(one.held for one in found)
    return (
        2 * right / max(1, len(found) + gold),
        right / max(1, len(found)),
        right / max(1, gold),
    )
