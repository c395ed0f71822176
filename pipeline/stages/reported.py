"""Stances that the speakers report as others': rules propose, the model's heads judge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row, Span, judged_rows
from pipeline.features.syntax import target_phrase
from pipeline.records import Attribution, Entity, Interview, Stance, Unit
from pipeline.reporting import (
    Hearing,
    HolderModel,
    PolarityModel,
    attributed_stances,
    described_reports,
    load_cues,
)
from pipeline.stages.judgement import HOLDS, StanceJudge
from pipeline.stages.reports import ReportReader
from pipeline.stages.stance_model import POLARITIES

LEAST = 0.05
"""Units whose probability of reporting any stance by what the model reads is lower report none: no
cue makes up for it."""


class ReportedStances:
    """Gives an interview with entities and attributions the stances of others.

    The attributions name who is reported with a cue. Where the model judges holders, every other
    phrase of a unit that may name one is put to it too.
    """

    def __init__(self, model: StanceJudge, reader: Reader, *, abstain_below: float = 0.0) -> None:
        self.model = model
        self.abstain_below = abstain_below
        self.reader = reader
        self.cues = load_cues()
        self.reports = ReportReader(reader.syntax.parser, reader.mentions.table)

    def stances(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the attributed stances in the order of the units."""
        dense = self.dense_units(interview)
        return attributed_stances(
            self.with_described(interview, dense),
            bloc=self.reader.mentions.bloc,
            cues=self.cues,
            name_target=lambda unit, target: self._name(unit, target, interview.date),
            read_polarity=self.polarity_of(interview),
            read_holder=self.holder_of(interview),
            model_source=self.model.source,
            abstain_below=self.abstain_below,
        )

    def dense_units(self, interview: Interview) -> frozenset[str]:
        """Ids of the units that may report a stance by what the model says; none without one."""
        judge = self.model.holders
        if judge is None:
            return frozenset()
        rows = judged_rows(interview)
        reports = judge.reports([row for _, row in rows])
        return frozenset(unit.id for (unit, _), p in zip(rows, reports, strict=True) if p >= LEAST)

    def with_described(self, interview: Interview, dense: Collection[str]) -> Interview:
        """Return the interview with the attributions that the model is to hear.

        They are those of the units it may find a stance in, and one for each holder there without
        a cue of reporting. Without a model that judges holders all are kept as they are.

        Args:
            dense: ids of the units that may report a stance.
        """
        if self.model.holders is None:
            return interview
        kept = [one for one in interview.attributions or () if one.unit_id in dense]
        taken: dict[str, list[Attribution]] = {}
        for one in kept:
            taken.setdefault(one.unit_id, []).append(one)
        found = [
            one
            for one in self.reports.read(
                interview,
                lambda unit, span, names: (
                    described_reports(span, names=names, cues=self.cues) if unit.id in dense else ()
                ),
            )
            if not any(_overlap(one, other) for other in taken.get(one.unit_id, ()))
        ]
        return interview.model_copy(update={"attributions": (*kept, *found)})

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

    def holder_of(self, interview: Interview) -> HolderModel | None:
        """Return what judges who is marked in a unit; null where the model has no heads for it."""
        judge = self.model.holders
        if judge is None:
            return None
        rows = {unit.id: row for unit, row in judged_rows(interview)}

        def read(unit: Unit, holder: Span) -> Hearing:
            row = rows[unit.id]
            start, end = max(holder[0], unit.start), min(holder[1], unit.end)
            values = judge.stances([row], [(start - unit.start, end - unit.start)])[0]
            return Hearing(
                reports=float(judge.reports([row])[0]),
                stance={name: float(p) for name, p in zip(HOLDS, values, strict=True)},
            )

        return read

    def _name(self, unit: Unit, target: Entity, date: str | None) -> tuple[Span, str | None]:
        """The words that name a target in a unit, and its actor of the bloc."""
        actor = next(iter(self.reader.mentions.of_bloc(target.actors, date)), None)
        if target.turn_id != unit.turn_id or not unit.start <= target.start < unit.end:
            return (unit.start, unit.start), actor
        tokens = self.reader.syntax.read([unit.text])[0]
        start, end = target_phrase(tokens, (target.start - unit.start, target.end - unit.start))
        return (unit.start + start, unit.start + end), actor


def _overlap(one: Attribution, other: Attribution) -> bool:
    return one.holder_start < other.holder_end and other.holder_start < one.holder_end
