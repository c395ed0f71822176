"""The fit of what weighs reports keeps the sides of cues in their order."""

from __future__ import annotations

import numpy as np
import pytest

from training.attribution.rules import pool_sides


def reports(**favourable: tuple[int, int]) -> tuple[list[dict[str, float]], list[bool]]:
    """Reports with each kind of cue: how many, and how many of these are of favor."""
    reading: list[dict[str, float]] = []
    favor: list[bool] = []
    for cue, (count, yes) in favourable.items():
        reading += [{f"cue {cue}": 1.0}] * count
        favor += [index < yes for index in range(count)]
    return reading, favor


@pytest.mark.parametrize(
    ("given", "fitted"),
    [
        ({"against": (50, 5), "open": (50, 25), "favor": (50, 45)}, 3),
        ({"against": (50, 25), "open": (50, 5), "favor": (50, 45)}, 2),
        ({"against": (50, 5), "open": (50, 45), "favor": (50, 25)}, 2),
        ({"against": (50, 45), "open": (50, 25), "favor": (50, 5)}, 1),
        ({"against": (50, 5), "favor": (50, 45)}, 3),
    ],
)
def test_sides_that_fall_are_fitted_as_one(given: dict[str, tuple[int, int]], fitted: int) -> None:
    reading, favor = reports(**given)
    pooled = pool_sides(reading, np.array(favor))
    assert len(set(pooled.values())) == fitted
    assert set(pooled) == {"cue against", "cue open", "cue favor"}
