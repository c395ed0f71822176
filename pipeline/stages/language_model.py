"""The stage in which a language model judges: claims, stances and relations at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, cast

from pipeline.attribution import flags_of_words
from pipeline.judges.llm.answer import Codes, Report
from pipeline.judges.llm.judge import LanguageJudge
from pipeline.reading.assent import row_agreed_to
from pipeline.reading.reader import Reader
from pipeline.reading.rows import Row, Span, judged_rows
from pipeline.records import Claim, Evidence, Failed, Interview, Polarity, Relation, Stance, Unit
from pipeline.targets.choice import TargetFinder


class LanguageModel:
    """The stage that asks a language model about each answer, once for all layers.

    A unit that it gives no usable answer for is in ``failed`` and in no other layer. Its words for
    targets and holders are resolved through the entities of the unit, a holder of an attribution
    through that. Probabilities are those that the model gives, or none; a stance is abstained where
    one is under ``abstain_below``, and so is a relation. Relations do not depend on the bloc.
    """

    name = "language model"
    requires: tuple[str, ...] = ("units", "entities", "attributions")
    provides: tuple[str, ...] = ("claims", "stances", "relations", "failed")

    def __init__(self, judge: LanguageJudge, reader: Reader, *, abstain_below: float = 0.0) -> None:
        self.judge = judge
        self.reader = reader
        self.abstain_below = abstain_below
        self.told: Callable[[str, str], None] = lambda interview_id, step: None

    def toward(self, bloc: str) -> LanguageModel:
        """Return the stage for another bloc."""
        reader = self.reader.toward(bloc)
        judge = self.judge.toward(bloc, reader.mentions.table)
        return LanguageModel(judge, reader, abstain_below=self.abstain_below)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the layers, in the order of the units; own stances before reported ones."""
        found = self.coded(interview)
        words, source = _Words(interview, self.reader, self.judge.source), self.judge.source
        usable = [(unit, row, codes) for unit, row, codes in found if isinstance(codes, Codes)]
        own = [self._own(*one, words) for one in usable if one[2].stance != "none"]
        reported = [stance for unit, _, codes in usable for stance in words.reported(unit, codes)]
        return {
            "claims": tuple(_claim(unit, codes, source) for unit, _, codes in usable),
            "stances": (*own, *reported),
            "relations": tuple(self._relations(found)),
            "failed": tuple(
                Failed(unit_id=unit.id, reason=reason, source=source)
                for unit, _, reason in found
                if isinstance(reason, str)
            ),
        }

    def coded(self, interview: Interview) -> list[tuple[Unit, Row, Codes | str]]:
        """Return the judged units with their codes, or with the reason why they have none."""
        judged = judged_rows(interview) if interview.units is not None else ()
        turns = [next(group) for _, group in groupby(judged, key=lambda one: one[0].turn_id)]
        answers = [(row.place[0], interview.date) for _, row in turns]
        coded = self.judge.code(answers, told=partial(self.told, interview.id))
        codes = (one for answer in coded for one in answer)
        return [(unit, row, one) for (unit, row), one in zip(judged, codes, strict=True)]

    def _relations(self, found: Sequence[tuple[Unit, Row, Codes | str]]) -> Iterator[Relation]:
        """Yield a relation for each unit whose link is answered, none included."""
        for _, group in groupby(found, key=lambda one: one[0].turn_id):
            units = [(unit, codes) for unit, _, codes in group]
            for unit, codes in units:
                if not isinstance(codes, Codes) or (link := codes.link) is None:
                    continue
                yield Relation(
                    from_unit=unit.id,
                    to_unit=units[link.parent - 1][0].id if link.parent else None,
                    kind=link.kind,
                    probability=link.probability,
                    abstained=link.sureness < self.abstain_below,
                    source=self.judge.source,
                )

    def _own(self, unit: Unit, row: Row, codes: Codes, words: _Words) -> Stance:
        shares, target = codes.shares.get("w", {}), codes.target
        aim = words.targets.find(unit)
        shown = target or (aim.shown if aim.words is None else None)
        assent = row_agreed_to(row) is not None
        flags = ["assent"] if assent else ["unnamed"] if shown is None else []
        return Stance(
            unit_id=unit.id,
            holder=words.speakers[unit.turn_id],
            voice="own",
            target_text=unit.text[slice(*target)] if target else None,
            target_actor=words.target_of(unit, codes) or aim.actor,
            polarity=cast(Polarity, codes.stance),
            probability=shares.get(codes.stance),
            probabilities=shares,
            abstained=shares.get(codes.stance, 1.0) < self.abstain_below,
            evidence=(_evidence(unit, shown or (0, len(unit.text))),),
            flags=(*flags_of_words(unit.text), *flags),
            source=self.judge.source,
        )


