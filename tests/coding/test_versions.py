"""Two runs of the same interviews side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.coding.versions import compare_runs
from pipeline.errors import InputError
from tests.coding.runs import talk, write_run

SIDES = ["favor", "against", "neutral", "favor", "none", "favor"]


def judged(name: str, *, turned: int) -> list[str]:
    return ["against"] * turned + SIDES[turned:]


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """Two runs over four common interviews; in the second, sentences turn against."""
    first = [talk(f"t{n}", SIDES[n % 2 :]) for n in range(5)]
    second = [talk(f"t{n}", judged(f"t{n}", turned=1 + n % 3)[n % 2 :]) for n in range(4)]
    return write_run(tmp_path / "one", first), write_run(tmp_path / "two", second)


def test_their_agreement_is_by_label(runs: tuple[Path, Path]) -> None:
    found = compare_runs(*runs)
    (stance,) = (one for one in found.agreement if one.question == "own stance")
    differing = [row for row in found.differing if row["question"] == "own stance"]
    share = len(differing) / stance.n
    assert stance.figures["percent"][0] == pytest.approx(1 - share, abs=1e-4)
    assert "against" in {row["two"] for row in differing}


def test_shares_are_compared_over_the_interviews_of_both(runs: tuple[Path, Path]) -> None:
    found = compare_runs(*runs)
    assert found.alone == ["t4"]
    assert [(row["group"], row["interviews"]) for row in found.comparison.groups] == [
        ("one", 4),
        ("two", 4),
    ]
    (net,) = (row for row in found.comparison.differences if row["measure"] == "net")
    one, two = (row["net"] for row in found.comparison.groups)
    assert net["difference"] == pytest.approx(float(one or 0) - float(two or 0), abs=1e-4)
    assert net["p"] is not None


def test_the_same_run_twice_and_runs_without_a_common_interview_are_refused(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="one run; expected two"):
        compare_runs(runs[0], runs[0])
    other = write_run(tmp_path / "other", [talk("z", SIDES)])
    with pytest.raises(InputError, match="no interview in common"):
        compare_runs(runs[0], other)
