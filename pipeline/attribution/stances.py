"""Stances that the speakers report as others': phrases are proposed, the model's heads judge.

One model says whether a unit reports a stance (``pipeline.attribution.presence``), the head for
holders whose it is and of which side. The heads know one question, the stance toward the West: for
another bloc, or with a model without these heads, no stance of others is found.

``python -m training measure-attribution`` measures it on annotated interviews.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.attribution import Evidence as Signs
from pipeline.attribution import (
    PresenceWeights,
    describe,
    flags_of_words,
    load_weights,
    probability,
)
from pipeline.attribution.candidates import Candidate, HolderReader
from pipeline.judges.judgement import HOLDS, StanceJudge
from pipeline.reading.reader import Reader
from pipeline.reading.rows import judged_rows
from pipeline.reading.syntax import target_phrase
from pipeline.records import Attribution, Entity, Evidence, Interview, Polarity, Stance, Unit
from pipeline.targets.blocs import is_western

LEAST_REPORTS = 0.02
"""Units that report a stance with less probability than this are not searched for holders."""
LEAST_BESIDE = 0.7
"""Probability from which a phrase is a holder beside the likeliest (dev: .3 to .9 are equal)."""
_NONE, _FAVOR, _, _AGAINST = range(len(HOLDS))
_PRONOUNS = frozenset(
    {"he", "she", "they", "him", "her", "them", "his", "their", "some", "many", "others"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """A candidate and the probabilities of none, favor, neutral, against that it holds."""

    candidate: Candidate
    stance: tuple[float, ...]

    @property
    def holds(self) -> float:
        """Probability that it holds any stance."""
        return 1.0 - self.stance[_NONE]

    @property
    def favor(self) -> float:
        """Share of favor in favor and against."""
        sides = self.stance[_FAVOR] + self.stance[_AGAINST]
        return self.stance[_FAVOR] / sides if sides else 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit with the voices in it, one or more, and the signs of a reported stance."""

    unit: Unit
    voices: tuple[Voice, ...]
    signs: Signs

    def holders(self) -> Iterator[Voice]:
        """Yield the likeliest voice, those coordinated with it, and others that are likely.

        A pronoun of no known actor is left out where a voice has one.
        """
        best = max(self.voices, key=lambda one: one.holds)
        chosen = [
            voice
            for voice in self.voices
            if voice.candidate.group == best.candidate.group or voice.holds >= LEAST_BESIDE
        ]
        known = any(voice.candidate.attribution.holder_actor for voice in chosen)
        for voice in chosen:
            if not (known and _is_unresolved(voice.candidate.attribution)):
                yield voice


class ReportedStances:
    """Gives an interview with units and entities the stances of others."""

    def __init__(
        self,
        model: StanceJudge,
        reader: Reader,
        *,
        abstain_below: float = 0.0,
        weights: PresenceWeights | None = None,
    ) -> None:
        self.model = model
        self.reader = reader
        self.abstain_below = abstain_below
        self.weights = weights or load_weights()
        self.holders = HolderReader(reader.syntax.parser, reader.mentions.table)

    def stances(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the attributed stances in the order of the units, one a holder and target."""
        found: dict[tuple[str, str, str | None], Stance] = {}
        targets = _Targets(interview, self.reader.mentions.bloc)
        for reading in self.readings(interview):
            presence = probability(describe(reading.signs), self.weights.presence)
            if presence < self.weights.threshold:
                continue
            for voice in reading.holders():
                target = targets.find(reading.unit, voice.candidate.attribution)
                if target is not None:
                    stance = self._stance(reading.unit, voice, target, presence, interview.date)
                    found.setdefault((stance.unit_id, stance.holder, stance.target_actor), stance)
        return tuple(found.values())

    def readings(self, interview: Interview) -> Iterator[Reading]:
        """Yield the units that may report a stance, as the model reads them."""
        if not is_western(self.reader):
            return
        judge = self.model.holders
        judged = judged_rows(interview)
        reports = judge.reports([row for _, row in judged])
        rows = {
            unit.id: (row, float(p))
            for (unit, row), p in zip(judged, reports, strict=True)
            if p >= LEAST_REPORTS
        }
        found = [(unit, of_one) for unit, of_one in self.holders.read(interview, rows) if of_one]
        asked = [
            (rows[unit.id][0], (one.attribution.holder_start, one.attribution.holder_end), unit)
            for unit, candidates in found
            for one in candidates
        ]
        spans = [(start - unit.start, end - unit.start) for _, (start, end), unit in asked]
        values = iter(judge.stances([row for row, _, _ in asked], spans)) if asked else iter(())
        for unit, candidates in found:
            voices = tuple(Voice(one, tuple(map(float, next(values)))) for one in candidates)
            yield Reading(unit, voices, _signs(unit, voices, rows[unit.id][1]))

    def _stance(
        self, unit: Unit, voice: Voice, target: Entity, presence: float, date: str | None
    ) -> Stance:
        one = voice.candidate.attribution
        implied = target.turn_id != unit.turn_id or not unit.start <= target.start < unit.end
        words = None if implied else self._words(unit, target)
        shares = {
            "favor": round(presence * voice.favor, 4),
            "against": round(presence * (1.0 - voice.favor), 4),
            "neutral": round(1.0 - presence, 4),
        }
        polarity: Polarity = "favor" if shares["favor"] > shares["against"] else "against"
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
            polarity=polarity,
            probability=shares[polarity],
            probabilities=shares,
            abstained=shares[polarity] < self.abstain_below,
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


def _signs(unit: Unit, voices: Sequence[Voice], reports: float) -> Signs:
    best = max(voices, key=lambda one: one.holds)
    actor = best.candidate.attribution.holder_actor is not None
    return Signs(reports, best.holds, best.candidate.cued, actor, unit.text)


def _flags(report: Attribution, *, implied: bool) -> Iterator[str]:
    if "denied" in report.flags:
        yield "denied"
    if _is_unresolved(report):
        yield "pronoun"
    if implied:
        yield "implied"


def _is_unresolved(report: Attribution) -> bool:
    return report.holder_actor is None and report.holder_text.lower() in _PRONOUNS
