"""Stances that the speakers report as others': phrases are proposed, the model's heads judge.

A candidate with its likelier side is a pair; one logistic model (``pipeline.attribution.pairs``)
says how likely the unit reports it. Pairs of one holder are one record, the likeliest. The heads
know one question, the stance toward the West: for another bloc no stance of others is found.

``python -m training measure-attribution`` measures it on annotated interviews.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.attribution import Evidence as Signs
from pipeline.attribution import (
    PairWeights,
    describe,
    flags_of_words,
    load_weights,
    probability,
)
from pipeline.attribution.candidates import Candidate, HolderReader
from pipeline.judges.judgement import HOLDS, StanceJudge
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, judged_rows
from pipeline.reading.syntax import target_phrase
from pipeline.records import Attribution, Entity, Evidence, Interview, Polarity, Stance, Unit
from pipeline.targets.blocs import is_western

LEAST_REPORTS = 0.02
"""Units that report a stance with less probability than this are not searched for holders."""
_NONE, _FAVOR, _, _AGAINST = range(len(HOLDS))
_PRONOUNS = frozenset(
    {"he", "she", "they", "him", "her", "them", "his", "their", "some", "many", "others"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate of a unit with its likelier side, the target, and the signs that it holds it.

    Attributes:
        favor: share of favor in favor and against.
        target: a mention of the bloc.
    """

    unit: Unit
    candidate: Candidate
    target: Entity
    favor: float
    signs: Signs

    @property
    def polarity(self) -> Polarity:
        """The likelier side."""
        return "favor" if self.favor > 0.5 else "against"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A unit that may report a stance, and the probabilities that it does, and toward the bloc."""

    unit: Unit
    row: Row
    reports: float
    about: float


@dataclass(frozen=True, slots=True)
class _Held:
    """A candidate and its target, with the probabilities of ``HOLDS``.

    Attributes:
        part: of all that the candidates of the unit hold, what this one does.
    """

    candidate: Candidate
    target: Entity
    shares: Sequence[float]
    part: float


class ReportedStances:
    """Gives an interview with units and entities the stances of others."""

    def __init__(
        self,
        model: StanceJudge,
        reader: Reader,
        *,
        abstain_below: float = 0.0,
        weights: PairWeights | None = None,
    ) -> None:
        self.model = model
        self.reader = reader
        self.abstain_below = abstain_below
        self.weights = weights or load_weights()
        self.holders = HolderReader(reader.syntax.parser, reader.mentions.table)

    def stances(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the attributed stances in the order of the units, one a holder.

        A pronoun of no known actor is left out where the unit has another holder.
        """
        found: list[Stance] = []
        for _, pairs in groupby(self.pairs(interview), key=lambda pair: pair.unit.id):
            best: dict[str | None, tuple[float, Pair]] = {}
            for pair in pairs:
                p, holder = self.probability(pair), pair.candidate.holder
                if p >= self.weights.listed and p > best.get(holder, (0.0, pair))[0]:
                    best[holder] = p, pair
            known = any(best)
            found += [
                self._stance(pair, p, interview.date)
                for holder, (p, pair) in best.items()
                if holder or not (known and pair.signs.pronoun)
            ]
        return tuple(found)

    def probability(self, pair: Pair) -> float:
        """Return how likely the unit reports the pair."""
        return probability(describe(pair.signs), self.weights.pairs)

    def pairs(self, interview: Interview) -> Iterator[Pair]:
        """Yield the pairs of all units that may report a stance, in text order."""
        if not is_western(self.reader):
            return
        judged = judged_rows(interview)
        reports, about = self.model.holders.reports([row for _, row in judged])
        asked = {
            unit.id: _Asked(unit, row, float(p), float(q))
            for (unit, row), p, q in zip(judged, reports, about, strict=True)
            if p >= LEAST_REPORTS
        }
        read = self.holders.read(interview, asked)
        found = [(asked[unit.id], candidates) for unit, candidates in read if candidates]
        targets = _Targets(interview, self.reader.mentions.bloc)
        values = iter(self._holds([(one, each) for one, of_one in found for each in of_one]))
        for one, candidates in found:
            shares = _together(candidates, [next(values) for _ in candidates])
            total = sum(1.0 - share[_NONE] for share in shares)
            for candidate, share in zip(candidates, shares, strict=True):
                target = targets.find(one.unit, candidate.attribution)
                if target is not None:
                    part = (1.0 - share[_NONE]) / total if total else 0.0
                    yield self._pair(one, _Held(candidate, target, share, part))

    def _holds(self, asked: Sequence[tuple[_Asked, Candidate]]) -> list[tuple[float, ...]]:
        """Return the probabilities of ``HOLDS`` of each candidate."""
        if not asked:
            return []
        spans = [
            (held.holder_start - one.unit.start, held.holder_end - one.unit.start)
            for one, held in ((one, candidate.attribution) for one, candidate in asked)
        ]
        found = self.model.holders.stances([one.row for one, _ in asked], spans)
        return [tuple(map(float, one)) for one in found]

    def _pair(self, asked: _Asked, held: _Held) -> Pair:
        candidate, share = held.candidate, held.shares
        sides = share[_FAVOR] + share[_AGAINST]
        favor = share[_FAVOR] / sides if sides else 0.5
        one, mentions = candidate.attribution, self.reader.mentions
        signs = Signs(
            reports=asked.reports,
            about=asked.about,
            holds=1.0 - share[_NONE],
            share=held.part,
            side=max(favor, 1.0 - favor),
            cued=candidate.cued,
            acts=candidate.acts,
            actor=one.holder_actor is not None,
            member=bool(mentions.of_bloc(filter(None, [one.holder_actor]), asked.row.date)),
            against=favor <= 0.5,
            pronoun=_is_pronoun(one),
            implied=_is_implied(held.target, asked.unit),
            text=asked.unit.text,
        )
        return Pair(asked.unit, candidate, held.target, favor, signs)

    def _stance(self, pair: Pair, p: float, date: str | None) -> Stance:
        unit, one, target = pair.unit, pair.candidate.attribution, pair.target
        implied = _is_implied(target, unit)
        words = None if implied else self._words(unit, target)
        spans = [(one.holder_start, one.holder_end), (one.cue_start, one.cue_end)]
        evidence = tuple(
            Evidence(start=start, end=end, text=unit.text[start - unit.start : end - unit.start])
            for start, end in [*spans, *([words] if words else [])]
        )
        return Stance(
            unit_id=unit.id,
            holder=one.holder,
            voice="attributed",
            target_text=evidence[-1].text if words else None,
            target_actor=next(iter(self.reader.mentions.of_bloc(target.actors, date)), None),
            polarity=pair.polarity,
            probability=round(p, 4),
            probabilities=_shares(pair, p),
            abstained=p < max(self.weights.decided, self.abstain_below),
            evidence=evidence,
            flags=(*flags_of_words(unit.text), *_flags(one, implied=implied)),
            source=self.model.source,
        )

    def _words(self, unit: Unit, target: Entity) -> tuple[int, int]:
        """The words that name a target in a unit."""
        tokens = self.reader.syntax.read([unit.text])[0]
        start, end = target_phrase(tokens, (target.start - unit.start, target.end - unit.start))
        return unit.start + start, unit.start + end


