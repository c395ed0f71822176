"""Scores by phenomenon on marked-up sentences of our own, with a floor for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reporting.phenomena import read_cases, scores

FLOORS = {
    "metonym": 12,
    "we": 12,
    "they": 9,
    "report": 13,
    "quotation": 11,
    "nested": 11,
    "negated": 10,
    "hypothetical": 11,
    "alignment": 12,
    "feeling": 10,
    "irony": 9,
    "scare quote": 9,
    "presupposition": 10,
}


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[int, int]]:
    return scores()


def test_there_are_enough_sentences() -> None:
    cases = list(read_cases())
    assert len(cases) >= 150
    assert {case.phenomenon for case in cases} == set(FLOORS)


@pytest.mark.parametrize("phenomenon", FLOORS)
def test_a_phenomenon_is_mostly_right(found: dict[str, tuple[int, int]], phenomenon: str) -> None:
    right, total = found[phenomenon]
    assert right >= FLOORS[phenomenon], f"{right} of {total}"


@pytest.mark.parametrize(
    "line",
    ["- [Beijing]{holder} says it.", "- | Beijing says it.", "- + | [Beijing]{holder} says it."],
)
def test_a_line_whose_sides_and_holders_do_not_fit_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(line, encoding="utf8")
    with pytest.raises((ValueError, KeyError)):
        list(read_cases(path))
