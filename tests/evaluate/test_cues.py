"""The cue lexicon of the baselines."""

from __future__ import annotations

import tomllib

from pipeline.evaluate.cues import FILE, Cues, load_cues


def test_cues_end_at_word_boundaries() -> None:
    found = Cues({"obligation": ("must",)})
    assert found.counts("The mustard is fine") == {}
    assert found.counts("They must, they must!") == {"obligation": 2}


def test_a_star_stands_for_any_ending_and_capitals_do_not_matter() -> None:
    assert Cues({"bad": ("lie*", "so what")}).counts("Their LIES, so what?") == {"bad": 2}


def test_a_curly_apostrophe_is_a_straight_one() -> None:
    assert load_cues().counts("Let’s") == {"obligation": 1}


def test_the_shipped_cues_find_what_they_name() -> None:
    counts = load_cues().counts("We must act because time is short")
    assert {"obligation", "causal"} <= counts.keys()


def test_the_shipped_cues_are_lower_case_phrases() -> None:
    for name, phrases in tomllib.loads(FILE.read_text("utf8"))["cues"].items():
        assert phrases, name
        assert all(phrase and phrase == phrase.lower() for phrase in phrases), name
