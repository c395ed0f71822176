"""Words and weights of reference resolution: ``references.toml``, ``salience.toml``, offices."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.records import Record

T = TypeVar("T", bound=Record)

WE = frozenset({"we", "us", "our", "ours", "ourselves"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
HE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
YOU = frozenset({"you", "your", "yours"})
PRONOUNS = WE | THEY | IT | HE
FORMER = re.compile(r"\b(former(ly)?|retired|ex|emerit\w+|since resigned)\b", re.IGNORECASE)
OFFICE = re.compile(
    r"(?:the )?((?:vice |deputy )?(?:president|prime minister|chancellor|premier"
    r"|(?:foreign|defen[cs]e|finance) minister)|secretary)",
    re.IGNORECASE,
)
COURTESIES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"})
"""Titles in a label that say no office."""
STUDY = re.compile(
    r"\b(analyst|author|columnist|correspondent|economist|editor|expert|fellow|historian|host"
    r"|journalist|professor|reporter|researcher|scholar|scientist|specialist|writer|university"
    r"|institut(e|ion)|think[ -]tank)\b",
    re.IGNORECASE,
)
"""What those do who study or report, and where."""


class Words(Record):
    """The lists, each explained in the file."""

    trades: frozenset[str]
    thinking: frozenset[str]
    openers: frozenset[str]
    candid: frozenset[str]
    pondering: frozenset[str]
    moved: frozenset[str]
    teachers: frozenset[str]
    parts: frozenset[str]
    talk: frozenset[str]
    talk_verbs: frozenset[str]
    halting: frozenset[str]
    topics: frozenset[str]
    talk_times: frozenset[str]
    talk_nouns: frozenset[str]
    study_verbs: frozenset[str]
    study_nouns: frozenset[str]
    everybodys: frozenset[str]
    joint: frozenset[str]
    joint_adverbs: frozenset[str]
    joint_nouns: frozenset[str]
    mutual: frozenset[str]
    shared_nouns: frozenset[str]
    shared_verbs: frozenset[str]
    each_nouns: frozenset[str]
    of_each: frozenset[str]
    of_states: frozenset[str]
    state_acts: frozenset[str]
    state_gifts: frozenset[str]
    state_goods: frozenset[str]
    held: frozenset[str]
    conferences: frozenset[str]
    saying: frozenset[str]
    sittings: frozenset[str]
    sitting_verbs: frozenset[str]
    hearing: frozenset[str]
    remarks: frozenset[str]
    mankind: frozenset[str]
    unions: frozenset[str]
    parties: frozenset[str]
    own: frozenset[str]
    organs: frozenset[str]
    polities: frozenset[str]
    allies: frozenset[str]
    officials: frozenset[str]
    leaders: frozenset[str]
    expletive_verbs: frozenset[str]
    short: dict[str, tuple[str, ...]]


class Weights(Record):
    """A logistic model: bias, weight by factor, and the least probability that is trusted."""

    bias: float
    least: Annotated[float, Field(ge=0.0, le=1.0)]
    weights: dict[str, float]


class Salience(Record):
    """The fitted models for they and for it."""

    they: Weights
    it: Weights


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Read the shipped word lists.

    Raises:
        ConfigError: the file is no TOML, or a list is missing or unknown.
    """
    return _read("references.toml", Words)


@lru_cache(maxsize=1)
def load_salience() -> Salience:
    """Read the shipped weights.

    Raises:
        ConfigError: the file is no TOML, or a weight is missing or unknown.
    """
    return _read("salience.toml", Salience)


def _read(name: str, kind: type[T]) -> T:
    path = files("pipeline").joinpath("lexicons").joinpath(name)
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{path}: cannot be used: {error}; reinstall Westward") from error
