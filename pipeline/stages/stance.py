"""Stance: where the speaker, and those the speaker reports, stand on the bloc of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Span
from pipeline.features.syntax import target_phrase
from pipeline.features.units import judged_rows
from pipeline.records import Entity, Evidence, Interview, Polarity, Stance, Turn, Unit
from pipeline.reporting import attributed_stances, load_cues
from pipeline.stages.judgement import StanceJudge, StanceJudgement
from pipeline.stages.stance_model import POLARITIES

_MEANT = frozenset({"pronoun", "nominal"})


class Stances:
    """The stage that gives each unit about the bloc one own-voice Stance, and others theirs.

    A unit that is not about the bloc has none. Questions, asides and interviewers' turns are not
    judged. The target is the main one among the bloc's actors that the unit names; where it names
    none, ``target_text`` is null, and ``target_actor`` is whom a pronoun or nominal was resolved
    to, if any. Attributed stances come from the attributions (``pipeline.reporting.stance``).
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
        rows = {unit.id: row for unit, row in judged_rows(interview)}

        def read_polarity(unit: Unit, target: Entity) -> dict[str, float]:
            span = target.start - unit.start, target.end - unit.start
            values = self.model.polarities([replace(rows[unit.id], target=span)], self.reader)[0]
            return {name: round(float(p), 4) for name, p in zip(POLARITIES, values, strict=True)}

        def name_target(unit: Unit, target: Entity) -> tuple[Span, str | None]:
            tokens = self.reader.syntax.read([unit.text])[0]
            start, end = target_phrase(tokens, (target.start - unit.start, target.end - unit.start))
            actors = self.reader.mentions.of_bloc(target.actors, interview.date)
            return (unit.start + start, unit.start + end), next(iter(actors), None)

        attributed = attributed_stances(
            interview,
            bloc=self.reader.mentions.bloc,
            cues=self.cues,
            name_target=name_target,
            read_polarity=read_polarity,
            model_source=self.model.source,
        )
        return {"stances": (*self._stances(interview), *attributed)}

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
        spans = ([target] if target else []) + list(judgement.cues)
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
            source=self.model.source,
        )

    def _meant(self, interview: Interview) -> dict[str, Entity]:
        """First pronoun or nominal of each unit that was resolved to an actor of the bloc."""
        found: dict[str, Entity] = {}
        entities = [
            entity
            for entity in interview.entities or ()
            if entity.via in _MEANT and self.reader.mentions.bloc in entity.blocs
        ]
        for unit in interview.units or ():
            for entity in entities:
                inside = unit.start <= entity.start and entity.end <= unit.end
                if entity.turn_id == unit.turn_id and inside:
                    found.setdefault(unit.id, entity)
        return found
