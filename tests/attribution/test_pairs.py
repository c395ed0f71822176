"""The model that says whether a unit reports a stance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.attribution import Evidence, describe, load_weights, probability

PLAIN = Evidence(reports=0.4, holds=0.4, cued=False, actor=False, text="He sang.")


@pytest.mark.parametrize("more", [{"reports": 0.9}, {"holds": 0.9}, {"cued": True}])
def test_the_model_and_a_cue_speak_for_a_report(more: dict[str, float]) -> None:
    weights = load_weights().presence
    likelier = probability(describe(replace(PLAIN, **more)), weights)  # type: ignore[arg-type]
    assert likelier > probability(describe(PLAIN), weights)


def test_certainty_of_the_model_is_bounded() -> None:
    sure = describe(replace(PLAIN, reports=1.0, holds=0.0))
    assert abs(sure["reports"]) < 7
    assert abs(sure["holder"]) < 7


def test_a_feature_without_weight_counts_nothing() -> None:
    assert probability({"unknown": 5.0}, {"intercept": 0.0}) == 0.5
