"""Word lists of labels and questions, from ``vocabulary.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

_TABLES = tomllib.loads(
    files("pipeline.turns").joinpath("vocabulary.toml").read_text(encoding="utf8")
)


def words(text: str) -> frozenset[str]:
    """Return the words of a text that spaces separate."""
    return frozenset(text.split())


def word_list(name: str) -> frozenset[str]:
    """Return a word list of ``vocabulary.toml``, in lower case."""
    return words(_TABLES[name])


SHORT_TITLES: Mapping[str, str] = _TABLES["short_titles"]
QUESTION_WORDS = word_list("question_words")
ANSWER_WORDS = word_list("answer_words")
INTERVIEWERS = word_list("interviewers")
RESPONDENTS = word_list("respondents")
OTHERS = word_list("others")
GENERIC = word_list("generic")
TITLES = word_list("titles")
PARTICLES = word_list("particles")
NAME_PARTICLES = word_list("name_particles")
NEVER_LABELS = word_list("never_labels")
BODIES = word_list("bodies")
ABBREVIATIONS = word_list("abbreviations")
