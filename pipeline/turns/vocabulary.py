"""The word lists of the modules of turns, each in a TOML file of the module's name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def words(text: str) -> frozenset[str]:
    """Return the words of a text that spaces separate."""
    return frozenset(text.split())


def read_lists(name: str) -> dict[str, Any]:
    """Return the lists of ``name.toml``: a text as the set of its words, all else as it is."""
    found = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf8"))
    return {key: words(value) if isinstance(value, str) else value for key, value in found.items()}


_LISTS = read_lists("vocabulary")
SHORT_TITLES: Mapping[str, str] = _LISTS["short_titles"]
QUESTION_WORDS: frozenset[str] = _LISTS["question_words"]
ANSWER_WORDS: frozenset[str] = _LISTS["answer_words"]
INTERVIEWERS: frozenset[str] = _LISTS["interviewers"]
RESPONDENTS: frozenset[str] = _LISTS["respondents"]
OTHERS: frozenset[str] = _LISTS["others"]
GENERIC: frozenset[str] = _LISTS["generic"]
TITLES: frozenset[str] = _LISTS["titles"]
PARTICLES: frozenset[str] = _LISTS["particles"]
NAME_PARTICLES: frozenset[str] = _LISTS["name_particles"]
NEVER_LABELS: frozenset[str] = _LISTS["never_labels"]
BODIES: frozenset[str] = _LISTS["bodies"]
REQUESTS: frozenset[str] = _LISTS["requests"]
ABBREVIATIONS: frozenset[str] = _LISTS["abbreviations"]
