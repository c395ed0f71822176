"""Which words of a unit name what it is about, where no actor of the bloc is named as acting.

A unit is about the West too where it names a Western place or attribute ("American companies"),
its deeds ("the sanctions") or the speaker's own side ("our allies"). And where nothing in it
names anybody, it is about whom the words before it named last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.actors import ActorTable
from pipeline.features.featuriser import Reader
from pipeline.features.rows import Span
from pipeline.features.syntax import Token, target_phrase
from pipeline.records import Entity, Interview, Unit
from pipeline.references.homes import home_of
from pipeline.stages.judgement import StanceJudgement
from pipeline.stages.western import is_western

_DEEDS = frozenset({"alliance", "ally", "sanction"})
_OURS = frozenset(
    {"administration", "aid", "approach", "assistance", "coalition", "colleague", "country",
     "democracy", "economy", "election", "friend", "government", "intelligence", "leadership",
     "military", "nation", "neighbour", "partner", "partnership", "people", "policy", "president",
     "security", "side", "strategy", "strength", "support", "treaty", "troop", "value"}
)  # fmt: skip
_POSSESSIVES = frozenset({"my", "our", "your"})
_LEFT = frozenset({"det", "poss", "amod", "compound", "nmod", "predet"})
_FIRST = frozenset({"we", "us", "our", "ours"})
_MEANT = frozenset({"pronoun", "nominal"})
_BEFORE = 2


def named_as_other(
    text: str, tokens: Sequence[Token], table: ActorTable, *, bloc: str, date: str | None
) -> tuple[Span, str] | None:
    """The first name of the bloc that stands for a place, an attribute or a past leader.

    Returns its words, widened to the noun it belongs to, and whom it names.
    """
    for mention, sense in table.meanings(text, date=date):
        if sense.actor is None or mention.actors:
            continue
        names = [sense.actor.name, *(office.actor for office in sense.actor.offices)]
        inside = [name for name in names if table.in_bloc(name, bloc, date=date)]
        if inside:
            return target_phrase(tokens, (mention.start, mention.end)), inside[-1]
    return None


def named_by_noun(tokens: Sequence[Token]) -> Span | None:
    """The first phrase for a deed of the West or for the speaker's side, as code points."""
    for index, token in enumerate(tokens):
        if token.pos not in ("NOUN", "PROPN"):
            continue
        left = [i for i, t in enumerate(tokens[:index]) if t.head == index and t.dep in _LEFT]
        ours = any(tokens[i].lower in _POSSESSIVES for i in left)
        if token.lemma in _DEEDS or (ours and token.lemma in _OURS):
            first = min((i for i in left if tokens[i].dep != "det"), default=index)
            return tokens[first].start, token.end
    return None


@dataclass(frozen=True, slots=True)
class Aim:
    """What a stance is about: the words that name it, if any; the actor; the words that show it."""

    words: Span | None
    actor: str | None
    shown: Span | None


class TargetFinder:
    """Finds the targets of the own stances of one interview."""

    def __init__(self, interview: Interview, reader: Reader) -> None:
        self.reader = reader
        self.date = interview.date
        self.western = is_western(reader)
        bloc = reader.mentions.bloc
        self._of_turn: dict[str, list[Entity]] = {}
        for entity in interview.entities or ():
            if bloc in entity.blocs:
                self._of_turn.setdefault(entity.turn_id, []).append(entity)
        self._units: dict[str, list[Unit]] = {}
        for unit in interview.units or ():
            self._units.setdefault(unit.turn_id, []).append(unit)
        self._turns = interview.turn_by_id()
        self._homes = {
            speaker.id: self._first(home_of(speaker, reader.mentions.table, date=self.date))
            for speaker in interview.speakers
        }

    def find(self, unit: Unit, judgement: StanceJudgement) -> Aim:
        """Return what a unit that is about the bloc is about.

        The target that was judged; else a pronoun or nominal that was resolved to an actor of the
        bloc; else a name or noun of the bloc that acts for nobody; else whom the speaker means by
        "we", or whom the words before named last.
        """
        tokens = self.reader.syntax.read([unit.text])[0]
        if judgement.target is not None:
            words = target_phrase(tokens, judgement.target)
            return Aim(words, judgement.actor, words)
        meant = self._meant(unit)
        shown = (meant.start - unit.start, meant.end - unit.start) if meant else None
        they = meant is not None and meant.via == "pronoun" and meant.text.lower() not in _FIRST
        noun = None
        if not they:
            mentions = self.reader.mentions
            other = named_as_other(
                unit.text, tokens, mentions.table, bloc=mentions.bloc, date=self.date
            )
            if other is not None:
                return Aim(other[0], other[1], other[0])
            noun = named_by_noun(tokens) if self.western else None
        actor = self._first(meant.actors) if meant else self._supposed(unit, tokens)
        return Aim(noun, actor, noun or shown)

    def _first(self, actors: Iterable[str]) -> str | None:
        return next(iter(self.reader.mentions.of_bloc(actors, self.date)), None)

    def _meant(self, unit: Unit) -> Entity | None:
        """The first pronoun or nominal of a unit that was resolved to an actor of the bloc."""
        inside = (
            mention
            for mention in self._of_turn.get(unit.turn_id, ())
            if mention.via in _MEANT and unit.start <= mention.start and mention.end <= unit.end
        )
        return next(inside, None)

    def _supposed(self, unit: Unit, tokens: Sequence[Token]) -> str | None:
        home = self._homes[self._turns[unit.turn_id].speaker_id]
        last = self._last_before(unit)
        ours = any(token.lower in _FIRST for token in tokens)
        if home is not None and (ours or last is None):
            return home
        return self._first(last.actors) if last is not None else None

    def _last_before(self, unit: Unit) -> Entity | None:
        """The last mention in the two units before, else in the question, else in the turn."""
        said = self._of_turn.get(unit.turn_id, [])
        near = [other for other in self._units[unit.turn_id] if other.start < unit.start][-_BEFORE:]
        start = near[0].start if near else unit.start
        recent = [mention for mention in said if start <= mention.start < unit.start]
        asked = self._of_turn.get(self._turns[unit.turn_id].answers or "", [])
        earlier = [mention for mention in said if mention.start < start]
        found = recent or asked or earlier
        return found[-1] if found else None
