"""Fitting the segmenter; it needs python-crfsuite."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from pipeline.records import Paragraph
from pipeline.turns.chain import STATES, Chain, State
from pipeline.turns.document import view_document
from training.gold import lay_gold
from training.renderings import _plain

pytest.importorskip("pycrfsuite")
from training import turns

pytestmark = pytest.mark.slow

VOICES = ("interviewer", "respondent")
WORDS = ("pier", "crane", "boat", "rain", "town", "spring")


def _exchange(rng: random.Random) -> tuple[str, str]:
    one, two = rng.sample(WORDS, 2)
    return f"Why did the {one} cost more than the {two}?", f"The {one} was new, and I paid for it."


def _sequence(seed: int) -> turns.Sequence_:
    rng = random.Random(seed)
    rows: list[tuple[Paragraph, State]] = []
    for asked, said in (_exchange(rng) for _ in range(6)):
        rows += [(_plain(f"ROE: {asked}"), "label"), (_plain(f"HALE: {said}"), "label"),
                 (_plain("It was dear."), "continuation")]  # fmt: skip
    found = turns.to_sequence(rows)
    assert found is not None
    return found


def test_a_fitted_chain_finds_what_it_was_shown() -> None:
    chain = turns.fit([_sequence(seed) for seed in range(12)])
    said = [text for pair in (_exchange(random.Random(99)), _exchange(random.Random(98)))
            for text in (f"ROE: {pair[0]}", f"HALE: {pair[1]}", "It was dear.")]  # fmt: skip
    document = view_document([Paragraph(text=text, line=1) for text in said])
    assert chain.label(document).states == ("label", "label", "continuation") * 2


def test_weights_are_written_a_feature_a_line_and_read_back() -> None:
    chain = Chain({"a": [0.5] * len(STATES), "b": [0.0] * len(STATES)},
                  np.zeros((len(STATES), len(STATES))))  # fmt: skip
    content = turns.render_weights(chain)
    assert json.loads(content)["weights"] == chain.weights
    assert content.count(b"\n") == 6


def test_what_nobody_says_is_above_between_and_below() -> None:
    texts = ["A pier", "Why did it close?", "An advert", "It rained for a week.", "By us"]
    rows = [{"speaker": "Roe", "role": "interviewer", "paragraphs": [texts[1]]},
            {"speaker": "Hale", "role": "respondent", "paragraphs": [texts[3]]}]  # fmt: skip
    laid = lay_gold(view_document([Paragraph(text=one, line=1) for one in texts]), rows)
    found = turns.furniture_of(laid)
    assert [one.text for part in (found.above, found.between, found.below) for one in part] == [
        "A pier", "An advert", "By us"
    ]  # fmt: skip


def test_written_talks_are_turns_of_two_voices() -> None:
    talks = turns.read_written_talks()
    alternating = [talk for talk in talks if {role for role, _, _ in talk} == set(VOICES)]
    assert len(alternating) > len(talks) / 2
    for talk in talks:
        assert {role for role, _, _ in talk} <= set(VOICES)
        assert len({speaker for _, speaker, _ in talk}) <= len(VOICES)
        assert all(texts and all(texts) for _, _, texts in talk)
