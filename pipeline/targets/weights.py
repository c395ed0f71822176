"""Fitted weights and word lists for choosing a target.

Two conditional logits (McFadden 1974, "Conditional logit analysis of qualitative choice
behavior"): one over the phrases of a unit and "nothing", one over the actors that it may mean.
``python -m training targets`` writes their weights to ``lexicons/target_weights.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from pipeline.lexicons import read_lexicon
from pipeline.records import Record

FILE = "target_weights.toml"
WORDS = "target_words.toml"
Factors = dict[str, float]


class TargetWords(Record):
    """Classes of nouns for what a bloc is and does, and modifiers for foreign things."""

    nouns: dict[str, tuple[str, ...]]
    modifiers: tuple[str, ...]


class Fitted(Record):
    """Weights of the factors of phrases and of actors.

    A noun phrase is the target unless "nothing names it" scores higher by ``noun_margin``.
    """

    data: str
    noun_margin: float
    phrases: dict[str, float]
    actors: dict[str, float]


class TargetWeights(Fitted):
    """The fitted weights with the word lists."""

    words: TargetWords

    @property
    def modifiers(self) -> frozenset[str]:
        """Modifiers of foreign things: "external", "foreign"."""
        return frozenset(self.words.modifiers)

    def classes_of(self, lemma: str) -> tuple[str, ...]:
        """Return the names of the classes of a noun's lemma."""
        return tuple(name for name, lemmas in self.words.nouns.items() if lemma in lemmas)


def score(factors: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of the weighted factors; a factor without a weight adds nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in sorted(factors.items()))


@lru_cache(maxsize=1)
def load_target_weights() -> TargetWeights:
    """Read and validate the fitted weights and the word lists.

    Raises:
        ArtefactError: a file is not TOML, or a key is missing or unknown.
    """
    fitted = read_lexicon(FILE, Fitted)
    return TargetWeights(words=load_target_words(), **fitted.model_dump())


@lru_cache(maxsize=1)
def load_target_words() -> TargetWords:
    """Read and validate the word lists.

    Raises:
        ArtefactError: the file is not TOML, or a list is missing or unknown.
    """
    return read_lexicon(WORDS, TargetWords)
