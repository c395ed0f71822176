"""The segmenter: best paths, probabilities, and which states are open to a paragraph."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from pipeline.artefacts import CHECKOUT
from pipeline.errors import ArtefactError
from pipeline.records import Paragraph
from pipeline.turns.chain import (
    MODEL,
    STATES,
    WEIGHTS,
    Chain,
    Floats,
    _marginals,
    _viterbi,
    load_chain,
)
from pipeline.turns.document import Document, view_document

NEUTRAL = np.zeros((len(STATES), len(STATES)))


def _view(*texts: str) -> Document:
    return view_document([Paragraph(text=text, line=1) for text in texts])


def _prefers(state: str) -> Chain:
    row = [3.0 if one == state else 0.0 for one in STATES]
    return Chain({"always": row}, NEUTRAL)


def _paths(scores: Floats, transitions: Floats) -> dict[tuple[int, ...], float]:
    """The score of each path there is."""
    return {
        path: sum(scores[at, state] for at, state in enumerate(path))
        + sum(transitions[one, two] for one, two in pairwise(path))
        for path in product(range(scores.shape[1]), repeat=len(scores))
    }


@pytest.mark.parametrize("seed", range(8))
def test_the_best_path_and_the_probabilities_are_those_of_all_paths(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores, transitions = rng.normal(size=(1 + seed % 5, 3)), rng.normal(size=(3, 3))
    paths = _paths(scores, transitions)
    assert tuple(_viterbi(scores, transitions)) == max(paths, key=lambda path: paths[path])
    shares = np.zeros_like(scores)
    for path, score in paths.items():
        shares[range(len(scores)), path] += np.exp(score)
    expected = shares / shares.sum(axis=1, keepdims=True)
    assert np.allclose(_marginals(scores, transitions), expected)


def test_a_labelled_turn_begins_only_where_a_label_is_proposed() -> None:
    document = _view("ROE: Why?", "It rained.", "VANE: So.", "ROE: When?")
    found = _prefers("label").label(document)
    assert [state == "label" for state in found.states] == [True, False, True, True]


@pytest.mark.parametrize("texts", [("ROE: Why?", "It rained."), ("ROE: Why?", "ROE: And when?")])
def test_a_label_alone_is_not_believed(texts: tuple[str, ...]) -> None:
    assert "label" not in _prefers("label").label(_view(*texts)).states


def test_a_part_that_recurs_may_be_the_only_label() -> None:
    assert set(_prefers("label").label(_view("Q: Why?", "Q: When?")).states) == {"label"}


def test_styles_that_a_person_has_chosen_begin_turns_and_no_others_do() -> None:
    document = _view("ROE: Why?", "[Vane] It rained.", "It snowed.", "[Roe] When?")
    found = _prefers("furniture").label(document, only=["bracket"])
    assert [state == "label" for state in found.states] == [False, True, False, True]


def test_confidence_is_the_mean_probability_of_what_is_no_furniture() -> None:
    document = _view("[Roe] Why?", "[Vane] It snowed.")
    assert _prefers("furniture").label(document, only=["bracket"]).confidence == pytest.approx(1)
    assert 0.2 < _prefers("answer").label(document).confidence < 1.0
    assert _prefers("furniture").label(document).confidence == 0.0
    assert _prefers("answer").label(_view()).states == ()


def test_the_weights_that_ship_are_of_the_states_in_their_order() -> None:
    stored = json.loads((CHECKOUT / MODEL / WEIGHTS).read_bytes())
    assert tuple(stored["states"]) == STATES
    assert load_chain().transitions.shape == (len(STATES), len(STATES))
    assert all(len(row) == len(STATES) for row in load_chain().weights.values())


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / MODEL, tmp_path / MODEL)
    path = tmp_path / MODEL / WEIGHTS
    path.write_text(path.read_text().replace("0.", "1.", 1))
    with pytest.raises(ArtefactError, match=r"chain\.json: altered"):
        load_chain(models=tmp_path)
