"""The model of who speaks a talk without labels: its fit, its features, and what ships."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import check_grad
from scipy.sparse import csr_matrix

from pipeline.learn.exchange import _loss, _Row, fit, from_first_question, read_gold, score
from pipeline.learn.finetune.written import DEV_FOLDER, FOLDER, read_talks
from pipeline.turns.conventions.exchange import features, load_exchange

TALK = [
    ("What did the harbour lose in the storm?", True),
    ("We lost two cranes and I lost a hat, which nobody has found to this day.", False),
    ("The council paid for the cranes within the year, to the surprise of all of us.", False),
    ("You wrote that the council was slow.", True),
    ("I did. They were slow by their own count, not by mine, and they know it.", False),
]


def test_the_gradient_is_that_of_the_loss() -> None:
    rng = np.random.default_rng(3)
    matrix = csr_matrix(rng.normal(size=(9, 4)))
    rows = [
        _Row(0, np.array([1, 0, 0, 1, 0]), np.array([0.0, 1, 0, 0, 1])),
        _Row(5, np.array([1, 0, 1, 0]), np.array([0.0, 1, 0, 1])),
    ]
    start, expected = rng.normal(size=12), rng.normal(size=12)
    wrong = check_grad(
        lambda w: _loss(w, expected, matrix, rows)[0],
        lambda w: _loss(w, expected, matrix, rows)[1],
        start,
    )
    assert wrong < 1e-4


def test_a_fit_tells_the_talks_it_was_fitted_on() -> None:
    model = fit([TALK] * 8)
    assert score(model, [TALK]) == [1.0]


def test_the_placeholders_of_the_written_talks_are_not_learnt() -> None:
    talk = [(f"{text} Thank you, Marsh." if asks else text, asks) for text, asks in TALK]
    assert not [name for name in fit([talk] * 8).weights if "marsh" in name]


def test_what_stands_above_the_first_question_is_left_out() -> None:
    assert from_first_question([("A preface.", False), *TALK]) == TALK


def test_a_paragraph_is_described_by_its_words_and_by_its_neighbours() -> None:
    found = features("Why you?", before="It ended. Who knows?", after="Because I was there.")
    assert found["next answers"] == found["ends asking"] == found["f=why you"] == 1.0
    assert found["p=who knows"] == 1.0


def test_whole_talks_keep_their_paragraphs() -> None:
    talks = read_talks(FOLDER)
    assert len(talks) >= 75
    assert len(read_talks(DEV_FOLDER)) == 96
    assert all("¶" not in text and text.strip() for talk in talks for text, _ in talk)
    assert sum(any(asks for _, asks in talk) for talk in talks) == len(talks) - 1  # letters
    runs = [a == b for talk in talks for (_, a), (_, b) in pairwise(talk)]
    assert sum(runs) > 500  # answers of several paragraphs


def test_what_ships_says_how_often_it_is_right_and_reads_talks_it_was_not_fitted_on() -> None:
    place = files("pipeline.turns.conventions").joinpath("exchange.json")
    stated = json.loads(place.read_text(encoding="utf8"))["measured"]["share of paragraphs right"]
    unseen = [from_first_question(talk) for talk in read_talks(DEV_FOLDER)]
    right = float(np.mean(score(load_exchange(), unseen)))
    assert stated["96 talks of our own"] == pytest.approx(right, abs=1e-3)
    assert right > 0.85


def test_interviews_without_a_licence_are_not_fitted_on(tmp_path: Path) -> None:
    rows = [
        {"doc": doc, "turn": 0, "speaker": "Q", "role": "interviewer", "paragraphs": [doc]}
        for doc in ("seed", "other")
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert read_gold(path) == [[("other", True)]]