class _Words:
    """Whom the words of an interview's units mean, and the stances that they report."""

    def __init__(self, interview: Interview, reader: Reader, source: str) -> None:
        self.mentions = reader.mentions
        self.date, self.source = interview.date, source
        self.targets = TargetFinder(interview, reader)
        self.speakers = {turn.id: turn.speaker_id for turn in interview.turns}
        self._entities = interview.entities_by_turn()
        self._attributions = interview.attributions or ()

    def target_of(self, unit: Unit, codes: Codes) -> str | None:
        """Return the actor of the bloc that a sentence's target names or means."""
        named = self._actors(unit, codes.target, codes.meant)
        return next(iter(self.mentions.of_bloc(named, self.date)), None)

    def reported(self, unit: Unit, codes: Codes) -> Iterator[Stance]:
        """Yield the stances that a sentence reports, one a holder."""
        found: dict[str, Stance] = {}
        for stance in (self._reported(unit, codes, report) for report in codes.reports):
            found.setdefault(stance.holder, stance)
        yield from found.values()

    def _reported(self, unit: Unit, codes: Codes, report: Report) -> Stance:
        start, end = (unit.start + at for at in report.holder)
        spans, flags, target = [report.holder], flags_of_words(unit.text), codes.target
        actors = self._actors(unit, report.holder, report.meant)
        holder = next(actors, report.meant or unit.text[slice(*report.holder)])
        for one in self._attributions:
            if one.unit_id == unit.id and one.holder_start < end and start < one.holder_end:
                cue = one.cue_start - unit.start, one.cue_end - unit.start
                spans, holder = [*spans, cue], one.holder
                flags = (*flags, *(flag for flag in one.flags if flag not in flags))
        return Stance(
            unit_id=unit.id,
            holder=holder,
            voice="attributed",
            target_text=unit.text[slice(*target)] if target else None,
            target_actor=self.target_of(unit, codes),
            polarity=report.stance,
            probability=None,
            probabilities={},
            evidence=tuple(_evidence(unit, one) for one in [*spans, *([target] if target else [])]),
            flags=flags if target else (*flags, "implied"),
            source=self.source,
        )

    def _actors(self, unit: Unit, span: Span | None, meant: str) -> Iterator[str]:
        """Yield the actors of the entities in a span, of its words, and of a name."""
        start, end = span or (0, 0)
        for entity in self._entities.get(unit.turn_id, ()):
            if entity.start - unit.start < end and start < entity.end - unit.start:
                yield from entity.actors
        for text in (unit.text[start:end], meant):
            for place in self.mentions.read(text, self.date):
                yield from place.actors


def _claim(unit: Unit, codes: Codes, source: str) -> Claim:
    shares = codes.shares.get("c", {})
    return Claim(
        unit_id=unit.id,
        component=codes.component,
        kind=codes.kind,
        probability=shares.get(codes.component),
        probabilities=shares,
        kind_probabilities=codes.shares.get("k", {}) if codes.kind else {},
        source=source,
    )


def _evidence(unit: Unit, span: Span) -> Evidence:
    start, end = span
    return Evidence(start=unit.start + start, end=unit.start + end, text=unit.text[start:end])
