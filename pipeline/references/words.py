"""Words and weights of reference resolution: ``references.toml`` and ``salience.toml``."""

from __future__ import annotations

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
PRONOUNS = WE | THEY | IT | HE


class Words(Record):
    """The word lists, each explained in the file."""

    trades: frozenset[str]
    thinking: frozenset[str]
    openers: frozenset[str]
    candid: frozenset[str]
    pondering: frozenset[str]
    talk: frozenset[str]
    joint: frozenset[str]
    joint_adverbs: frozenset[str]
    joint_nouns: frozenset[str]
    mutual: frozenset[str]
    shared_nouns: frozenset[str]
    shared_verbs: frozenset[str]
    each_nouns: frozenset[str]
    saying: frozenset[str]
    sittings: frozenset[str]
    sitting_verbs: frozenset[str]
    remarks: frozenset[str]
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
