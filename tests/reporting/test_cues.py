"""What a cue says of its holder by itself."""

from __future__ import annotations

import pytest

from pipeline.reporting import load_cues


@pytest.mark.parametrize(
    ("cue", "rule", "polarity"),
    [
        ("condemn", "reporting-verb", "against"),
        ("praise", "reporting-verb", "favor"),
        ("say", "reporting-verb", "open"),
        ("stand against", "alignment", "against"),
        ("not support", "alignment", "against"),
        ("want in", "reporting-verb", "favor"),
        ("want to join", "reporting-verb", "favor"),
        ("want out", "reporting-verb", "against"),
        ("not oppose", "alignment", "open"),
        ("not say", "reporting-verb", "open"),
        ("criticism", "reporting-noun", "against"),
        ("hostile", "state", "against"),
        ("not grateful", "state", "against"),
    ],
)
def test_polarity_of_a_cue(cue: str, rule: str, polarity: str) -> None:
    assert load_cues().polarity(cue, rule=rule) == polarity


def test_no_cue_stands_in_two_lists_of_one_kind() -> None:
    cues = load_cues()
    assert not set(cues.reporting) & set(cues.alignment) - {"attack", "thank"}
