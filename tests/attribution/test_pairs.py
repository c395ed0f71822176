"""The model that says how likely a unit reports a holder's stance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.attribution import Evidence, describe, load_weights, probability

PLAIN = Evidence(
    reports=0.4, about=0.4, holds=0.4, share=0.5, side=0.7, cued=False, acts=False, actor=False,
    member=False, against=False, pronoun=False, implied=False, text="He sang.",
)  # fmt: skip


@pytest.mark.parametrize("more", [{"reports": 0.9}, {"holds": 0.9}, {"side": 0.99}])
def test_what_the_model_is_surer_of_is_likelier(more: dict[str, Any]) -> None:
    weights = load_weights().pairs
    likelier = probability(describe(replace(PLAIN, **more)), weights)
    assert likelier > probability(describe(PLAIN), weights)


def test_certainty_of_the_model_is_bounded() -> None:
    sure = describe(replace(PLAIN, reports=1.0, holds=0.0))
    assert abs(sure["reports"]) < 7
    assert abs(sure["holder"]) < 7


def test_a_feature_without_weight_counts_nothing() -> None:
    assert probability({"unknown": 5.0}, {"intercept": 0.0}) == 0.5


def test_a_guess_needs_less_than_a_decision() -> None:
    weights = load_weights()
    assert 0.0 < weights.listed <= weights.decided < 1.0