class _Targets:
    """What a reported stance of an interview is about: a mention of the bloc."""

    def __init__(self, interview: Interview, bloc: str) -> None:
        self._order = {turn.id: place for place, turn in enumerate(interview.turns)}
        self._mentions = [one for one in interview.entities or () if bloc in one.blocs]
        self._places = [(self._order[one.turn_id], one.start) for one in self._mentions]
        self._actors = frozenset(actor for one in self._mentions for actor in one.actors)

    def find(self, unit: Unit, report: Attribution) -> Entity | None:
        """Return the first mention after the holder, else in the unit, else the last before it.

        A member of the bloc holds a stance only on others of it that its turn names.
        """
        turn = self._order[unit.turn_id]
        first = bisect_left(self._places, (turn, unit.start))
        end = bisect_left(self._places, (turn, unit.end))
        within = [
            one
            for one in self._mentions[first:end]
            if report.holder_actor not in one.actors
            and not report.holder_start <= one.start < report.holder_end
        ]
        after = [one for one in within if one.start >= report.holder_end]
        if within:
            return (after or within)[0]
        member = report.holder_actor in self._actors
        opening = bisect_left(self._places, (turn, 0)) if member else 0
        before = (self._mentions[place] for place in range(first - 1, opening - 1, -1))
        return next((one for one in before if report.holder_actor not in one.actors), None)


def _together(
    candidates: Sequence[Candidate], shares: Sequence[tuple[float, ...]]
) -> list[tuple[float, ...]]:
    """Return the stances of the candidates: those who are coordinated hold one together."""
    surest: dict[int, tuple[float, ...]] = {}
    for candidate, share in zip(candidates, shares, strict=True):
        if share[_NONE] < surest.get(candidate.group, (2.0,))[_NONE]:
            surest[candidate.group] = share
    return [surest[candidate.group] for candidate in candidates]


def _shares(pair: Pair, p: float) -> dict[str, float]:
    """The probability of the pair's side, of the other side, and that no stance is reported."""
    other = "against" if pair.polarity == "favor" else "favor"
    turned = (1.0 - p) * (1.0 - pair.signs.side) * pair.signs.holds
    return {
        pair.polarity: round(p, 4),
        other: round(turned, 4),
        "neutral": round(1.0 - p - turned, 4),
    }


def _is_implied(target: Entity, unit: Unit) -> bool:
    return target.turn_id != unit.turn_id or not unit.start <= target.start < unit.end


def _flags(report: Attribution, *, implied: bool) -> Iterator[str]:
    if "denied" in report.flags:
        yield "denied"
    if report.holder_actor is None and _is_pronoun(report):
        yield "pronoun"
    if implied:
        yield "implied"


def _is_pronoun(report: Attribution) -> bool:
    return report.holder_text.lower() in _PRONOUNS
