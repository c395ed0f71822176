"""Fit what joins the rules' weighing of a report with what the model reads of its holder.

The model has learned from the annotated train sentences, so that only dev tells how far it is to
be believed: the few weights are fitted there, on the reports of rules and on every other phrase
that may name a holder, and judged in cross-validation by document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pipeline.learn.attribution_fit import LEAST_PRECISION, sides_of
from pipeline.learn.attribution_judge import AttributionJudge
from pipeline.learn.attribution_rows import Document
from pipeline.learn.attribution_score import gold_of
from pipeline.reporting import candidates, read_candidate
from pipeline.reporting.conjoined import Group, group_of, shared
from pipeline.reporting.described import RULE
from pipeline.reporting.weigh import (
    Features,
    Heard,
    Weights,
    describe,
    favor_of,
    join,
    join_polarity,
    probability,
)

_FOLDS = 10
_STRENGTH = 0.3
_THRESHOLDS = tuple(round(0.10 + 0.025 * step, 3) for step in range(25))
Key = tuple[str, str]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A report with its features, and what the annotation says of it."""

    sentence: Key
    group: Group
    presence: Features
    polarity: Features
    held: bool
    favor: bool | None


@dataclass(frozen=True, slots=True)
class HeardFit:
    """The weights, and cross-validated F1, precision, recall of presence by threshold.

    ``level`` is the threshold of the best F1 among those that keep the precision at .40, in the
    probabilities of one holder. The weights' intercept is moved so that it stands at one half: a
    sentence that has a report just there is as often right as wrong, for it has several phrases
    that may hold one.
    """

    heard: Heard
    level: float
    curve: dict[float, tuple[float, float, float]]
    polarity_accuracy: float


def fit_heard(
    documents: Sequence[Document], judge: AttributionJudge, *, rules: Weights, data: str
) -> HeardFit:
    """Fit on dev documents, given the rules' weights fitted without them."""
    examples = list(_examples(documents, judge, rules))
    gold = {
        (document.name, unit_id)
        for document in documents
        for row, unit_id in zip(document.rows, document.unit_ids, strict=True)
        if gold_of(row)
    }
    held = np.array([one.held for one in examples])
    alone = _across(examples, held, lambda one: one.presence)
    across = shared([(one.sentence, one.group) for one in examples], alone)
    curve = {level: _score(examples, across, gold, level) for level in _THRESHOLDS}
    sided = [one for one in examples if one.favor is not None]
    favor = np.array([bool(one.favor) for one in sided])
    guessed = _across(sided, favor, lambda one: one.polarity)
    precise = [level for level in curve if curve[level][1] >= LEAST_PRECISION]
    best = max(precise or curve, key=lambda level: curve[level][0])
    presence = _fit(examples, held, lambda one: one.presence).weights()
    presence["intercept"] = round(presence["intercept"] - math.log(best / (1.0 - best)), 3)
    heard = Heard(
        data=data,
        threshold=0.5,
        presence=presence,
        favor=_fit(sided, favor, lambda one: one.polarity).weights(),
    )
    return HeardFit(heard, best, curve, float(((guessed >= 0.5) == favor).mean()))


def _examples(
    documents: Sequence[Document], judge: AttributionJudge, rules: Weights
) -> Iterator[Example]:
    reported = judge.stances.reported
    for document in documents:
        plain = judge.read(document.interview)
        dense = reported.dense_units(plain)
        interview = reported.with_described(plain, dense)
        rows = dict(zip(document.unit_ids, document.rows, strict=True))
        polarity, holder = reported.polarity_of(interview), reported.holder_of(interview)
        if holder is None:
            raise ValueError("the stance model judges no holders; choose one that does")
        for one in candidates(interview, bloc=judge.bloc, cues=reported.cues):
            if one.unit.id not in rows:
                continue
            presence = favor = None
            if one.rule != RULE:
                sides = read_candidate(one, polarity)
                presence = probability(describe(one, sides), rules.presence)
                favor = favor_of(one, sides, rules.favor)
            span = (one.attribution.holder_start, one.attribution.holder_end)
            hearing = holder(one.unit, span)
            same = sides_of(one, rows[one.unit.id], judge)
            taken = [side for side in same if side != "neutral"]
            yield Example(
                sentence=(document.name, one.unit.id),
                group=group_of(one),
                presence=join(one, hearing, presence),
                polarity=join_polarity(hearing, favor),
                held=bool(same),
                favor=taken[0] == "favor" if taken else None,
            )


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


def _fit(
    examples: Sequence[Example], labels: npt.NDArray[np.bool_], read: Callable[[Example], Features]
) -> _Model:
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=_STRENGTH, max_iter=3000)
    model.fit(vectorizer.fit_transform([read(one) for one in examples]), labels)
    return _Model(vectorizer, model)


def _across(
    examples: Sequence[Example], labels: npt.NDArray[np.bool_], read: Callable[[Example], Features]
) -> Floats:
    """Probabilities of each example by models that did not see its document."""
    found = np.zeros(len(labels))
    groups = [one.sentence[0].partition(":")[2] for one in examples]
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    for known, new in folds.split(labels, labels, groups):
        fitted = _fit([examples[i] for i in known], labels[known], read)
        found[new] = fitted.probabilities([read(examples[i]) for i in new])
    return found


def _score(
    examples: Sequence[Example], across: Sequence[float], gold: set[Key], level: float
) -> tuple[float, float, float]:
    """F1, precision and recall of the presence of a stance in a sentence."""
    found = {one.sentence for one, p in zip(examples, across, strict=True) if p >= level}
    right = len(found & gold)
    return (
        2 * right / max(1, len(found) + len(gold)),
        right / max(1, len(found)),
        right / max(1, len(gold)),
    )
