"""The target of a unit that is about the bloc: the words that name it, and its actor.

Two fitted models (``pipeline.targets.weights``): one chooses the phrase that names the target, if
any (``pipeline.targets.phrases``); if the phrase is no name, the other chooses the actor of the
bloc that the unit refers to (``pipeline.targets.referents``), or the bloc itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from pipeline.reading.reader import Reader
from pipeline.reading.rows import Span
from pipeline.reading.syntax import Token
from pipeline.records import Entity, Interview, Unit
from pipeline.references.words import DEFINITE, THEY, WE, load_words
from pipeline.targets.blocs import IDEA, is_western
from pipeline.targets.phrases import (
    Kind,
    Phrase,
    describe,
    head_of,
    name_phrases,
    named_places,
    noun_phrases,
    others_names,
    without_overlaps,
)
from pipeline.targets.referents import BlocContext, BlocMention
from pipeline.targets.weights import Factors, TargetWeights, load_target_weights, score

LEAST_SHARE = 0.35
"""Probability from which an actor that no word names is said to be meant (dev, 2026-12: of the
actors .35 loses none that is right, .5 one in a hundred)."""
_ADDRESS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "madam", "madame"})


@dataclass(frozen=True, slots=True)
class Aim:
    """The target of a stance; spans are half-open code points of the unit.

    Attributes:
        words: the phrase that names it; null if none does.
        actor: the actor of the bloc; null if the bloc is not a West and no actor is found.
        shown: ``words``, or a pronoun or nominal that refers to the actor; null if none does.
    """

    words: Span | None
    actor: str | None
    shown: Span | None


class TargetFinder:
    """Finds the targets of the own stances in one interview."""

    def __init__(
        self, interview: Interview, reader: Reader, *, weights: TargetWeights | None = None
    ) -> None:
        self.reader = reader
        self.date = interview.date
        self.western = is_western(reader)
        self.weights = weights or load_target_weights()
        self.context = BlocContext(interview, reader)
        self._groups = load_words().groups
        self._others: dict[str, list[Entity]] = {}
        for one in interview.entities or ():
            if one.via == "nominal" and not reader.mentions.of_bloc(one.actors, self.date):
                self._others.setdefault(one.turn_id, []).append(one)

    def find(self, unit: Unit) -> Aim:
        """Return the target of a unit that is about the bloc."""
        phrase = self._choose(unit)
        actor = phrase.actor if phrase else None
        if actor is None:
            actor = self._referent(unit)
        if phrase is not None:
            return Aim(phrase.words, actor, phrase.words)
        return Aim(None, actor, self._reference(unit, actor))

    def phrases(self, unit: Unit) -> list[Phrase]:
        """Return the phrases that may name a unit's target, in order; nouns for a West only."""
        tokens = self._tokens(unit)
        mentions = self.reader.mentions
        named = mentions.read(unit.text, self.date)
        names = name_phrases(named, tokens)
        table, bloc = mentions.table, mentions.bloc
        meanings = list(table.meanings(unit.text, date=self.date))
        places = [
            Phrase(words, actor, "place", head_of(tokens, words))
            for words, actor in named_places(meanings, tokens, table, bloc=bloc, date=self.date)
        ]
        resolved = [
            _resolved(mention, unit, tokens)
            for mention in self.context.inside(unit)
            if mention.entity.via != "pronoun"
        ]
        nouns: list[Phrase] = []
        if self.western:
            others = list(others_names(meanings, table, bloc=bloc, date=self.date))
            nouns = list(noun_phrases(named, tokens, others=others))
            before = [] if names or places or resolved else others
            nouns = [replace(noun, theirs=self._is_theirs(noun, unit, tokens, before))
                     for noun in nouns]  # fmt: skip
        if self.context.speaks_to_strangers(unit):  # "Mr. Prime Minister" is not Western
            nouns = [one for one in nouns if _first(one, tokens) not in _ADDRESS]
        return without_overlaps([*names, *places, *resolved, *nouns])

    def factors(self, unit: Unit, phrases: Sequence[Phrase]) -> list[Factors]:
        """Return the factors of each phrase of a unit, then those of "nothing names it"."""
        tokens = self._tokens(unit)
        home = self.context.home(unit)
        described = describe(
            phrases, tokens, weights=self.weights, home=home, western=home is not None
        )
        return [*described, self._nothing(unit, phrases, tokens)]

    def _is_theirs(
        self, noun: Phrase, unit: Unit, tokens: Sequence[Token], others: Sequence[Span]
    ) -> bool:
        """Whether a noun was resolved to outsiders, or is a new group after names of ``others``."""
        head = tokens[noun.head]
        place = unit.start + head.start
        if any(one.start <= place < one.end for one in self._others.get(unit.turn_id, ())):
            return True
        new = not any(t.lower in DEFINITE and t.head == noun.head for t in tokens)
        after = any(end <= noun.words[0] for _, end in others)
        return new and after and head.lemma in self._groups

    def _choose(self, unit: Unit) -> Phrase | None:
        phrases = self.phrases(unit)
        scores = [score(one, self.weights.phrases) for one in self.factors(unit, phrases)]
        nothing = scores.pop()
        if not phrases:
            return None
        best = max(range(len(phrases)), key=lambda index: (scores[index], -index))
        if phrases[best].theirs:
            return None
        margin = self.weights.noun_margin if phrases[best].kind == "noun" else 0.0
        return phrases[best] if scores[best] + margin >= nothing else None

    def referents(self, unit: Unit) -> dict[str, Factors]:
        """Return the factors of each actor that a unit may refer to; ``IDEA`` is one of a West."""
        found = self.context.actors(unit)
        if self.western:
            found.setdefault(IDEA, {})["bloc"] = 1.0
        return found

    def _referent(self, unit: Unit) -> str | None:
        """Return the likeliest actor; ``IDEA`` for a West where none is likely enough."""
        actors = self.referents(unit)
        powers = {name: exp(score(one, self.weights.actors)) for name, one in actors.items()}
        if not powers:
            return None
        named = sorted(name for name in powers if actors[name].keys() - {"bloc"})
        best = max(named, key=lambda name: powers[name], default=IDEA)
        unsure = powers[best] < LEAST_SHARE * sum(powers.values())
        return IDEA if self.western and unsure else best

    def _reference(self, unit: Unit, actor: str | None) -> Span | None:
        """Return the first pronoun or nominal of a unit that was resolved to an actor."""
        for mention in self.context.inside(unit):
            if actor in mention.actors and mention.entity.is_meant:
                return mention.entity.start - unit.start, mention.entity.end - unit.start
        return None

    def _nothing(self, unit: Unit, phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Factors:
        resolved = {one.entity.text.lower() for one in self.context.inside(unit)}
        factors = {
            "nothing": 1.0,
            "nothing, we": float(bool(resolved & WE)),
            "nothing, they": float(bool(resolved & THEY)),
            "nothing, home": float(self.context.home(unit) is not None),
            "nothing, named": float(any(phrase.kind != "noun" for phrase in phrases)),
            "nothing, first": float(any(token.lower in WE for token in tokens)),
        }
        return {name: value for name, value in factors.items() if value}

    def _tokens(self, unit: Unit) -> tuple[Token, ...]:
        return self.reader.syntax.read([unit.text])[0]


def _first(phrase: Phrase, tokens: Sequence[Token]) -> str:
    return next(token.lower for token in tokens if token.end > phrase.words[0])


def _resolved(mention: BlocMention, unit: Unit, tokens: Sequence[Token]) -> Phrase:
    words = mention.entity.start - unit.start, mention.entity.end - unit.start
    kind: Kind = "nominal" if mention.entity.via == "nominal" else "name"
    return Phrase(words, mention.actors[0], kind, head_of(tokens, words))
