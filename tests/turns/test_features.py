"""Features that the segmenter is fitted on."""

from __future__ import annotations

import pytest

from pipeline.records import Paragraph
from pipeline.turns.document import view_document
from pipeline.turns.features import find_features


def _features(*texts: str, **layout: object) -> list[set[str]]:
    paragraphs = [Paragraph.model_validate({"text": one, "line": 1, **layout}) for one in texts]
    return [set(row) for row in find_features(view_document(paragraphs))]


def test_how_a_paragraph_is_set() -> None:
    row = _features("IS IT SAFE?", bold=[(0, 11)], heading=2, quoted=True, start_s=3.0)[0]
    assert row >= {
        "~whole bold", "~heading", "heading=2", "~quoted", "~capitals", "timed", "~ended",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Is it safe?", "~ends asking"),
        ("Is it safe? So they say.", "~asks"),
        ("1. Is it safe?", "~numbered"),
        ("Tell us of the pier.", "~request"),
        ("I built it, and I paid.", "I=2"),
    ],
)
def test_how_a_paragraph_asks_or_answers(text: str, feature: str) -> None:
    assert f"none&{feature}" in _features(text)[0]


def test_the_neighbours_are_seen_and_the_ends_are_told() -> None:
    first, second = _features("Is it safe?", "It is.")
    assert "-1:none" in first
    assert "+1:none" not in first
    assert {"-1:none&~ends asking", "+1:none"} <= second


def test_words_are_seen_only_where_labels_explain_little() -> None:
    assert "w:first0=why" in _features("Why so?", "It rained.")[0]
    talk = ["ROE: Why so?", "VANE: It rained.", "ROE: Why else?", "VANE: It snowed."] * 3
    assert not any(name.startswith("w:") for row in _features(*talk) for name in row)
    assert all("regime=strong" in row for row in _features(*talk))


def test_how_a_label_recurs() -> None:
    talk = ("ROE: Why so?", "VANE: It rained.", "Note: VANE left.", "ROE: Who else?", "VANE: Roe.")
    rows = _features(*talk)
    assert "~label&recurs=True&best=True" in rows[0]
    assert {"style=colon&times=1", "hint=name&times=1"} <= rows[1]
    assert {"never a label&times=0", "~label&recurs=False&best=True"} <= rows[2]
    assert "~no label" in _features("It rained all day long on the pier.")[0]


def test_places_are_before_among_and_after_the_labels() -> None:
    rows = _features(
        "A pier", "ROE: Why?", "VANE: So.", "ROE: When?", "VANE: In May.", "It rained."
    )
    assert "before labels=0" in rows[0]
    assert all("among labels" in row for row in rows[1:5])
    assert any(name.startswith("after labels=") for name in rows[5])
