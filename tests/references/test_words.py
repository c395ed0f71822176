"""The word lists."""

from __future__ import annotations

from pipeline.actors import load_actors
from pipeline.references.words import load_words


def test_short_names_mean_known_actors() -> None:
    known = load_actors().actors
    assert all(name in known for names in load_words().short.values() for name in names)


def test_lists_are_lemmas_in_lower_case() -> None:
    words = load_words()
    lists = (words.trades, words.thinking, words.talk, words.parties, words.officials)
    assert all(word == word.lower() for one in lists for word in one)
