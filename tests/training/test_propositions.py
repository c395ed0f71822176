"""Pairs of claims: the labels, the signals, the groups and their scores."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from pipeline.errors import InputError
from tests.built import build
from training.propositions.groups import group
from training.propositions.measure import best_threshold, is_opposed, score_f1
from training.propositions.pairs import LABELS_FILE, Pair, Place, digest_of, find_units, read_pairs
from training.propositions.signals import (
    COSINE,
    TFIDF,
    WHITENED,
    Sentences,
    fit,
    probabilities,
)

TEXTS = ["The treaty ended.", "The treaty has ended.", "Grain is dear.", "Roads are long."]
VECTORS = np.array([[1.0, 0.1, 0.0], [1.0, 0.2, 0.0], [0.0, 1.0, 0.3], [0.2, 0.0, 1.0]])


def pair(one: str, other: str) -> Pair:
    """Two sentences of the hand-built interview."""
    places = [
        Place(doc="x", turn="x.t002", start=0, end=len(text), digest=digest_of(text))
        for text in (one, other)
    ]
    return Pair(
        split="dev", drawn_by="words", one=places[0], other=places[1], first="same",
        second="same", label="same",
    )  # fmt: skip


def test_no_document_is_in_both_halves() -> None:
    halves: dict[str, set[str]] = {}
    for one in read_pairs():
        for place in (one.one, one.other):
            halves.setdefault(place.doc, set()).add(one.split)
    assert {len(found) for found in halves.values()} == {1}


def test_there_are_enough_pairs_to_choose_and_to_measure_by() -> None:
    same = [one.split for one in read_pairs() if one.label == "same"]
    assert len(read_pairs()) >= 300
    assert min(same.count("dev"), same.count("test")) >= 50


def test_the_labels_have_no_words_of_the_transcripts() -> None:
    known = {"same", "opposed", "related", "other", "dev", "test", "words", "vectors", "negated"}
    for line in LABELS_FILE.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        values = [*row.values(), *row["one"].values(), *row["other"].values()]
        words = {value for value in values if isinstance(value, str)} - known
        assert all(re.fullmatch(r"r\d{4}(\.t\d+)?|[0-9a-f]{16}", word) for word in words)


def test_a_sentence_is_found_by_its_digest() -> None:
    wanted = pair("Wheat prices rose by a fifth.", "Well, let me see.")
    assert [*find_units([build()], [wanted]).values()] == ["x.t002.u4", "x.t002.u5"]


def test_a_run_over_other_interviews_is_an_error() -> None:
    with pytest.raises(InputError, match="none of its 2 sentences"):
        find_units([build()], [pair("Not there.", "Nor this.")])


def test_words_and_vectors_give_each_pair_a_cosine() -> None:
    sentences = Sentences.read(TEXTS, VECTORS)
    found = sentences.signals(np.array([0, 0]), np.array([1, 2]))
    assert all(found[name][0] > found[name][1] for name in (COSINE, TFIDF, WHITENED))
    assert found[TFIDF][1] == 0


def test_the_fitted_signal_prefers_what_was_labelled_the_same() -> None:
    found = Sentences.read(TEXTS, VECTORS).signals(np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3]))
    likely = probabilities(fit(found, np.array([True, False, False, False])), found)
    assert likely.argmax() == 0


def test_a_threshold_tells_equal_scores_together() -> None:
    scores, same = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])
    assert best_threshold(scores, same) == 0.5


def test_f1_has_an_interval_over_documents() -> None:
    told, gold = np.array([True, True, False, False]), np.array([True, False, True, False])
    found = score_f1(told, gold, ["a", "b", "c", "d"])
    assert (found.precision, found.recall, found.value) == (0.5, 0.5, 0.5)
    assert found.low < 0.5 < found.high


def test_a_negation_on_one_side_alone_is_opposed() -> None:
    texts = [("It will end.", "It won’t end."), ("It cannot end.", "It will never end.")]
    assert is_opposed(texts).tolist() == [True, False]


def test_a_group_has_one_actor_in_common_and_a_mean_over_the_threshold() -> None:
    vectors = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    actors = [frozenset({"NATO"})] * 2 + [frozenset({"Russia"})] * 2

    def score(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
        return np.asarray((vectors[ones] * vectors[others]).sum(axis=1))

    assert group(vectors, actors, score, least=0.5) == [[0, 1]]
    assert group(vectors, [frozenset({"NATO"}), *actors[2:], actors[3]], score, least=0.5) == []
