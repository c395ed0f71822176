"""Fitting and measuring how targets are found, on rows of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.targets.fit import Choice, fit_choices
from training.targets.measure import FINDER, main, measure_finder
from training.targets.rows import FILES, bare, is_named

pytestmark = pytest.mark.slow

ROW = {
    "split": "dev", "doc": "x1", "speaker": "A guest", "question": "Well?", "attributed": [],
    "context_before": "", "context_after": "", "date": "2023-05-01",
}  # fmt: skip
ROWS = (
    {**ROW, "text": "NATO lied.", "west": "against", "target": "NATO"},
    {**ROW, "text": "Rain fell.", "west": "none", "context_before": "NATO lied."},
    {**ROW, "split": "train", "text": "France lied.", "west": "against", "target": "France"},
    {
        **ROW, "doc": "x2", "question": "Is the EU to blame?", "text": "Nobody doubts it.",
        "west": "against", "target": None, "implicit_target": "European Union",
    },
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        text = "\n".join(json.dumps(row) for row in ROWS)
        (tmp_path / name).write_text(text, encoding="utf8")
    return tmp_path


def test_rows_of_the_split_that_are_about_the_west_count(folder: Path) -> None:
    found = measure_finder(folder, split="dev")["interviews.jsonl"]
    assert (found.explicit, found.overlapping, found.exact) == (1, 1, 1)
    assert (found.implicit, found.actor_right, found.named) == (1, 1, 0)


def test_the_finder_is_not_measured_on_the_test_split(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), "test", FINDER]) == 2
    assert "expected train or dev" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("found", "gold", "named"),
    [
        ("sanctions", "the sanctions", True), ("Western sanctions", "sanctions", True),
        ("NATO's", "NATO", True), ("", "NATO", False), ("Russia", "NATO", False),
    ],
)  # fmt: skip
def test_words_that_overlap_name_the_target(found: str, gold: str, named: bool) -> None:
    assert is_named(found, gold) is named


def test_articles_and_genitives_are_no_part_of_a_target() -> None:
    assert bare("the EU’s") == "EU"


def test_a_logit_learns_what_tells_right_from_wrong() -> None:
    choice = Choice(({"subject": 1.0}, {"object": 1.0}), (True, False))
    weights = fit_choices([choice] * 20)
    assert weights["subject"] > 0 > weights["object"]


def test_choices_without_a_right_alternative_teach_nothing() -> None:
    assert fit_choices([Choice(({"a": 1.0}, {"b": 1.0}), (False, False))] * 3) == {}
