"""Stance: where the speaker, and those the speaker reports, stand on the bloc of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from pipeline.features.featuriser import Reader
from pipeline.features.rows import Row, judged_rows
from pipeline.records import Evidence, Interview, Polarity, Stance, Turn, Unit
from pipeline.reporting import flags_of_words
from pipeline.stages.abstention import Thresholds
from pipeline.stages.assent import row_agreed_to
from pipeline.stages.judgement import StanceJudge, StanceJudgement
from pipeline.stages.reported import ReportedStances
from pipeline.stages.targets import Aim, TargetFinder
from pipeline.stages.western import is_western


class Stances:
    """The stage that gives each unit about the bloc one own-voice Stance, and others theirs.

    A unit that is not about the bloc has none; one that does not show it is less likely to be about
    it in a talk that hardly names it, or long after its name, and one with a pronoun that means it
    is more likely to be (``pipeline.stages.talk``). Questions, asides and interviewers' turns are
    not judged. The target is what ``pipeline.stages.targets`` finds; a stance is flagged
    ``unnamed`` where no word of the unit, not even a pronoun, stands for it. Evidence are the words
    of the target or of a pronoun that means it, and the model's cues where it names any, else the
    whole unit. A polarity that is less probable than its threshold, or than ``abstain_below``, is
    marked as abstained, a reported one by ``abstain_below`` alone; thresholds were measured on the
    West and hold for no other bloc.
    Attributed stances come from the attributions (``pipeline.stages.reported``). A unit that only
    says yes has the stance of what was asked, flagged ``assent`` (``pipeline.stages.assent``).

    Four-way macro-F1 of the own voice on the interviews' test split: .661 with
    encoder-ensemble@0.5.0, .571 with the linear stance@0.1.0; on interviews_west .733 and .629.
    Intervals are wide, and ``against`` is the weakest class: see ``benchmarks/models.md``. With the
    talk's word it is .654 instead of .656 in documents; in talks that no encoder was fitted on,
    .538 instead of .520 in forty, .542 instead of .539 in 56 more on world politics
    (``python -m training measure-talks``). The target overlaps the
    annotated words in .80 and .84 of those two test sets where a stance was found and the words are
    there; where it is only meant, its actor is right in .70 and .87
    (``python -m training measure-targets``).

    Example:
        >>> from pipeline.actors import load_actors
        >>> from pipeline.features.rows import Row
        >>> from pipeline.parse import Parser
        >>> from pipeline.stages.judges import load_stance_judge
        >>> reader = Reader(Parser("en_core_web_sm"), load_actors(), bloc="west-broad")
        >>> judge = load_stance_judge("encoder-standard")
        >>> rows = [Row("NATO keeps us safe."), Row("It rained in May.")]
        >>> [judgement.label for judgement in judge.judge(rows, reader)]
        ['favor', 'none']
    """

    name = "stance"
    requires: tuple[str, ...] = ("units", "entities", "attributions")
    provides: tuple[str, ...] = ("stances",)

    def __init__(
        self,
        model: StanceJudge,
        reader: Reader,
        *,
        abstain_below: float = 0.0,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.model = model
        self.reader = reader
        self.abstain_below = abstain_below
        self.thresholds = thresholds or {}
        self.reported = ReportedStances(model, reader, abstain_below=abstain_below)

    def annotate(self, interview: Interview) -> Mapping[str, tuple[Any, ...]]:
        """Return the own-voice stances in the order of the units, then the attributed ones."""
        return {"stances": (*self._stances(interview), *self.attributed(interview))}

    def attributed(self, interview: Interview) -> tuple[Stance, ...]:
        """Return the stances that the speakers report as others'."""
        return self.reported.stances(interview)

    def _stances(self, interview: Interview) -> Iterator[Stance]:
        judged = judged_rows(interview)
        turns = interview.turn_by_id()
        targets = TargetFinder(interview, self.reader)
        judgements = self.model.judge([row for _, row in judged], self.reader)
        for (unit, row), judgement in zip(judged, judgements, strict=True):
            agreed = row_agreed_to(row)
            if agreed is not None:
                yield from self._agreement(unit, turns[unit.turn_id], agreed)
            elif judgement.label != "none":
                aim = targets.find(unit)
                stance = self._stance(unit, turns[unit.turn_id], judgement, aim)
                unnamed = ("unnamed",) if aim.shown is None else ()
                yield stance.model_copy(update={"flags": (*stance.flags, *unnamed)})

    def _agreement(self, unit: Unit, turn: Turn, agreed: Row) -> Iterator[Stance]:
        """The stance of what a unit says yes to: its target stands in the question."""
        judgement = self.model.judge([agreed], self.reader)[0]
        if judgement.label != "none":
            aim = Aim(None, judgement.actor, None)
            stance = self._stance(unit, turn, replace(judgement, cues=()), aim)
            yield stance.model_copy(update={"flags": (*stance.flags, "assent")})

    def _stance(self, unit: Unit, turn: Turn, judgement: StanceJudgement, aim: Aim) -> Stance:
        spans = [*([aim.shown] if aim.shown else []), *judgement.cues] or [(0, len(unit.text))]
        probability = judgement.probabilities[judgement.label]
        return Stance(
            unit_id=unit.id,
            holder=turn.speaker_id,
            voice="own",
            target_text=unit.text[slice(*aim.words)] if aim.words else None,
            target_actor=aim.actor,
            polarity=cast(Polarity, judgement.label),
            probability=probability,
            probabilities=judgement.probabilities,
            abstained=probability < self._least(judgement.label),
            evidence=tuple(
                Evidence(start=unit.start + start, end=unit.start + end, text=unit.text[start:end])
                for start, end in spans
            ),
            flags=flags_of_words(unit.text),
            source=self.model.source,
        )

    def _least(self, polarity: str) -> float:
        """Probability under which a polarity toward the reader's bloc is not decided."""
        asked = self.thresholds.get(polarity, 0.0) if is_western(self.reader) else 0.0
        return max(asked, self.abstain_below)
