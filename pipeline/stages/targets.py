"""What a unit that is about the bloc is about: the words that name it, and whom it stands for.

Two questions, each answered by a small fitted model (``pipeline.stages.weights``). Which phrase of
the unit names the target, if any does? A subject or object of the main clause before what is only
a place, a part of a list or an attribute of another thing (``pipeline.stages.phrases``). And where
the phrase is no name: whom of the bloc does the unit mean? Its pronouns, the turn so far, the
question and the speaker's own side tell (``pipeline.stages.meant``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Span
from pipeline.features.syntax import Token
from pipeline.records import Interview, Unit
from pipeline.references.words import THEY, WE
from pipeline.stages.meant import Heard, Surroundings
from pipeline.stages.phrases import (
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
from pipeline.stages.weights import Factors, TargetWeights, load_target_weights, score
from pipeline.stages.western import IDEA, is_western

_ADDRESS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "madam", "madame"})


@dataclass(frozen=True, slots=True)
class Aim:
    """What a stance is about: the words that name it, if any; the actor; the words that show it.

    ``shown`` are the words, or a pronoun that means the actor; null where no word of the unit does.
    """

    words: Span | None
    actor: str | None
    shown: Span | None


class TargetFinder:
    """Finds the targets of the own stances of one interview."""

    def __init__(
        self, interview: Interview, reader: Reader, *, weights: TargetWeights | None = None
    ) -> None:
        self.reader = reader
        self.date = interview.date
        self.western = is_western(reader)
        self.weights = weights or load_target_weights()
        self.surroundings = Surroundings(interview, reader)

    def find(self, unit: Unit) -> Aim:
        """Return what a unit that is about the bloc is about."""
        phrase = self._choose(unit)
        actor = phrase.actor if phrase else None
        if actor is None:
            actor = self._meant(unit)
        if phrase is not None:
            return Aim(phrase.words, actor, phrase.words)
        return Aim(None, actor, self._shown(unit, actor))

    def phrases(self, unit: Unit) -> list[Phrase]:
        """The phrases of a unit that may name its target, in order; nouns for a West only."""
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
            _resolved(heard, unit, tokens)
            for heard in self.surroundings.inside(unit)
            if heard.entity.via != "pronoun"
        ]
        nouns: list[Phrase] = []
        if self.western:
            others = list(others_names(meanings, table, bloc=bloc, date=self.date))
            nouns = list(noun_phrases(named, tokens, others=others))
        if self.surroundings.speaks_to_strangers(unit):  # "Mr. Prime Minister" is none of the West
            nouns = [one for one in nouns if _first(one, tokens) not in _ADDRESS]
        return without_overlaps([*names, *places, *resolved, *nouns])

    def factors(self, unit: Unit, phrases: Sequence[Phrase]) -> list[Factors]:
        """The factors of each phrase of a unit, and at the end those of "nothing names it"."""
        tokens = self._tokens(unit)
        home = self.surroundings.home(unit)
        described = describe(
            phrases, tokens, weights=self.weights, home=home, western=home is not None
        )
        return [*described, self._nothing(unit, phrases, tokens)]

    def _choose(self, unit: Unit) -> Phrase | None:
        phrases = self.phrases(unit)
        scores = [score(one, self.weights.phrases) for one in self.factors(unit, phrases)]
        nothing = scores.pop()
        if not phrases:
            return None
        best = max(range(len(phrases)), key=lambda index: (scores[index], -index))
        margin = self.weights.noun_margin if phrases[best].kind == "noun" else 0.0
        return phrases[best] if scores[best] + margin >= nothing else None

    def _meant(self, unit: Unit) -> str | None:
        """The actor of the bloc that a unit means; the idea of the West where nobody was named."""
        actors = self.surroundings.actors(unit)
        scores = {name: score(one, self.weights.actors) for name, one in actors.items()}
        if not scores:
            return IDEA if self.western else None
        return max(sorted(scores), key=lambda name: scores[name])

    def _shown(self, unit: Unit, actor: str | None) -> Span | None:
        """The first pronoun or nominal of a unit that was resolved to an actor."""
        for heard in self.surroundings.inside(unit):
            if actor in heard.actors and heard.entity.is_meant:
                return heard.entity.start - unit.start, heard.entity.end - unit.start
        return None

    def _nothing(self, unit: Unit, phrases: Sequence[Phrase], tokens: Sequence[Token]) -> Factors:
        said = {h.entity.text.lower() for h in self.surroundings.inside(unit)}
        factors = {
            "nothing": 1.0,
            "nothing, we": float(bool(said & WE)),
            "nothing, they": float(bool(said & THEY)),
            "nothing, home": float(self.surroundings.home(unit) is not None),
            "nothing, named": float(any(phrase.kind != "noun" for phrase in phrases)),
            "nothing, first": float(any(token.lower in WE for token in tokens)),
        }
        return {name: value for name, value in factors.items() if value}

    def _tokens(self, unit: Unit) -> tuple[Token, ...]:
        return self.reader.syntax.read([unit.text])[0]


def _first(phrase: Phrase, tokens: Sequence[Token]) -> str:
    return next(token.lower for token in tokens if token.end > phrase.words[0])


def _resolved(heard: Heard, unit: Unit, tokens: Sequence[Token]) -> Phrase:
    words = heard.entity.start - unit.start, heard.entity.end - unit.start
    kind: Kind = "nominal" if heard.entity.via == "nominal" else "name"
    return Phrase(words, heard.actors[0], kind, head_of(tokens, words))
