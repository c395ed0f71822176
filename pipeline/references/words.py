"""Words, grammar and weights of reference resolution.

Words are in ``references.toml``, weights in ``salience.toml``; grammar is read from the parse.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import Field, ValidationError
from spacy.tokens import Token

from pipeline.errors import ConfigError
from pipeline.records import Record

T = TypeVar("T", bound=Record)

WE = frozenset({"we", "us", "our", "ours", "ourselves"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
HE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
PRONOUNS = WE | THEY | IT | HE
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
COUNTRIES = frozenset({"countries", "nations", "peoples", "states"})
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis"})


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
    groups: frozenset[str]
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


def clause_of(token: Token) -> Token:
    """Return the verb (or other head) of the clause that a token belongs to."""
    while token.dep_ not in _CLAUSES and token.head.i != token.i:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            return token
        token = token.head
    return token


def is_subject(token: Token) -> bool:
    """Tell whether a token, or what it is coordinated with, is the subject of a clause."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in SUBJECTS


def is_plural(token: Token) -> bool:
    """Tell whether a noun is plural."""
    return token.tag_ in ("NNS", "NNPS")


def lemma(token: Token) -> str:
    """Return the lemma in lower case."""
    return token.lemma_.lower()


def is_let_us(token: Token) -> bool:
    """Tell whether a pronoun is that of "let us"."""
    return token.lower_ == "us" and token.i > 0 and token.nbor(-1).lemma_.lower() == "let"


def has_with(head: Token) -> bool:
    """Tell whether a verb or noun has a partner: "we agreed with them", "together with them"."""
    return any(
        (child.dep_ == "prep" and child.lower_ == "with")
        or (child.lower_ == "together" and has_with(child))
        for child in head.children
    )
