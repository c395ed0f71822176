"""The figures of one question: baselines, abstention, documents, by hand counts."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.evaluate.scores import Asked, HoldingBack, score_question

ASKED = Asked(
    question="kind",
    labels=("fact", "value"),
    gold=("fact", "fact", "fact", "value", "value", "value"),
    probabilities=np.array(
        [[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.3, 0.7], [0.2, 0.8], [0.55, 0.45]]
    ),
    docs=("a", "a", "b", "b", "b", "c"),
    answers={"lexicon": ["fact"] * 6},
)


def test_the_majority_and_other_answers_stand_beside_the_judge() -> None:
    score = score_question(ASKED, seed=1)
    assert [(b.name, b.accuracy) for b in score.baselines] == [("majority", 0.5), ("lexicon", 0.5)]
    assert score.accuracy == pytest.approx(4 / 6, abs=1e-4)


def test_what_is_under_its_threshold_is_not_decided() -> None:
    held = score_question(ASKED, seed=1, holding_back=HoldingBack(0.7, {"value": 0.65})).abstention
    assert held is not None
    assert held.coverage == pytest.approx(5 / 6, abs=1e-4)
    assert held.accuracy == pytest.approx(4 / 5)
    fact, value = held.labels
    assert (fact.threshold, fact.predicted, fact.kept, fact.precision) == (0.0, 3, 3, 0.6667)
    assert (value.threshold, value.predicted, value.kept, value.precision) == (0.65, 3, 2, 1.0)


def test_a_row_at_its_threshold_is_decided() -> None:
    held = score_question(ASKED, seed=1, holding_back=HoldingBack(0.7, {"value": 0.6})).abstention
    assert held is not None
    assert held.coverage == 1.0


def test_without_thresholds_nothing_is_said_of_abstention() -> None:
    assert score_question(ASKED, seed=1).abstention is None


def test_documents_are_scored_alone_the_worst_first() -> None:
    scores = score_question(ASKED, seed=1, by_doc=True).by_doc
    assert [(s.doc, s.n_rows, s.accuracy, s.worst) for s in scores] == [
        ("c", 1, 0.0, "value > fact (1)"),
        ("b", 3, 0.6667, "fact > value (1)"),
        ("a", 2, 1.0, None),
    ]


def test_documents_are_not_scored_unasked() -> None:
    assert score_question(ASKED, seed=1).by_doc == ()
