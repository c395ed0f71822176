"""Samples: the same by seed, extended without loss, with weights that add up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.coding.samples import Drawn, draw
from pipeline.errors import InputError
from tests.coding.runs import label, talk, write_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """Two interviews; 4 of 60 sentences are against."""
    first = ["none"] * 30 + ["against"] * 4
    return write_run(tmp_path / "run", [talk("a", first), talk("b", ["favor", "none"] * 13)])


def ids(sample: list[Drawn]) -> list[str]:
    """The units in order."""
    return [one.unit.id for one in sample]


def test_a_larger_sample_contains_a_smaller_one_in_the_same_order(run: Path) -> None:
    for by in (None, "label"):
        assert ids(draw(run, n=30, by=by))[:12] == ids(draw(run, n=12, by=by))
    assert ids(draw(run, n=12, seed=2)) != ids(draw(run, n=12))
    assert len(draw(run, n=900)) == 60


@pytest.mark.parametrize("by", [None, "interview", "label", "probability"])
def test_weights_are_stratum_size_over_drawn_and_add_up(by: str | None, run: Path) -> None:
    sample = draw(run, n=30, by=by)
    assert sum(one.weight for one in sample) == pytest.approx(60, abs=1e-3)
    assert all(one.weight >= 1 for one in sample)


def test_a_rare_label_is_drawn_more_often(run: Path) -> None:
    strata = Counter(one.stratum for one in draw(run, n=20, by="label"))
    assert strata["against (4 units)"] >= 3
    assert strata["not about (43 units)"] < 20 * 43 / 60


def test_what_two_runs_disagree_on_is_a_stratum(run: Path, tmp_path: Path) -> None:
    changed = ["none"] * 33 + ["against"]
    other = write_run(tmp_path / "other", [talk("a", changed), talk("b", ["favor", "none"] * 13)])
    strata = {one.stratum for one in draw(run, n=60, by="disagreement", other=other)}
    assert strata == {"differs (3 units)", "same (57 units)"}
    with pytest.raises(InputError, match="needs two runs"):
        draw(run, n=9, by="disagreement")


def test_earlier_labels_must_be_of_the_same_strata(run: Path) -> None:
    earlier = [label(talk("a", ["none"] * 4), 0, west="none", stratum="all (60 units)")]
    assert draw(run, n=9, earlier=earlier)
    with pytest.raises(InputError, match="code as another --coder"):
        draw(run, n=9, by="label", earlier=earlier)
