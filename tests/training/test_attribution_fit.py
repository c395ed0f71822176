"""The fit of what says how likely a unit reports a holder's stance."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.attribution import PairWeights
from training.attribution.fit import Example, fit, write_weights

pytestmark = pytest.mark.slow

EXAMPLES = [
    Example(
        document=f"x:{document}", unit=f"{document} {number}", holder="China",
        features={"reports": 2.0 if held else -2.0, "noise": number % 2}, right=held, reports=held,
    )
    for document in range(12)
    for number, held in enumerate((True, False, False, True))
]  # fmt: skip


def test_a_sign_of_reports_has_weight_and_noise_has_none() -> None:
    weights, curve = fit(EXAMPLES, gold=24, data="ours")
    assert weights.pairs["reports"] > 0.5
    assert abs(weights.pairs["noise"]) < 0.1
    assert curve[weights.decided]["F1"] == 1.0


def test_reports_without_a_candidate_count_as_missed() -> None:
    weights, curve = fit(EXAMPLES, gold=48, data="ours")
    assert curve[weights.decided]["recall"] == pytest.approx(0.5)


def test_weights_are_read_as_written(tmp_path: Path) -> None:
    weights, _ = fit(EXAMPLES, gold=24, data="ours")
    path = tmp_path / "weights.toml"
    write_weights(weights, path)
    assert PairWeights.model_validate(tomllib.loads(path.read_text(encoding="utf8"))) == weights
