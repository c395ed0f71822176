"""The confidence in a reading: its signs, and what they say."""

from __future__ import annotations

import json

import pytest

from pipeline.artefacts import CHECKOUT
from pipeline.records import Dropped
from pipeline.turns.confidence import DOUBTFUL_BELOW, WEIGHTS, find_signs, judge_reading
from pipeline.turns.labels import Label
from pipeline.turns.leftovers import BEFORE, LABEL
from pipeline.turns.roles import MODEL
from pipeline.turns.segments import Part, Segment


def _turn(name: str, words: int) -> Segment:
    label = Label(raw=name, name=name, core=(name,))
    return Segment(label.core, (label,), (Part(text="word " * words, line=1),))


TURNS = [_turn("ada", 5), _turn("ben", 20), _turn("ada", 5), _turn("ben", 20)]
SURE = {("ada",): 0.99, ("ben",): 0.99}


def test_signs_are_shares_of_the_words() -> None:
    left_out = [
        Dropped(text="word " * 50, reason=BEFORE, line=1),
        Dropped(text="ADA:", reason=LABEL, line=1),
    ]
    signs = find_signs([*TURNS, _turn("cora", 50)], {**SURE, ("cora",): 0.5}, left_out, states=0.9)
    assert signs["doubt of roles"] == pytest.approx((50 * 0.01 + 50 * 0.5) / 100)
    assert signs["share left out"] == pytest.approx(1 / 3)
    assert signs["share of speakers heard once"] == pytest.approx(0.5)
    assert signs["one speaker"] == signs["turns are given"] == 0


def test_the_weights_are_of_the_signs() -> None:
    weights = json.loads((CHECKOUT / MODEL / WEIGHTS).read_bytes())
    assert set(weights) == {*find_signs(TURNS, SURE, [], states=None), "bias"}


def test_sure_turns_and_roles_are_trusted_and_doubtful_ones_are_not() -> None:
    sure = judge_reading(find_signs(TURNS, SURE, [], states=0.999))
    doubtful = judge_reading(find_signs(TURNS, dict.fromkeys(SURE, 0.6), [], states=0.7))
    assert sure > DOUBTFUL_BELOW > doubtful
